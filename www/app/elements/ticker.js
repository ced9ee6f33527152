// Visible timers, by the second. They stop while the page is hidden, or once the element is removed.

export const SECOND = 1_000;
/** After so many seconds, the elapsed time shows. */
const SLOW = 4;

/** Runs `step` each second while `element` is on the page, until it returns false. */
export function everySecond(element, step) {
  let timer = setTimeout(run, SECOND);
  document.addEventListener("visibilitychange", look);
  function run() {
    if (!element.isConnected || step() === false) stop();
    else timer = setTimeout(run, SECOND);
  }
  function look() {
    clearTimeout(timer);
    if (!document.hidden) run();
  }
  function stop() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  }
}

const newDay = new Set();
let today = new Date().toDateString();
function lookAtDay() {
  const now = new Date().toDateString();
  if (now === today) return;
  today = now;
  for (const listener of newDay) listener();
}
// A machine that slept through midnight runs its timers late, so poll instead of a timer for midnight.
setInterval(lookAtDay, 30 * SECOND);
document.addEventListener("visibilitychange", lookAtDay);

/** Runs `listener` when the day changes, also by time zone; returns a function that stops it. */
export function onNewDay(listener) {
  newDay.add(listener);
  return () => newDay.delete(listener);
}

/** Calls `tell` each second with the elapsed seconds, once they are many, until it returns false. */
export function whenSlow(element, tell) {
  const since = Date.now();
  everySecond(element, () => {
    const seconds = Math.round((Date.now() - since) / SECOND);
    return seconds < SLOW || tell(seconds);
  });
}
