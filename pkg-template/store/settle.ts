/** Settles records with an unknown outcome. */
import type { RecordRequest, SettledKey, Store } from "./api.js";
import { digest } from "./digest.js";
import { newId } from "./ids.js";
import { ANY_OWNER } from "./run-items.js";
import { deserialize, serialize, type Outcome } from "./outcome.js";
import { ANY_REQUEST } from "./record.js";

/** The outcome of a request whose answer is not known. */
const DELIVERED: Outcome = { status: 200, body: {}, headers: {}, delivered: "yes" };

const OUTCOMES = { delivered: serialize(DELIVERED), "not delivered": "" };

/** Reads a record without its request, whatever its lease is. */
const reader = (): RecordRequest => ({ owner: newId(), fingerprint: ANY_REQUEST, sinceMs: 0, leaseMs: Number.MAX_SAFE_INTEGER, keepMs: 1 });

/** The recorded answer of a record with an unknown outcome, empty for none; undefined for any other record. */
const unknownAnswer = async ({ records }: Store, key: string): Promise<string | undefined> => {
  const state = await records.read(key, reader());
  if (state.state === "unknown") return "";
  return state.state === "done" && deserialize(state.answer).delivered === "maybe" ? state.answer : undefined;
};

export const settle = async (store: Store, { key, subject, run }: SettledKey, outcome: keyof typeof OUTCOMES): Promise<boolean> => {
  const answer = OUTCOMES[outcome];
  if (answer === undefined) throw new TypeError('settle(): outcome must be "delivered" or "not delivered"');
  if (run !== undefined) return store.runs.endItem(run, key, ANY_OWNER, answer ? "sent" : "free", answer && "{}");
  const name = await digest(subject === undefined ? [key] : [subject, key]);
  const expected = await unknownAnswer(store, name);
  return expected !== undefined && store.records.settle(name, expected, answer);
};
