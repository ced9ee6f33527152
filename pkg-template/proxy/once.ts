/** Carries a call out once for each key, however often it is asked for. */
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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Begins, or waits until whoever has begun has an answer. */
const begin = async (records: Records, { key, fingerprint, sinceMs, attemptTimeout }: Keyed): Promise<Begun> => {
  const leaseMs = 2 * attemptTimeout + MORE;
  const beginning = { fingerprint, leaseMs, keepMs: KEPT, sinceMs: sinceMs > 0 ? sinceMs + LATE : 0 };
  const end = Date.now() + PATIENCE;
  for (let look = FIRST_LOOK; ; look = Math.min(2 * look, LONGEST_LOOK)) {
    const begun = await records.begin(key, beginning);
    if (begun.state !== "running") return begun;
    if (Date.now() > end) throw new Refusal(503, "The same request is still under way", retryAfter(LONGEST_LOOK));
    await pause(look);
  }
};

/** Writes down what came of it. `lost` is told where that fails: then the record stays unfinished. */
const settle = async (records: Records, key: string, owner: string, outcome: Outcome, lost: (error: unknown) => void) => {
  const { status, body, headers, delivered } = outcome;
  try {
    if (delivered === "no") await records.forget(key, owner);
    else await records.finish(key, owner, JSON.stringify({ status, body, headers, delivered }));
  } catch (error) {
    lost(error);
  }
};

/** Has `act` carry it out, unless it was before. Rejects where the store cannot say so; then nothing was sent. */
export const once = async (
  records: Records,
  keyed: Keyed,
  act: () => Promise<Outcome>,
  lost: (error: unknown) => void,
): Promise<Outcome> => {
  const begun = await begin(records, keyed);
  switch (begun.state) {
    case "done": {
      const outcome: Outcome = JSON.parse(begun.answer);
      return { ...outcome, headers: { ...outcome.headers, "idempotency-replayed": "true" } };
    }
    case "different":
      throw new Refusal(422, "This idempotency key goes with another request");
    case "unfinished":
      return UNFINISHED;
    case "begun": {
      const outcome = await act();
      await settle(records, keyed.key, begun.owner, outcome, lost);
      return outcome;
    }
    default:
      throw new Error(`a store answered ${JSON.stringify(begun)}`);
  }
};

/** What the caller is told of whether it was carried out, where it failed. */
export const saysMaybe = ({ status, delivered }: Outcome) =>
  status >= 400 ? { [MAYBE_DELIVERED]: String(delivered === "maybe") } : {};
