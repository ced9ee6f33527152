/** One pass over a list: claims its items, sends them, and waits for hours, limits and other processes. */
import { CenterfyError } from "centerfy";
import { quietly } from "../events.js";
import type { RunItem, RunOutcome } from "./api.js";
import type { Task } from "./options.js";
import { Queue, type Entry } from "./queue.js";
import { LEASE_MS } from "./records.js";
import { earlierOutcome, type Sender } from "./sender.js";

/** How many items are sent at the same time by one process. */
const PARALLEL = 8;
/** How many items a process claims at most. It claims more when fewer than `PARALLEL` are ready. */
const MOST_CLAIMED = 24;
/** How many items are looked up in the store in one step, and read ahead for it. */
const BATCH = 64;
/** How many items of other processes are kept before no more are read, and looked up in one step. */
const MOST_OTHERS = 256;
/** How many items are kept because their hours are closed, before no more are read. */
const MOST_WAITING = 10_000;
/** How often the items of other processes are looked at by one that has no others, in milliseconds. */
const AGAIN_MS = 500;
/** How often it is tried again while `concurrent` is used up, in milliseconds. */
const CONCURRENT_AGAIN_MS = 5_000;
/** How often claims are renewed, and how long to wait at most, so that a clock that is set is noticed, in milliseconds. */
const RENEW_MS = LEASE_MS / 3;
/** The pause after a failure of the store, and how long it may be unavailable, in milliseconds. */
const STORE_PAUSE_MS = 500;
const STORE_DOWN_MS = 120_000;

export type Items = Iterable<RunItem> | AsyncIterable<RunItem>;

export const isOutcome = (read: Task | RunOutcome): read is RunOutcome => "state" in read;

const iterate = (items: any): Iterator<RunItem> | AsyncIterator<RunItem> => (items[Symbol.asyncIterator] ?? items[Symbol.iterator]).call(items);

/** An outcome, and whether the item was sent before. */
export interface Passed {
  outcome: RunOutcome;
  isEarlier: boolean;
}

export class Pass {
  readonly #sender: Sender;
  readonly #signal: AbortSignal;
  readonly #iterator: Iterator<RunItem> | AsyncIterator<RunItem>;
  /** Items that were read. */
  readonly #queue = new Queue<Task>();
  /** Items that other processes are sending, by the ends of their leases. */
  readonly #others = new Queue<Task>();
  /** Items that are claimed. */
  readonly #ready = new Queue<Task>();
  /** Items that are being sent. */
  readonly #sending = new Set<Entry<Task>>();
  readonly #outcomes: Passed[] = [];
  /** What happened and is not handled yet: an item was read, looked up or sent. */
  readonly #events: (() => void)[] = [];
  #wake = () => {};
  #isReading = false;
  #isClaiming = false;
  #isRead = false;
  #index = 0;
  /** Nothing is sent before this time: the rate limit or `concurrent` is used up. */
  #pausedUntil = 0;
  /** Since when the store is unavailable. */
  #downSince: number | undefined;
  #renewedAt = Date.now();
  #lookedAt = 0;

  constructor(sender: Sender, items: Items, signal: AbortSignal) {
    this.#sender = sender;
    this.#signal = signal;
    this.#iterator = iterate(items);
    signal.addEventListener("abort", () => this.#wake());
  }

  async *outcomes(): AsyncGenerator<Passed> {
    try {
      for (;;) {
        while (this.#events.length) this.#events.shift()!();
        this.#sendReady();
        this.#readNext();
        this.#claim();
        while (this.#outcomes.length) yield this.#outcomes.shift()!;
        if (this.#isOver && !this.#sending.size && !this.#isClaiming) return;
        await this.#wait();
      }
    } finally {
      await this.#end();
    }
  }

  /** Completes what is in flight. What is not can be sent by other processes. */
  async #end() {
    while (this.#sending.size || this.#isClaiming) {
      await this.#wait();
      while (this.#events.length) quietly(this.#events.shift()!);
    }
    await this.#renew(0).catch(() => {});
    quietly(() => this.#iterator.return?.());
  }

  /** Handles the end of a promise in `outcomes()`, one at a time. */
  #on<T>(promise: Promise<T>, then: (value: T) => void, failed: (error: unknown) => void) {
    const push = (event: () => void) => {
      this.#events.push(event);
      this.#wake();
    };
    promise.then(
      (value) => push(() => then(value)),
      (error) => push(() => failed(error)),
    );
  }

  /** Waits until something happened, or the next item can be sent. */
  async #wait() {
    if (this.#events.length) return;
    let timer: ReturnType<typeof setTimeout>;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, this.#waitMs());
    });
    clearTimeout(timer!);
  }

  get #now(): number {
    return this.#sender.records.now();
  }

  get #isOver(): boolean {
    return this.#signal.aborted || (this.#isRead && !this.#queue.size && !this.#others.size && !this.#ready.size);
  }

