/** What a run would do, and when. Nothing is sent, and nothing is recorded. */
import type { RunItem, RunOutcome } from "./api.js";
import { checkAllowed, Later, Skipped } from "./gate.js";
import { nextOpen } from "./hours.js";
import type { Checked, Task } from "./options.js";
import { isOutcome, type Items, type Passed } from "./pass.js";
import { earlierOutcome, later, type Sender } from "./sender.js";

/** The API's own limit. */
const API_LIMIT = { requests: 60, perMs: 60_000 };

/** The times at which items are sent, one after another at the pace of the run. */
class Schedule {
  readonly #eachMs: number;
  readonly #start: number;
  /** For each time that is taken, a later one that may be free. Times are counted in items. */
  readonly #next = new Map<number, number>();

  constructor({ pace = API_LIMIT }: Checked, start: number) {
    this.#eachMs = Math.max(pace.perMs / pace.requests, API_LIMIT.perMs / API_LIMIT.requests);
    this.#start = start;
  }

  /** The first time from `at` on that is free. */
  from(at: number): number {
    const first = Math.max(0, Math.ceil((at - this.#start) / this.#eachMs));
    let free = first;
    for (let next; (next = this.#next.get(free)) !== undefined; ) free = next;
    this.#next.set(first, free);
    this.#next.delete(free);
    return this.#start + free * this.#eachMs;
  }

  take(time: number) {
    const index = Math.round((time - this.#start) / this.#eachMs);
    this.#next.set(index, index + 1);
  }
}

/** When an item is sent. */
const timeOf = ({ hours }: Checked, { item }: Task, schedule: Schedule, now: number): { at: number; reason: Later["reason"] } => {
  const open = (at: number) => (hours ? nextOpen(hours, item.timeZone, at) : at);
  const opened = open(now);
  for (let at = opened; at !== undefined; ) {
    const time = schedule.from(at);
    at = open(time);
    if (at === time) {
      schedule.take(time);
      return { at: time, reason: opened === now ? "pace" : "hours" };
    }
  }
  // The hours exist in skipped hours alone.
  return { at: now + 7 * 86_400_000, reason: "hours" };
};

export async function* dryRun(run: Checked, sender: Sender, items: Items, signal: AbortSignal): AsyncGenerator<Passed> {
  let schedule: Schedule | undefined;
  const outcomeOf = async (item: RunItem): Promise<Passed> => {
    const task = sender.read(item);
    if (isOutcome(task)) return { outcome: task, isEarlier: false };
    const { key } = task.item;
    const [state] = await sender.records.peek([key]);
    const earlier: RunOutcome | undefined = earlierOutcome(key, state!);
    if (earlier) return { outcome: earlier, isEarlier: true };
    try {
      await checkAllowed(run, task);
    } catch (error) {
      return { outcome: { key, state: "skipped", reason: (error as Skipped).reason }, isEarlier: false };
    }
    const now = sender.records.now();
    const { at, reason } = timeOf(run, task, (schedule ??= new Schedule(run, now)), now);
    return { outcome: later(key, new Later(at, reason)), isEarlier: false };
  };
  for await (const item of items) {
    if (signal.aborted) return;
    yield await outcomeOf(item);
  }
}
