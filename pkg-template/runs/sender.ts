/** Sends one item, at most once for its key. */
import { CenterfyError } from "centerfy";
import type { RunItem, RunOutcome } from "./api.js";
import { callsOf, Gates, Later, Skipped } from "./gate.js";
import { readItem, type Checked, type Task } from "./options.js";

/** How long to wait after a 429 without a `retry-after`, in milliseconds. */
const PAUSE_MS = 60_000;

/** When to try an item again that got no slot in time, in milliseconds. */
const RETRY_MS = 1_000;

/** The idempotency key of an item. */
export const keyOf = (id: string, key: string) => `${id}:${key}`;

/** The outcome of an item that could not be sent. Throws if the store is unavailable. */
const outcomeOf = (key: string, error: unknown): RunOutcome => {
  if (error instanceof Later) return { key, state: "later", at: new Date(error.at), reason: error.reason };
  if (error instanceof Skipped) return { key, state: "skipped", reason: error.reason };
  if (!CenterfyError.is(error)) throw error;
  const { code, attempts, maybeDelivered, retryAfter } = error;
  if (maybeDelivered) return { key, state: "unknown", error };
  if (code === "rate_limited") {
    const pause = retryAfter === undefined ? PAUSE_MS : retryAfter * 1000;
    return { key, state: "later", at: new Date(Date.now() + pause), reason: "pace" };
  }
  if (code === "network" && !attempts) throw error;
  return { key, state: "failed", error };
};

export class Sender {
  readonly #run: Checked;
  readonly #gates: Gates;

  constructor(run: Checked) {
    this.#run = run;
    this.#gates = new Gates(run);
  }

  /** Reads an item. An invalid one has failed. */
  read(item: RunItem): Task | RunOutcome {
    try {
      return readItem(item);
    } catch (error) {
      return { key: String(Object(item).key), state: "failed", error: error as CenterfyError };
    }
  }

  /** `signal` aborts the wait for a slot. What was sent is completed. */
  async send(task: Task, signal: AbortSignal): Promise<RunOutcome> {
    const { item: { key }, operation, args } = task;
    const controller = new AbortController();
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    const gate = this.#gates.of(task, () => signal.removeEventListener("abort", abort));
    const options = { idempotencyKey: keyOf(this.#run.id, key), gate, signal: controller.signal, maxRetries: 0 };
    try {
      await this.#gates.prepare(task);
      const answer = await (this.#run.centerfy as any)[operation](...args, options);
      return { key, state: "sent", answer };
    } catch (error) {
      // Aborted in the queue: the key is not used.
      if (controller.signal.aborted && !CenterfyError.is(error)) return { key, state: "later", at: new Date(Date.now() + RETRY_MS), reason: "pace" };
      const outcome = outcomeOf(key, error);
      if (outcome.state === "failed") await this.ended(key);
      return outcome;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async ended(key: string): Promise<void> {
    const { id, concurrent, store } = this.#run;
    if (concurrent) await store.quotas.release(callsOf(id), key);
  }
}
