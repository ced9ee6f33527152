/** The records of a run's items in the store, and the store's clock. */
import { CenterfyError } from "centerfy";
import type { ClaimReply, ClaimedItem, RecordRequest, Records, RecordState } from "../store/api.js";
import { newId } from "../store/ids.js";
import type { Operation } from "../types.js";
import type { Checked } from "./options.js";

/** How long a process keeps its claims without renewing them, in milliseconds. */
export const LEASE_MS = 10_000;

/** The state of an idempotency key, from that of an item. */
const stateOf = ([state, detail]: ClaimedItem): RecordState => {
  if (state === "claimed") return { state: "new" };
  if (state === "busy" || state === "free") return { state: "running" };
  if (state === "sent") return { state: "done", answer: `{"status":200,"body":${detail},"headers":{},"delivered":"yes"}` };
  return detail ? { state: "done", answer: detail } : { state: "unknown" };
};

export class ItemRecords implements Records {
  readonly #run: Checked;
  readonly #claimant = newId();
  /** How far the store's clock is ahead of this process's, in milliseconds. */
  #aheadMs = 0;
  /** The items that are claimed and that no request has read. */
  readonly #claimed = new Set<string>();
  /** The operation of the run's items, once it is known. */
  #kind: Operation | undefined;
  isOpen = false;

  constructor(run: Checked) {
    this.#run = run;
  }

  /** The time by the store's clock, so that a process whose clock is wrong keeps the hours. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Throws the validation error of an item whose operation is not that of the items before it. */
  checkKind(operation: Operation) {
    this.#kind ??= operation;
    if (operation !== this.#kind) throw different("item", operation, this.#kind, "the items before it");
  }

  /** Claims at most `most` of the items. Throws if the run exists with other settings. */
  async claim(keys: readonly string[], most: number, leaseMs = LEASE_MS): Promise<ClaimedItem[]> {
    const settings = JSON.stringify({ hours: this.#run.settings, item: this.#kind });
    const reply = await this.#claim(keys, { settings, leaseMs, most });
    this.isOpen = true;
    if (most) reply.items.forEach(([state], i) => state === "claimed" && this.#claimed.add(keys[i]!));
    return reply.items;
  }

  /** Reads the states of items, and records nothing. */
  async peek(keys: readonly string[]): Promise<ClaimedItem[]> {
    return (await this.#claim(keys, { settings: "", leaseMs: Number.MAX_SAFE_INTEGER, most: 0 })).items;
  }

  async #claim(keys: readonly string[], request: { settings: string; leaseMs: number; most: number }): Promise<ClaimReply> {
    const { id, store, keepMs } = this.#run;
    const reply = await store.runs.claim(id, { owner: this.#claimant, keepMs, ...request }, keys);
    this.#aheadMs = reply.aheadMs;
    if (reply.settings) throw this.#mismatch(request.settings, reply.settings);
    return reply;
  }

  #mismatch(own: string, recorded: string): CenterfyError {
    const [given, known] = [JSON.parse(own), JSON.parse(recorded)];
    const field = JSON.stringify(given.hours) === JSON.stringify(known.hours) ? "item" : "hours";
    return different(field, given[field], known[field], `the run ${this.#run.id}`);
  }

  async read(key: string): Promise<RecordState> {
    if (this.#claimed.delete(key)) return { state: "new" };
    const [item] = await this.claim([key], 1);
    this.#claimed.delete(key);
    return stateOf(item!);
  }

  begin(key: string, { owner, leaseMs }: RecordRequest) {
    return this.#run.store.runs.startItem(this.#run.id, key, owner, this.#claimant, leaseMs);
  }

  renew(key: string, owner: string, leaseMs: number) {
    return this.#run.store.runs.renewItem(this.#run.id, key, owner, leaseMs);
  }

  async finish(key: string, owner: string, answer: string) {
    const { delivered, body } = JSON.parse(answer);
    const isSent = delivered === "yes";
    await this.#run.store.runs.endItem(this.#run.id, key, owner, isSent ? "sent" : "unknown", isSent ? JSON.stringify(body) : answer);
  }

  async forget(key: string, owner: string) {
    await this.#run.store.runs.endItem(this.#run.id, key, owner, "free", "");
  }

  /** Records why an item was not sent. */
  async note(key: string, state: "skipped" | "failed", reason: unknown) {
    const { message } = Object(reason);
    await this.#run.store.runs.endItem(this.#run.id, key, this.#claimant, state, String(message ?? reason));
  }

  /** Not used: `settle()` settles items by their run. */
  settle = async () => false;
}

const different = (field: string, given: unknown, known: unknown, where: string) => {
  const [is, was] = [given, known].map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const message = `${field} must be ${was}, as in ${where}; got ${is}. Use another id for other ${field === "item" ? "items" : field}`;
  return new CenterfyError(message, { code: "validation", field });
};
