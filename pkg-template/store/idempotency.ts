/** Sends a request at most once for each idempotency key. The proxy and clients with a store use it alike. */
import type { RecordRequest, Records, RecordState } from "./api.js";
import { keepLease } from "./lease.js";
import { deserialize, failed, replayed, retryAfter, UNKNOWN, type Outcome } from "./outcome.js";
import type { Recording } from "./recording.js";
import { fromStore, type Deadline } from "./unavailable.js";
import { ensureConnected, sleep } from "./within.js";

/**
 * How long a request may have been in transit, in milliseconds: a process that was just started receives requests that
 * waited for it. While a store has records for less time than that, a retry may be older than the store.
 */
const TRANSIT_MS = 10_000;
/** How long a request counts as in flight after its process died, in milliseconds. */
const LEASE_MS = 10_000;
/** The pauses between reads of the record of a request in flight, in milliseconds. */
const FIRST_POLL_MS = 50;
const LONGEST_POLL_MS = 1_000;

/** A request with an idempotency key. */
export interface Keyed extends Omit<RecordRequest, "leaseMs"> {
  /** The digest under which the record is kept. */
  key: string;
}

/** Called when the request was answered, or will not be sent. */
export type Release = (sent: boolean) => void;

/** What a request needs. */
export interface Context {
  records: Records;
  recording: Recording;
  deadline: Deadline;
  /** Whether the caller may send this request again and say how long ago this attempt was. */
  isRetried: boolean;
  /** Aborts when the caller disconnects. */
  disconnected: AbortSignal | undefined;
  /** Keeps the process alive for work that the caller does not wait for. */
  background: (work: Promise<unknown>) => void;
  /** Called if an outcome could not be recorded. */
  onLost: (error: unknown) => void;
}

const DIFFERENT = failed(422, "This idempotency key belongs to a different request");

/** The outcome that a record determines; undefined if the request may be sent or is in flight. */
const outcomeOf = (state: RecordState): Outcome | undefined => {
  switch (state.state) {
    case "done":
      return replayed(deserialize(state.answer));
    case "different":
      return DIFFERENT;
    case "unknown":
      return UNKNOWN;
    case "new":
    case "running":
      return undefined;
    default:
      throw new TypeError(`The store returned an invalid state: ${JSON.stringify(state)}`);
  }
};

/**
 * One request. Nothing is recorded until it is about to be sent, so if the process dies while the request is queued,
 * the key remains unused.
 */
export class IdempotentRequest {
  readonly #context: Context;
  readonly #keyed: Keyed;
  #endLease: (() => void) | undefined;
  /** Settles when it is recorded that the request was not sent. */
  forgotten: Promise<void> | undefined;

  constructor(context: Context, keyed: Keyed) {
    this.#context = context;
    this.#keyed = keyed;
  }

  /** Whether this request may be sent, and its outcome has to be recorded. */
  get isOwner(): boolean {
    return this.#endLease !== undefined;
  }

  /**
   * Waits for `permit` and becomes the owner of the record. Returns the release of the permit, or the outcome of an
   * earlier request. Rejects if the request must not be sent.
   */
  async start(permit: () => Promise<Release>): Promise<Release | Outcome> {
    let hasBegun = false;
    for (;;) {
      const outcome = await this.#earlier();
      if (outcome) return outcome;
      let release: Release | undefined;
      try {
        release = await permit();
        hasBegun = true;
        if (await this.#begin()) return release;
      } catch (error) {
        release?.(false);
        if (hasBegun || this.#context.isRetried) void this.forget();
        throw error;
      }
      // Another request with this key was started while this one was queued.
      release(false);
    }
  }

  /** Records the outcome of the request, and ends the lease. Resolves when it is recorded, or after a moment. */
  async finish(outcome: Outcome): Promise<void> {
    const { recording, background, onLost } = this.#context;
    await recording.record(this.#keyed, outcome, background, onLost);
    this.#endLease?.();
    this.#endLease = undefined;
  }

  /**
   * Records that the request was not sent or not executed. A record may have been written although the reply was lost;
   * and if the store loses records, it would otherwise not know about a retry.
   */
  forget(): Promise<void> {
    this.#endLease?.();
    this.#endLease = undefined;
    const { recording, background } = this.#context;
    return (this.forgotten = recording.record(this.#keyed, failed(499, "Not sent"), background, () => {}));
  }

  /** The outcome of an earlier request with this key, which may be in flight; undefined if there was none. */
  async #earlier(): Promise<Outcome | undefined> {
    const { records, deadline, disconnected } = this.#context;
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(2 * pause, LONGEST_POLL_MS)) {
      const pending = this.#pending();
      if (pending) return pending;
      const state = await fromStore(deadline, () => records.read(this.#keyed.key, this.#request()));
      if (state.state !== "running") return outcomeOf(state);
      if (!deadline.left()) {
        return { ...failed(503, "A request with this idempotency key is still in flight", retryAfter(LONGEST_POLL_MS)), delivered: "maybe" };
      }
      await sleep(deadline.left(pause), disconnected);
    }
  }

  /** An outcome that this process knows and has not recorded yet. */
  #pending(): Outcome | undefined {
    const { key, fingerprint } = this.#keyed;
    const pending = this.#context.recording.pending(key);
    if (!pending || pending.outcome.delivered === "no") return undefined;
    return pending.fingerprint === fingerprint ? replayed(pending.outcome) : DIFFERENT;
  }

  /** Becomes the owner of the record. Returns whether it is. */
  async #begin(): Promise<boolean> {
    const { records, deadline, disconnected } = this.#context;
    const { key, owner } = this.#keyed;
    const state = await fromStore(deadline, () => records.begin(key, this.#request()));
    if (state.state !== "new") return false;
    ensureConnected(disconnected);
    this.#endLease = keepLease(LEASE_MS, Infinity, (leaseMs) => records.renew(key, owner, leaseMs));
    return true;
  }

  /** The request to the store. A retry grows older while it waits here. */
  #request(): RecordRequest {
    const { key: _, sinceMs, ...request } = this.#keyed;
    const age = sinceMs > 0 ? sinceMs + TRANSIT_MS + this.#context.deadline.passed() : 0;
    return { ...request, leaseMs: LEASE_MS, sinceMs: age };
  }
}
