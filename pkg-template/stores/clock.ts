/** The stores' and the proxy's clock, and timers that agree with it. */

/** How far the timers that rang are ahead of the runtime's own clock, in milliseconds. */
let ahead = 0;

/** Milliseconds of a clock that never goes back. */
export const now = () => performance.now() + ahead;

/** Timers that are set for longer ring at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `ring` after so many milliseconds. A timer that rang is believed, even where most of its time is
 * yet to come by the clock: a test may fake one of the two.
 */
export const after = (ms: number, ring: () => void) => {
  const set = Math.min(Math.ceil(ms), LONGEST_TIMER);
  const due = now() + set;
  return setTimeout(() => {
    const early = due - now();
    if (early > set / 2) ahead += early;
    ring();
  }, set);
};

/**
 * Only so that this clock agrees with somebody else's timer, by which they come back after so long.
 * It keeps no process alive.
 */
export const expect = (ms: number, ring = () => {}) => {
  const timer: any = after(ms, ring);
  timer.unref?.();
  // Deno's timers are numbers.
  (globalThis as any).Deno?.unrefTimer?.(timer);
  return timer;
};
