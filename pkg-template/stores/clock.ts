/** The client's clock, with timers for any time. A timer that rang is believed, whatever the clock says. */
import { LONGEST_TIMER, after as ring } from "../clock.js";

export { now } from "../clock.js";

/** Calls `rang` after so many milliseconds, or after the longest time that there is. */
export const after = (ms: number, rang: () => void) => ring(Math.min(Math.ceil(ms), LONGEST_TIMER), rang, undefined);

/**
 * Only so that this clock agrees with somebody else's timer, by which they come back after so long.
 * It keeps no process alive.
 */
export const expect = (ms: number, rang = () => {}) => {
  const timer: any = after(ms, rang);
  timer.unref?.();
  // Deno's timers are numbers.
  (globalThis as any).Deno?.unrefTimer?.(timer);
  return timer;
};
