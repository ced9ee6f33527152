/** The steps on the items of a run, each a script on the run's hash. */
import type { ClaimedItem, ListReply, RecordState } from "../store/api.js";
import type { RunSteps } from "../store/run-items.js";
import type { StepOf } from "../store/store.js";
import type { Run } from "./client.js";
import { ignored, listOf, numberOf, textOf } from "./replies.js";
import { CLAIM, END_ITEM, LIST_ITEMS, RENEW_ITEM, START_ITEM } from "./run-scripts.js";

/** Texts in replies start with a colon, because Upstash's client parses those that look like JSON. */
const unmarked = (value: unknown): string => textOf(value).slice(1);

export const runSteps = (run: Run, key: (run: string) => string): { [Name in keyof RunSteps]: StepOf<Name> } => ({
  claim: async (id, { settings, owner, leaseMs, keepMs, most }, keys) => {
    const [now, known, ...rest] = listOf(await run(CLAIM, key(id), [settings, owner, leaseMs, keepMs, most, ...keys]), 2);
    const items: ClaimedItem[] = [];
    for (let i = 0; i < rest.length; i += 2) items.push([rest[i] as ClaimedItem[0], unmarked(rest[i + 1])]);
    return { nowMs: numberOf(now), settings: textOf(known), items };
  },
  startItem: async (id, item, owner, claimant, leaseMs) => {
    const [state, answer] = listOf(await run(START_ITEM, key(id), [item, owner, claimant, leaseMs]), 2);
    return (state === "done" ? { state, answer: unmarked(answer) } : { state }) as RecordState;
  },
  renewItem: (id, item, owner, leaseMs) => run(RENEW_ITEM, key(id), [item, owner, leaseMs]).then(ignored),
  endItem: (id, item, owner, state, detail) => run(END_ITEM, key(id), [item, owner, state, detail]).then((reply) => numberOf(reply) === 1),
  listItems: async (id, cursor, most) => {
    const [next, ...rest] = listOf(await run(LIST_ITEMS, key(id), [cursor || "0", most]), 1);
    const items: ListReply["items"] = [];
    for (let i = 0; i < rest.length; i += 3) items.push([unmarked(rest[i]), rest[i + 1] as ListReply["items"][0][1], unmarked(rest[i + 2])]);
    return { cursor: unmarked(next) === "0" ? "" : unmarked(next), items };
  },
});
