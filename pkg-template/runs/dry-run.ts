/** What a run would do, and when. Nothing is sent, and nothing is recorded. */
import type { RunItem, RunOutcome } from "./api.js";
import { checkAllowed, checkHours, Later, Skipped } from "./gate.js";
import type { Checked, Task } from "./options.js";
import type { Sender } from "./sender.js";

/** The API's own limit. */
const API_LIMIT = { requests: 60, perMs: 60_000 };

/** The pace of the run, by which the API's limit is not exceeded: the milliseconds for each item. */
const millisecondsEach = ({ pace = API_LIMIT }: Checked) => Math.max(pace.perMs / pace.requests, API_LIMIT.perMs / API_LIMIT.requests);

const outcomeOf = async (run: Checked, task: Task, at: number): Promise<RunOutcome> => {
  const { key } = task.item;
  try {
    await checkAllowed(run, task);
    checkHours(run, task, at);
    return { key, state: "later", at: new Date(at), reason: "pace" };
  } catch (error) {
    if (error instanceof Later) return { key, state: "later", at: new Date(error.at), reason: error.reason };
    if (error instanceof Skipped) return { key, state: "skipped", reason: error.reason };
    throw error;
  }
};

export async function* dryRun(run: Checked, sender: Sender, items: Iterable<RunItem> | AsyncIterable<RunItem>, signal: AbortSignal): AsyncGenerator<RunOutcome> {
  let at = Date.now();
  for await (const item of items) {
    if (signal.aborted) return;
    const task = sender.read(item);
    const outcome = "state" in task ? task : await outcomeOf(run, task, at);
    // An item whose hours are closed does not delay the others.
    if (outcome.state === "later" && outcome.reason === "pace") at += millisecondsEach(run);
    yield outcome;
  }
}
