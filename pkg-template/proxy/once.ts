/** Sends a request once for each idempotency key, however often it is asked for. */
import { keepLease } from "../stores/lease.js";
import { ensureConnected, sleep } from "../stores/within.js";
import type { RecordRequest, RecordState, Records } from "./api.js";
import type { Deadline } from "./deadline.js";
import type { Release } from "./permit.js";
import type { Recording } from "./recording.js";
import { Refusal, retryAfter } from "./refusal.js";
import { fromStore } from "./unavailable.js";
import { failed, type Outcome } from "./upstream.js";

/**
 * For how long a request may have been under way to here, in milliseconds: a process that has just
 * started is sent what waited for it. Until a store remembers for longer than that, a retry may be older
 * than the store.
 */
const LATE_MS = 10_000;
/** For how long a request counts as in flight after its process died, in milliseconds. */
const LEASE_MS = 10_000;
/** How long to wait before looking again for the answer of a request in flight, in milliseconds. */
const FIRST_LOOK_MS = 50;
const LONGEST_LOOK_MS = 1_000;

/** A request with an idempotency key. */
export interface Keyed extends Omit<RecordRequest, "leaseMs"> {
  key: string;
}

/** How it is sent. */
export interface Sending {
  /** Waits for the permission to send. Rejects where nothing may be sent. */
  permit: () => Promise<Release>;
  /** Sends. Never rejects. */
  send: () => Promise<Outcome>;
  records: Records;
  recording: Recording;
  deadline: Deadline;
  disconnected: AbortSignal;
  /** Keeps the process for work that the answer does not wait for. */
  background: (work: Promise<unknown>) => void;
  /** Hears where an outcome could not be recorded. */
  lost: (error: unknown) => void;
}

const UNKNOWN: Outcome = {
  ...failed(409, "An earlier request with this idempotency key has an unknown outcome"),
  delivered: "maybe",
};

const replayed = (outcome: Outcome): Outcome => ({ ...outcome, headers: { ...outcome.headers, "idempotency-replayed": "true" } });

const differs = () => new Refusal(422, "This idempotency key belongs to a different request");

/** What a record answers; nothing where the request may be sent, or its answer is still to come. */
const outcomeOf = (state: RecordState): Outcome | undefined => {
  switch (state.state) {
    case "done":
      return replayed(JSON.parse(state.answer));
    case "different":
      throw differs();
    case "unknown":
      return UNKNOWN;
    case "new":
    case "running":
      return undefined;
    default:
      throw new TypeError(`A store answered ${JSON.stringify(state)}`);
  }
};

/** What this process knows and the store does not yet. */
const pendingOutcome = ({ recording }: Sending, { key, fingerprint }: Keyed): Outcome | undefined => {
  const pending = recording.pending(key);
  if (!pending || pending.outcome.delivered === "no") return undefined;
  if (pending.fingerprint !== fingerprint) throw differs();
  return replayed(pending.outcome);
};

/** A retry grows older while it waits here. */
const requestOf = ({ key, ...keyed }: Keyed, deadline: Deadline): RecordRequest => ({
  ...keyed,
  leaseMs: LEASE_MS,
  sinceMs: keyed.sinceMs > 0 ? keyed.sinceMs + LATE_MS + deadline.passed() : 0,
});

/** The outcome of an earlier request with this key, which may still be in flight; nothing where there was none. */
const earlier = async (sending: Sending, keyed: Keyed): Promise<Outcome | undefined> => {
  const { records, deadline, disconnected } = sending;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LONGEST_LOOK_MS)) {
    const pending = pendingOutcome(sending, keyed);
    if (pending) return pending;
    const state = await fromStore(deadline, () => records.read(keyed.key, requestOf(keyed, deadline)));
    if (state.state !== "running") return outcomeOf(state);
    if (!deadline.left()) {
      return { ...failed(503, "A request with this idempotency key is still in flight", retryAfter(LONGEST_LOOK_MS)), delivered: "maybe" };
    }
    await sleep(deadline.left(pause), disconnected);
  }
};

/** Becomes the owner of the record; whether it is. */
const begin = async ({ records, deadline, disconnected }: Sending, keyed: Keyed): Promise<boolean> => {
  const state = await fromStore(deadline, () => records.begin(keyed.key, requestOf(keyed, deadline)));
  if (state.state !== "new") return false;
  ensureConnected(disconnected);
  return true;
};

/**
 * Records that this request was not sent. A record may have been written though its answer was lost; and a
 * store that is younger than the retry to come would not know otherwise.
 */
const forget = ({ recording, background }: Sending, keyed: Keyed) =>
  recording.record(keyed, { ...failed(499, "Not sent"), delivered: "no" }, background, () => {});

/** Sends, and records what came of it. */
const carryOut = async (sending: Sending, keyed: Keyed, release: Release): Promise<Outcome> => {
  const { records, recording, background, lost } = sending;
  const endLease = keepLease(LEASE_MS, Infinity, (leaseMs) => records.renew(keyed.key, keyed.owner, leaseMs));
  const outcome = await sending.send();
  release(true);
  await recording.record(keyed, outcome, background, lost);
  endLease();
  return outcome;
};

/**
 * Sends the request, unless one with its key was sent before. Until the request is handed to the network
 * nothing is recorded, so a process that dies while it waits leaves the key as it was. Rejects where
 * the store is unavailable; then nothing was sent.
 */
export const once = async (sending: Sending, keyed: Keyed): Promise<Outcome> => {
  for (;;) {
    const outcome = await earlier(sending, keyed);
    if (outcome) return outcome;
    let release: Release | undefined;
    let isOwner = false;
    try {
      release = await sending.permit();
      isOwner = await begin(sending, keyed);
    } catch (error) {
      const forgetting = forget(sending, keyed);
      if (!(error instanceof Refusal)) throw error;
      await forgetting;
      // The record says that nothing was sent, so this is true of earlier attempts, too.
      return failed(error.status, error.message, error.headers);
    } finally {
      if (!isOwner) release?.(false);
    }
    if (isOwner) return carryOut(sending, keyed, release);
    // Another request with this key began while this one was queued.
  }
};
