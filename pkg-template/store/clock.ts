/** The client's clock, and timers of any length. */
import { LONGEST_TIMER, after as ring } from "../clock.js";

import { requestsAreIsolated } from "./workers.js";

export { now } from "../clock.js";

/** Calls `rang` after `ms` milliseconds, or after the longest time that a timer supports. */
export const after = (ms: number, rang: () => void) => ring(Math.min(Math.ceil(ms), LONGEST_TIMER), rang, undefined);

/** Lets the process end although the timer is set. */
const unref = (timer: any) => {
  timer.unref?.();
  // Timers of Deno are numbers.
  (globalThis as any).Deno?.unrefTimer?.(timer);
  return timer;
};

/** Like `after`, but the timer does not keep the process alive. */
export const afterQuietly = (ms: number, rang: () => void) => unref(after(ms, rang));

/**
 * Makes this clock agree with the caller's timer of the same length, because tests may fake timers but not the
 * clock. Deno's test runner reports timers as leaks, and in Workers a timer ends with its request, so there is none
 * there.
 */
export const expectTimer = (ms: number, rang = () => {}) =>
  "Deno" in globalThis || requestsAreIsolated() ? rang() : afterQuietly(ms, rang);
