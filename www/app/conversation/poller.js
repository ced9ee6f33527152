// Polls sparingly: often for a while after a message was sent, rarely otherwise, and not at all
// while the page is hidden. The API allows 60 requests a minute for each key.

const SOON = 1_500;
const SELDOM = 15_000;
const LONGEST = 60_000;
/** How long a reply is expected after a message was sent. */
const EXPECTING = 20_000;

/** Runs `check` repeatedly until `stop`, with a backoff after failures. */
export function startPolling(check) {
  let timer;
  let stopped = false;
  let running = false;
  let failures = 0;
  let expectingUntil = 0;

  const wait = () => {
    if (failures > 0) return Math.min(SELDOM * 2 ** failures, LONGEST);
    return Date.now() < expectingUntil ? SOON : SELDOM;
  };
  const plan = () => {
    clearTimeout(timer);
    if (!stopped && !document.hidden) timer = setTimeout(run, wait());
  };
  async function run() {
    if (running || stopped) return;
    running = true;
    try {
      await check();
      failures = 0;
    } catch {
      failures += 1;
    }
    running = false;
    plan();
  }
  const onVisibility = () => { if (!document.hidden && !stopped) run(); };
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", onVisibility);
  plan();

  return {
    /** A reply is expected. */
    expect() {
      expectingUntil = Date.now() + EXPECTING;
      failures = 0;
      if (!running) plan();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("online", onVisibility);
    },
  };
}
