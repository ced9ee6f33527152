/** Counts the outcomes of a run. */
import type { RunOutcome, RunProgress } from "./api.js";

const MINUTE_MS = 60_000;

/** How many items there are, if that is known. */
const totalOf = (items: any): number | undefined => items?.length ?? items?.size;

export class Progress {
  readonly #total: number | undefined;
  readonly #startedAt = Date.now();
  readonly #states = { sent: 0, skipped: 0, failed: 0, unknown: 0 };
  #done = 0;
  /** How many were sent before. They do not count toward the rate. */
  #earlier = 0;

  constructor(items: unknown) {
    this.#total = totalOf(items);
  }

  add({ state }: RunOutcome, isEarlier: boolean): RunProgress {
    this.#done++;
    if (isEarlier) this.#earlier++;
    if (state !== "later") this.#states[state]++;
    const elapsed = Math.max(1, Date.now() - this.#startedAt);
    const perMinute = ((this.#done - this.#earlier) * MINUTE_MS) / elapsed;
    const progress: RunProgress = { done: this.#done, states: { ...this.#states }, perMinute };
    if (this.#total === undefined) return progress;
    const left = Math.max(0, this.#total - this.#done);
    const isKnown = perMinute > 0 || !left;
    return { ...progress, total: this.#total, ...(isKnown && { expectedEnd: new Date(Date.now() + (left && (left / perMinute) * MINUTE_MS)) }) };
  }
}
