/** Lists the items of a run, from the store. */
import type { RunReport } from "./api.js";
import type { Checked } from "./options.js";

/** How many items are listed in one step. */
const PAGE = 500;

export const report = async ({ id, store }: Checked): Promise<RunReport> => {
  const states = new Map<string, [state: string, detail: string]>();
  let cursor = "";
  do {
    const page = await store.runs.listItems(id, cursor, PAGE);
    for (const [key, ...state] of page.items) states.set(key, state);
    cursor = page.cursor;
  } while (cursor);
  const items: RunReport["items"] = { sent: [], skipped: [], failed: [], unknown: [], sending: [] };
  for (const [key, [state, reason]] of states) {
    const list: { key: string; reason?: string }[] | undefined = (items as any)[state];
    list?.push(state === "skipped" || state === "failed" ? { key, reason } : { key });
  }
  const counts = Object.fromEntries(Object.entries(items).map(([state, { length }]) => [state, length])) as unknown as RunReport["counts"];
  return { counts, items };
};
