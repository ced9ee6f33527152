// Durations of attempts, by operation. Pure; `latency-plot.js` draws them.

const KEPT = 60;
/** The ends of the scale, in milliseconds. It is logarithmic, so that a slow attempt does not flatten the others. */
const SHORTEST = 3;
const LONGEST = 30_000;
export const TICKS = [10, 100, 1_000, 10_000];

export class Latency {
  #byOperation = new Map();

  /** `attempt` is `{ at, attempt, status, state, ms }`; one without an answer has no status. */
  add(operation, attempt) {
    const attempts = this.#byOperation.get(operation) ?? [];
    this.#byOperation.set(operation, [...attempts.slice(1 - KEPT), attempt]);
  }

  /** `{ operation, attempts, median, slowest, failed }` for each operation; attempts without an answer are not in the median. */
  rows() {
    return [...this.#byOperation].map(([operation, attempts]) => {
      const answered = attempts.filter(({ status }) => status).map(({ ms }) => ms).sort((a, b) => a - b);
      return { operation, attempts, median: middle(answered), slowest: answered.at(-1), failed: attempts.filter(hasFailed).length };
    });
  }
}

export const hasFailed = ({ state }) => state !== "good";

/** The position of a duration on the scale, from 0 to 1. */
export const position = (ms) =>
  Math.log(Math.min(Math.max(ms, SHORTEST), LONGEST) / SHORTEST) / Math.log(LONGEST / SHORTEST);

function middle(sorted) {
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}
