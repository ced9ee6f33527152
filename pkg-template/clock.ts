/** The clock, and timers that agree with it. */

/** Timers that are set for longer ring at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** How far the timers that rang are ahead of the runtime's own clock, in milliseconds. */
let ahead = 0;

/** Milliseconds of a clock that never goes back. */
export const now = () => performance.now() + ahead;

/**
 * Calls `ring` with `told` after so many milliseconds. A timer that rang is believed, even where most
 * of its time is yet to come by the clock: a test may fake one of the two.
 */
export const after = <T>(ms: number, ring: (told: T) => void, told: T) => {
  const due = now() + ms;
  return setTimeout(() => {
    const early = due - now();
    if (early > ms / 2) ahead += early;
    ring(told);
  }, ms);
};
