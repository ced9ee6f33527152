/** Sends one item, at most once for its key. */
import { CenterfyError } from "centerfy";
import type { ClaimedItem } from "../store/api.js";
import type { RunItem, RunOutcome } from "./api.js";
import { callsOf, checkHours, Gates, Later, Skipped } from "./gate.js";
import { readItem, type Checked, type Task } from "./options.js";
import { ItemRecords } from "./records.js";

/** How long to wait after a 429 without a `retry-after`, in milliseconds. */
const PAUSE_MS = 60_000;

/** When to try an item again that got no slot in time, in milliseconds, if the limiter does not know. */
const RETRY_MS = 1_000;

export const later = (key: string, { at, reason }: Later): RunOutcome => ({ key, state: "later", at: new Date(at), reason });

/** The outcome of an item that another call has sent or may have sent; undefined for any other. */
export const earlierOutcome = (key: string, [state, detail]: ClaimedItem): RunOutcome | undefined => {
  if (state === "sent") return { key, state, answer: JSON.parse(detail) };
  if (state !== "unknown") return undefined;
  const message = "An earlier request for this item has an unknown outcome";
  return { key, state, error: new CenterfyError(message, { code: "http", maybeDelivered: true }) };
};

export class Sender {
  readonly #run: Checked;
  readonly #gates: Gates;
  readonly records: ItemRecords;

  constructor(run: Checked) {
    this.#run = run;
    this.records = new ItemRecords(run);
    this.#gates = new Gates(run, this.records);
  }

  /** Reads an item. An invalid one has failed. */
  read(item: RunItem): Task | RunOutcome {
    try {
      const task = readItem(item);
      this.records.checkKind(task.operation);
      return task;
    } catch (error) {
      return { key: String(Object(item).key), state: "failed", error: error as CenterfyError };
    }
  }

  /** The outcome of an item whose hours are closed. */
  closed(task: Task): RunOutcome | undefined {
    try {
      checkHours(this.#run, task, this.records.now());
      return undefined;
    } catch (error) {
      return later(task.item.key, error as Later);
    }
  }

  /**
   * `signal` aborts the wait for a slot. What was sent is completed. Rejects if the store is unavailable; then nothing was
   * sent.
   */
  async send(task: Task, isPatient: boolean, signal: AbortSignal): Promise<RunOutcome> {
    const { item: { key }, operation, args } = task;
    const controller = new AbortController();
    let waitMs = RETRY_MS;
    const abort = () => {
      controller.abort(signal.reason);
      // This call is no longer counted.
      waitMs = (gate.limiter && gate.limiter.waitMs?.()) || waitMs;
    };
    const gate = this.#gates.of(task, isPatient, () => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    const options = { idempotencyKey: key, gate, signal: controller.signal, maxRetries: 0 };
    try {
      await this.#gates.prepare(task);
      const answer = await (this.#run.centerfy as any)[operation](...args, options);
      return { key, state: "sent", answer };
    } catch (error) {
      // Aborted in the queue: the key is not used.
      if (controller.signal.aborted && !CenterfyError.is(error)) return later(key, new Later(this.records.now() + waitMs, "pace"));
      return await this.#outcomeOf(key, gate.late ?? error);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** The outcome of an item that could not be sent. */
  async #outcomeOf(key: string, error: unknown): Promise<RunOutcome> {
    if (error instanceof Later) return later(key, error);
    if (error instanceof Skipped) {
      const { reason } = error;
      await this.records.note(key, "skipped", reason);
      return { key, state: "skipped", reason };
    }
    if (!CenterfyError.is(error)) throw error;
    const { code, attempts, maybeDelivered, retryAfter } = error;
    if (maybeDelivered) return { key, state: "unknown", error };
    if (code === "rate_limited") {
      const pause = retryAfter === undefined ? PAUSE_MS : retryAfter * 1000;
      return later(key, new Later(this.records.now() + pause, "pace"));
    }
    // The store is unavailable.
    if (code === "network" && !attempts) throw error;
    await this.records.note(key, "failed", error);
    await this.ended(key);
    return { key, state: "failed", error };
  }

  async ended(key: string): Promise<void> {
    const { id, concurrent, store } = this.#run;
    if (concurrent) await store.quotas.release(callsOf(id), key);
  }
}
