/** A monotonic clock, and timers that agree with it. */

/** The longest delay of `setTimeout`, in milliseconds: timers with a longer one fire immediately. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** How far the timers that fired are ahead of the runtime's own clock, in milliseconds. */
let ahead = 0;

/** The time in milliseconds. It never goes back. */
export const now = () => performance.now() + ahead;

/**
 * Calls `callback` with `value` after a delay. When a timer fires long before its time by the clock, the clock
 * is moved forward: a test may fake timers without faking the clock.
 */
export const after = <T>(ms: number, callback: (value: T) => void, value: T) => {
  const due = now() + ms;
  return setTimeout(() => {
    const early = due - now();
    if (early > ms / 2) ahead += early;
    callback(value);
  }, ms);
};
