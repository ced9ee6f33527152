/** Sends to a list of people: all of them, or one at a time for an engine. */
import { quietly } from "../events.js";
import type { Run, RunItem, RunOptions, RunOutcome } from "./api.js";
import { dryRun } from "./dry-run.js";
import { Later } from "./gate.js";
import { check, type Checked, type Task } from "./options.js";
import { isOutcome, Pass, type Items, type Passed } from "./pass.js";
import { Progress } from "./progress.js";
import { report } from "./report.js";
import { earlierOutcome, later, Sender } from "./sender.js";

/** How long `step()` waits for a slot, in milliseconds. */
const STEP_WAITS_MS = 1_000;

class RunOfItems implements Run {
  readonly #checked: Checked;
  readonly #sender: Sender;

  constructor(checked: Checked) {
    this.#checked = checked;
    this.#sender = new Sender(checked);
  }

  async *all(items: Items, { signal }: { signal?: AbortSignal | undefined } = {}): AsyncGenerator<RunOutcome> {
    const { onProgress } = this.#checked;
    const progress = new Progress(items);
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    try {
      for await (const { outcome, isEarlier } of this.#pass(items, controller.signal)) {
        const counted = progress.add(outcome, isEarlier);
        quietly(() => onProgress?.(counted));
        yield outcome;
      }
    } finally {
      abort();
      signal?.removeEventListener("abort", abort);
    }
  }

  #pass(items: Items, signal: AbortSignal): AsyncGenerator<Passed> {
    // Items may have another operation when the run is started again.
    const sender = new Sender(this.#checked);
    return this.#checked.dryRun ? dryRun(this.#checked, sender, items, signal) : new Pass(sender, items, signal).outcomes();
  }

  async step(item: RunItem): Promise<RunOutcome> {
    const controller = new AbortController();
    if (this.#checked.dryRun) for await (const { outcome } of this.#pass([item], controller.signal)) return outcome;
    const task = this.#sender.read(item);
    if (isOutcome(task)) return task;
    const { key } = task.item;
    const { records } = this.#sender;
    const closed = records.isOpen && this.#sender.closed(task);
    if (closed) return closed;
    const [claimed] = await records.claim([key], 1);
    const earlier = earlierOutcome(key, claimed!);
    if (earlier) return earlier;
    if (claimed![0] === "busy") return later(key, new Later(records.now() + Number(claimed![1]), "sending"));
    const outcome = await this.#send(task, controller);
    // Another process may send it at that time.
    if (outcome.state === "later") quietly(() => records.claim([key], 0, 0));
    return outcome;
  }

  async #send(task: Task, controller: AbortController): Promise<RunOutcome> {
    const timer = setTimeout(() => controller.abort(), STEP_WAITS_MS);
    try {
      return await this.#sender.send(task, false, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  report() {
    return report(this.#checked);
  }

  ended(key: string): Promise<void> {
    return this.#sender.ended(key);
  }
}

export const createRun = (options: RunOptions): Run => new RunOfItems(check(options));
