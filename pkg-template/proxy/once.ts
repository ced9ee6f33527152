/** Carries a call out once for each key, however often it is asked for. */
import { Late, within } from "../stores/patience.js";
import type { Begun, Records } from "./api.js";
import { MAYBE_DELIVERED, Refusal, retryAfter } from "./refusal.js";
import { failed, type Outcome } from "./upstream.js";

/** For how long a call may be under way beyond its wait for a place and its attempt, in milliseconds. */
const MORE = 5_000;
/**
 * For how long a request may have been under way to here, in milliseconds: a process that has just
 * started takes what waited for it. Until a store remembers for longer than that, whoever asks again
 * may have asked before it did.
 */
const LATE = 10_000;
/** For how long its answer is kept: a day. */
const KEPT = 86_400_000;
/** How long somebody who asks again waits for the answer that is under way, in milliseconds. */
const PATIENCE = 25_000;
const FIRST_LOOK = 50;
const LONGEST_LOOK = 1_000;

/** What distinguishes a call from others. */
export interface Keyed {
  key: string;
  fingerprint: string;
  /** How long its wait for a place may take, and then its attempt, in milliseconds. */
  attemptTimeout: number;
  /** How many milliseconds ago the caller sent it for the first time. */
  sinceMs: number;
}

/** How it is carried out. */
export interface Acting {
  act: () => Promise<Outcome>;
  /** Is told where the store could not write down what came of it. */
  lost: (error: unknown) => void;
  /** Aborts when the caller leaves. */
  left: AbortSignal;
}

/** SHA-256, in hexadecimal. */
export const digest = async (parts: readonly unknown[]): Promise<string> => {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const UNFINISHED: Outcome = {
  ...failed(409, "This was begun before, and nobody knows whether it was carried out"),
  delivered: "maybe",
};

const pause = (ms: number, left: AbortSignal) =>
  within(ms, left, () => new Promise<never>(() => {})).catch((error) => {
    if (!(error instanceof Late)) throw error;
  });

/** Begins, or waits until whoever has begun has an answer. */
const begin = async (records: Records, keyed: Keyed, left: AbortSignal): Promise<Begun> => {
  const { key, fingerprint, sinceMs, attemptTimeout } = keyed;
  const leaseMs = 2 * attemptTimeout + MORE;
  const beginning = { fingerprint, leaseMs, keepMs: KEPT, sinceMs: sinceMs > 0 ? sinceMs + LATE : 0 };
  let look = FIRST_LOOK;
  // Counted, and not read from a clock: that may be set, or stand still in a test.
  for (let waited = 0; ; waited += look, look = Math.min(2 * look, LONGEST_LOOK)) {
    const begun = await records.begin(key, beginning);
    if (begun.state !== "running") return begun;
    if (waited > PATIENCE) throw new Refusal(503, "The same request is still under way", retryAfter(LONGEST_LOOK));
    await pause(look, left);
  }
};

/** Writes down what came of it. Where that fails the record stays unfinished. */
const settle = async (records: Records, key: string, owner: string, outcome: Outcome, lost: (error: unknown) => void) => {
  const { status, body, headers, delivered } = outcome;
  try {
    if (delivered === "no") await records.forget(key, owner);
    else await records.finish(key, owner, JSON.stringify({ status, body, headers, delivered }));
  } catch (error) {
    lost(error);
  }
};

/** `act` rejects where nothing was sent: so whoever asks again begins anew. */
const carryOut = async (records: Records, key: string, owner: string, { act, lost }: Acting): Promise<Outcome> => {
  let outcome: Outcome;
  try {
    outcome = await act();
  } catch (error) {
    // Where the store is away, the record stays unfinished.
    await records.forget(key, owner).catch(() => {});
    throw error;
  }
  await settle(records, key, owner, outcome, lost);
  return outcome;
};

/** Has `act` carry it out, unless it was before. Rejects where the store cannot say so; then nothing was sent. */
export const once = async (records: Records, keyed: Keyed, acting: Acting): Promise<Outcome> => {
  const begun = await begin(records, keyed, acting.left);
  switch (begun.state) {
    case "done": {
      const outcome: Outcome = JSON.parse(begun.answer);
      return { ...outcome, headers: { ...outcome.headers, "idempotency-replayed": "true" } };
    }
    case "different":
      throw new Refusal(422, "This idempotency key goes with another request");
    case "unfinished":
      return UNFINISHED;
    case "begun":
      return carryOut(records, keyed.key, begun.owner, acting);
    default:
      throw new Error(`a store answered ${JSON.stringify(begun)}`);
  }
};

/** What the caller is told of whether it was carried out, where it failed. */
export const saysMaybe = ({ status, delivered }: Outcome) =>
  status >= 400 ? { [MAYBE_DELIVERED]: String(delivered === "maybe") } : {};
