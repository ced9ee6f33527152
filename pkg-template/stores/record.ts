/**
 * The rule for idempotency records. `scripts.ts` has it in Lua, too; `tests/stores/rules.test.mjs`
 * holds the two together.
 */
import type { RecordRequest, RecordState } from "./api.js";

/** What is kept of an idempotency key. Times are milliseconds of the store's clock. */
export interface IdempotencyRecord {
  /** Of the request; of a forgotten record, who forgot it. */
  fingerprint: string;
  /** Who sends the request; `NO_OWNER` once it is known not to have been carried out. */
  owner: string;
  /** Until then the owner may be sending. Without an owner, the time since which that is known. */
  leaseUntil: number;
  keepUntil: number;
  answer: string | undefined;
}

export const NO_OWNER = "";
/** For how long a request to begin may be under way that its sender has given up, in milliseconds: 10 minutes. */
export const LATEST_BEGIN_MS = 600_000;

/** What a record says to a request. `remembersSince` is since when no record was lost. */
export const judge = (
  record: IdempotencyRecord | undefined,
  { fingerprint, owner, sinceMs }: RecordRequest,
  now: number,
  remembersSince: number,
): RecordState => {
  if (!record || record.owner === NO_OWNER) {
    // A request to begin that arrives after its sender has given it up begins nothing.
    if (record?.fingerprint === owner) return { state: "unknown" };
    // A store that lost what came afterwards does not know whether the key was used again.
    const isKnownNotSent = record && record.leaseUntil >= remembersSince;
    return { state: !isKnownNotSent && sinceMs > 0 && now - sinceMs <= remembersSince ? "unknown" : "new" };
  }
  if (record.fingerprint !== fingerprint) return { state: "different" };
  if (record.answer !== undefined) return { state: "done", answer: record.answer };
  // The owner asks again: the answer to its first `begin` was lost.
  if (record.owner === owner) return { state: "new" };
  return { state: now < record.leaseUntil ? "running" : "unknown" };
};