  /** Whether this process has no items of its own. */
  get #isIdle(): boolean {
    return !this.#ready.size && !this.#sending.size;
  }

  /** When the items of other processes are looked at, if their leases do not end before. */
  get #looksAt(): number {
    const isWaiting = this.#others.size && (this.#isIdle || this.#others.size >= MOST_OTHERS);
    return isWaiting ? this.#lookedAt + AGAIN_MS : Infinity;
  }

  #sendReady() {
    while (!this.#signal.aborted && this.#sending.size < PARALLEL && this.#pausedUntil <= this.#now) {
      const entry = this.#ready.takeDue(Infinity);
      if (!entry) return;
      this.#sending.add(entry);
      this.#on(
        this.#sender.send(entry.value, true, this.#signal),
        (outcome) => {
          this.#sending.delete(entry);
          this.#receive(entry, outcome);
        },
        (error) => {
          this.#sending.delete(entry);
          this.#retry([entry], error);
        },
      );
    }
  }

  /** Reads the next item, unless enough items can be sent already. */
  #readNext() {
    const isFull = this.#queue.size >= MOST_WAITING || this.#others.size >= MOST_OTHERS || this.#queue.countDue(this.#now) >= BATCH;
    if (this.#isReading || isFull || this.#signal.aborted) return;
    this.#isReading = true;
    const read = ({ done, value }: IteratorResult<RunItem>) => {
      if (done) {
        this.#isRead = true;
        return;
      }
      this.#isReading = false;
      const task = this.#sender.read(value);
      if (isOutcome(task)) this.#outcomes.push({ outcome: task, isEarlier: false });
      else this.#queue.add({ value: task, index: this.#index++, at: 0 });
    };
    this.#on(Promise.resolve(this.#iterator.next()), read, (error) => {
      throw error;
    });
  }

  /** Looks items up that can be sent now, and claims as many as this process can send. */
  #claim() {
    const now = this.#now;
    const isRenewed = this.#renewedAt + RENEW_MS > Date.now();
    if (!isRenewed && !this.#isIdle) quietly(() => this.#renew(LEASE_MS));
    if (this.#isClaiming || this.#signal.aborted || this.#pausedUntil > now || this.#ready.size >= PARALLEL) return;
    const { entries, most } = this.#takeDue(now);
    if (!entries.length) return;
    const keys = entries.map(({ value }) => value.item.key);
    this.#isClaiming = true;
    this.#on(
      this.#sender.records.claim(keys, most),
      (items) => {
        this.#isClaiming = false;
        this.#downSince = undefined;
        entries.forEach((entry, i) => this.#sort(entry, items[i]!));
      },
      (error) => {
        this.#isClaiming = false;
        this.#retry(entries, error);
      },
    );
  }

  /**
   * Takes items from the queue, in their order: those to be claimed, at most `most`. An item whose hours are closed is
   * looked up once, without a claim, because it may have been sent before.
   */
  #takeDue(now: number): { entries: Entry<Task>[]; most: number } {
    const open: Entry<Task>[] = [];
    const closed: Entry<Task>[] = [];
    const isLooking = this.#looksAt <= now;
    if (isLooking) this.#lookedAt = now;
    while (open.length + closed.length < (isLooking ? MOST_OTHERS : BATCH)) {
      const entry = this.#queue.takeDue(now) ?? this.#others.takeDue(isLooking ? Infinity : now);
      if (!entry) break;
      // The first claim says how late it is.
      const outcome = this.#sender.records.isOpen ? this.#sender.closed(entry.value) : undefined;
      if (outcome?.state !== "later") open.push(entry);
      else if (entry.isLookedUp) this.#queue.add({ ...entry, at: outcome.at.getTime() });
      else closed.push(entry);
    }
    if (!closed.length) return { entries: open, most: MOST_CLAIMED - this.#ready.size - this.#sending.size };
    for (const entry of open) this.#queue.add({ ...entry, at: 0 });
    return { entries: closed, most: 0 };
  }

  #sort(entry: Entry<Task>, item: Parameters<typeof earlierOutcome>[1]) {
    const [state, detail] = item;
    const outcome = earlierOutcome(entry.value.item.key, item);
    if (outcome) this.#outcomes.push({ outcome, isEarlier: true });
    else if (state === "claimed") this.#ready.add({ ...entry, at: 0 });
    else if (state === "busy") this.#others.add({ ...entry, at: this.#now + Number(detail) });
    else this.#queue.add({ ...entry, at: 0, isLookedUp: true });
  }

  #receive({ value, index }: Entry<Task>, outcome: RunOutcome) {
    if (outcome.state !== "later") return this.#outcomes.push({ outcome, isEarlier: false });
    const at = outcome.at.getTime();
    if (outcome.reason === "hours") return this.#queue.add({ value, index, at, isLookedUp: true });
    // A call may end earlier than expected.
    const pause = outcome.reason === "concurrent" ? Math.min(at, this.#now + CONCURRENT_AGAIN_MS) : at;
    this.#pausedUntil = Math.max(this.#pausedUntil, pause);
    // It keeps its place.
    return this.#queue.add({ value, index, at: 0 });
  }

  /** Tries items again after a failure of the store. */
  #retry(entries: Entry<Task>[], error: unknown) {
    const now = Date.now();
    this.#downSince ??= now;
    const isFinal = error instanceof TypeError || (CenterfyError.is(error) && error.code !== "network");
    if (isFinal || now - this.#downSince > STORE_DOWN_MS) throw error;
    this.#pausedUntil = this.#now + STORE_PAUSE_MS;
    for (const entry of entries) this.#queue.add({ ...entry, at: 0 });
  }

  /** Renews the claims, or releases them with a lease of 0. */
  async #renew(leaseMs: number) {
    this.#renewedAt = Date.now();
    const keys = [...this.#sending, ...this.#ready.entries].map(({ value }) => value.item.key);
    if (keys.length) await this.#sender.records.claim(keys, 0, leaseMs);
  }

  /** The milliseconds until the next item can be sent. */
  #waitMs(): number {
    const canSend = this.#ready.size && this.#sending.size < PARALLEL;
    const canClaim = this.#ready.size < PARALLEL && !this.#isClaiming;
    const next = Math.min(canSend ? 0 : Infinity, canClaim ? Math.min(this.#queue.nextAt, this.#others.nextAt, this.#looksAt) : Infinity);
    return Math.min(Math.max(0, Math.max(next, this.#pausedUntil) - this.#now), RENEW_MS);
  }
}
