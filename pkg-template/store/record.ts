/**
 * The rule for idempotency records. `redis/scripts.ts` has it in Lua; `tests/store/rules.test.mjs` compares the two.
 */
import type { RecordRequest, RecordState } from "./api.js";

/** The record of an idempotency key. Times are milliseconds of the store's clock. */
export interface IdempotencyRecord {
  /** The fingerprint of the request; in a forgotten record, the owner that forgot it. */
  fingerprint: string;
  /** The sender of the request; `NO_OWNER` if it is known not to have been executed. */
  owner: string;
  /** The end of the owner's lease; without an owner, the time when the record was forgotten. */
  leaseUntil: number;
  keepUntil: number;
  answer: string | undefined;
}

export const NO_OWNER = "";
/** A fingerprint that fits every record, to read one without its request. */
export const ANY_REQUEST = "*";
/** How long a step `begin` that its sender abandoned may be in transit, in milliseconds: 10 minutes. */
export const LATEST_BEGIN_MS = 600_000;

/** Decides about a request. `completeSince` is the time since which no record was lost. */
export const judge = (
  record: IdempotencyRecord | undefined,
  { fingerprint, owner, sinceMs }: RecordRequest,
  now: number,
  completeSince: number,
): RecordState => {
  if (!record || record.owner === NO_OWNER) {
    // A step `begin` that arrives after its sender abandoned it must not start the request.
    if (record?.fingerprint === owner) return { state: "unknown" };
    // If later records were lost, the key may have been used again.
    const isKnownNotSent = record && record.leaseUntil >= completeSince;
    return { state: !isKnownNotSent && sinceMs > 0 && now - sinceMs <= completeSince ? "unknown" : "new" };
  }
  if (fingerprint !== ANY_REQUEST && record.fingerprint !== fingerprint) return { state: "different" };
  if (record.answer !== undefined) return { state: "done", answer: record.answer };
  // The owner repeats the step, because the reply to its first `begin` was lost.
  if (record.owner === owner) return { state: "new" };
  return { state: now < record.leaseUntil ? "running" : "unknown" };
};
