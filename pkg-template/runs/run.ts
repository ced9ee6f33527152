/** Sends to a list of people: all of them, or one at a time for an engine. */
import { quietly } from "../events.js";
import { sleep } from "../store/within.js";
import type { Run, RunItem, RunOptions, RunOutcome } from "./api.js";
import { dryRun } from "./dry-run.js";
import { check, type Checked, type Task } from "./options.js";
import { Progress } from "./progress.js";
import { Queue, type Entry } from "./queue.js";
import { keyOf, Sender } from "./sender.js";

/** How many items are sent at the same time by one process. */
const PARALLEL = 8;
/** How many items are kept because their hours are closed, before no more are read. */
const MOST_WAITING = 10_000;
/** How long `step()` waits for a slot, in milliseconds. */
const STEP_WAITS_MS = 1_000;
/** How long to sleep at most, in milliseconds, so that a clock that is set is noticed. */
const LONGEST_SLEEP_MS = 30_000;

type Items = Iterable<RunItem> | AsyncIterable<RunItem>;
/** What happened: an item was read or sent, or time passed. */
type Happened = () => void;

const isOutcome = (read: Task | RunOutcome): read is RunOutcome => "state" in read;

const iterate = (items: any): Iterator<RunItem> | AsyncIterator<RunItem> => (items[Symbol.asyncIterator] ?? items[Symbol.iterator]).call(items);

/** One pass over a list. */
class Pass {
  readonly #sender: Sender;
  readonly #signal: AbortSignal;
  readonly #iterator: Iterator<RunItem> | AsyncIterator<RunItem>;
  readonly #queue = new Queue<Task>();
  readonly #running = new Set<Promise<Happened>>();
  readonly #outcomes: RunOutcome[] = [];
  #reading: Promise<Happened> | undefined;
  #isRead = false;
  #index = 0;
  /** Ends the current wait. */
  #timer = new AbortController();
  /** Nothing is sent before this time: the pace, the rate limit or `concurrent` is used up. */
  #pausedUntil = 0;

  constructor(sender: Sender, items: Items, signal: AbortSignal) {
    this.#sender = sender;
    this.#signal = signal;
    this.#iterator = iterate(items);
    signal.addEventListener("abort", () => this.#timer.abort());
  }

  async *outcomes(): AsyncGenerator<RunOutcome> {
    try {
      for (;;) {
        this.#startDue();
        this.#readNext();
        while (this.#outcomes.length) yield this.#outcomes.shift()!;
        if (!this.#running.size && this.#isOver) return;
        this.#timer = new AbortController();
        const happened = await Promise.race([...this.#running, this.#reading, this.#nextTime()].filter((it) => it !== undefined));
        this.#timer.abort();
        happened();
      }
    } finally {
      // What is in flight is completed.
      await Promise.allSettled(this.#running);
      void Promise.resolve(this.#iterator.return?.()).catch(() => {});
    }
  }

  get #isOver(): boolean {
    return this.#signal.aborted || (this.#isRead && !this.#queue.size);
  }

  #startDue() {
    const now = Date.now();
    while (!this.#signal.aborted && this.#running.size < PARALLEL && this.#pausedUntil <= now) {
      const entry = this.#queue.takeDue(now);
      if (!entry) return;
      const sending = this.#sender.send(entry.value, this.#signal).then((outcome) => () => {
        this.#running.delete(sending);
        this.#receive(entry, outcome);
      });
      this.#running.add(sending);
    }
  }

  /** Reads the next item, unless enough items can be sent already. */
  #readNext() {
    const isFull = this.#queue.size >= MOST_WAITING || this.#queue.nextAt <= Date.now() || this.#running.size >= PARALLEL;
    if (this.#reading || this.#isRead || isFull || this.#signal.aborted) return;
    this.#reading = Promise.resolve(this.#iterator.next()).then(({ done, value }) => () => {
      this.#reading = undefined;
      if (done) {
        this.#isRead = true;
        return;
      }
      const read = this.#sender.read(value);
      if (isOutcome(read)) this.#outcomes.push(read);
      else this.#queue.add({ value: read, index: this.#index++, at: 0 });
    });
  }

  #receive({ value, index }: Entry<Task>, outcome: RunOutcome) {
    if (outcome.state !== "later") return this.#outcomes.push(outcome);
    const at = outcome.at.getTime();
    if (outcome.reason === "hours") return this.#queue.add({ value, index, at });
    this.#pausedUntil = Math.max(this.#pausedUntil, at);
    // It keeps its place.
    return this.#queue.add({ value, index, at: 0 });
  }

  /** Resolves when the next item can be sent, or the run is ended. */
  #nextTime(): Promise<Happened> | undefined {
    if (this.#running.size >= PARALLEL) return undefined;
    const ms = Math.max(this.#queue.nextAt, this.#pausedUntil) - Date.now();
    return sleep(Math.min(Math.max(0, ms), LONGEST_SLEEP_MS), this.#timer.signal).then(
      () => () => {},
      () => () => {},
    );
  }
}

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
      const outcomes = this.#checked.dryRun ? dryRun(this.#checked, this.#sender, items, controller.signal) : new Pass(this.#sender, items, controller.signal).outcomes();
      for await (const outcome of outcomes) {
        const counted = progress.add(outcome);
        quietly(() => onProgress?.(counted));
        yield outcome;
      }
    } finally {
      abort();
      signal?.removeEventListener("abort", abort);
    }
  }

  async step(item: RunItem): Promise<RunOutcome> {
    if (this.#checked.dryRun) for await (const outcome of dryRun(this.#checked, this.#sender, [item], new AbortController().signal)) return outcome;
    const task = this.#sender.read(item);
    if (isOutcome(task)) return task;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), STEP_WAITS_MS);
    try {
      return await this.#sender.send(task, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  ended(key: string): Promise<void> {
    return this.#sender.ended(key);
  }

  keyOf(key: string): string {
    return keyOf(this.#checked.id, key);
  }
}

export const createRun = (options: RunOptions): Run => new RunOfItems(check(options));
