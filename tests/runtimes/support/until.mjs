/** Waits for conditions. */

/** The timeout, far longer than necessary, in milliseconds. */
const LONGEST_MS = 120_000;
const LOOK_MS = 50;

/** Waits until a condition holds. */
export const until = async (what, holds) => {
  const end = performance.now() + LONGEST_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${LONGEST_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};
