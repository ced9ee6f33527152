/** The client's clock, with timers for any time. A timer that rang is believed, whatever the clock says. */
import { LONGEST_TIMER, after as ring } from "../clock.js";

import { requestsAreIsolated } from "./workers.js";

export { now } from "../clock.js";

/** Calls `rang` after so many milliseconds, or after the longest time that there is. */
export const after = (ms: number, rang: () => void) => ring(Math.min(Math.ceil(ms), LONGEST_TIMER), rang, undefined);

/** Keeps the timer from keeping its process alive. */
const unref = (timer: any) => {
  timer.unref?.();
  // Deno's timers are numbers.
  (globalThis as any).Deno?.unrefTimer?.(timer);
  return timer;
};

/** Like `after`, with a timer that keeps no process alive. */
export const afterQuietly = (ms: number, rang: () => void) => unref(after(ms, rang));

/**
 * Makes this clock agree with the caller's own timer, by which it comes back after so long: a test may
 * fake timers and not the clock. Deno's test runner counts timers, so there is none there; and a Worker's
 * timer ends with its request.
 */
export const expectTimer = (ms: number, rang = () => {}) =>
  "Deno" in globalThis || requestsAreIsolated() ? rang() : afterQuietly(ms, rang);
