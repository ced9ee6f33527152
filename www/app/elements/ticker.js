// Seconds that a person sees passing. Nothing runs while the page is hidden, or once the element is gone.

export const SECOND = 1_000;
/** So many seconds are long: from then on waiting is said. */
const SLOW = 4;

/** Runs `step` each second while `element` is on the page, until it gives false. */
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
// A machine that slept through midnight runs its timers late, so nothing is planned for midnight itself.
setInterval(lookAtDay, 30 * SECOND);
document.addEventListener("visibilitychange", lookAtDay);

/** Runs `listener` when another day begins, or the time zone changes it; gives the function that ends that. */
export function onNewDay(listener) {
  newDay.add(listener);
  return () => newDay.delete(listener);
}

/** Tells `tell` each second for how many it has been, once they are many, until it gives false. */
export function whenSlow(element, tell) {
  const since = Date.now();
  everySecond(element, () => {
    const seconds = Math.round((Date.now() - since) / SECOND);
    return seconds < SLOW || tell(seconds);
  });
}
