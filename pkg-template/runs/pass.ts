/** One pass over a list: claims its items, sends them, and waits for hours, limits and other processes. */
import { CenterfyError } from "centerfy";
import { sleep } from "../store/within.js";
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
/** How often the items of other processes are looked at by one that has no others, and calls that go on, in milliseconds. */
const AGAIN_MS = 500;
/** How long to sleep at most, in milliseconds, so that claims are renewed and a clock that is set is noticed. */
const LONGEST_SLEEP_MS = LEASE_MS / 3;
/** The pause after a failure of the store, and how long it may be unavailable, in milliseconds. */
const STORE_PAUSE_MS = 500;
const STORE_DOWN_MS = 120_000;

export type Items = Iterable<RunItem> | AsyncIterable<RunItem>;
/** What happened: an item was read, looked up or sent, or time passed. */
type Happened = () => void;

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
  readonly #sending = new Map<string, Promise<Happened>>();
  readonly #outcomes: Passed[] = [];
  #reading: Promise<Happened> | undefined;
  #claiming: Promise<Happened> | undefined;
  #isRead = false;
  #index = 0;
  /** Ends the current wait. */
  #timer = new AbortController();
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
    signal.addEventListener("abort", () => this.#timer.abort());
  }

  async *outcomes(): AsyncGenerator<Passed> {
    try {
      for (;;) {
        this.#sendReady();
        this.#readNext();
        this.#claim();
        while (this.#outcomes.length) yield this.#outcomes.shift()!;
        if (this.#isOver && !this.#sending.size && !this.#claiming) return;
        this.#timer = new AbortController();
        const happened = await Promise.race([...this.#sending.values(), this.#reading, this.#claiming, this.#nextTime()].filter((it) => it !== undefined));
        this.#timer.abort();
        happened();
      }
    } finally {
      // What is in flight is completed, and what is not can be sent by other processes.
      await Promise.allSettled(this.#sending.values());
      await this.#claiming?.then((happened) => happened()).catch(() => {});
      await this.#renew(0).catch(() => {});
      void Promise.resolve(this.#iterator.return?.()).catch(() => {});
    }
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
      const { key } = entry.value.item;
      const end = (act: () => void) => () => (this.#sending.delete(key), act());
      const sending = this.#sender.send(entry.value, true, this.#signal).then(
        (outcome) => end(() => this.#receive(entry, outcome)),
        (error) => end(() => this.#retry([entry], error)),
      );
      this.#sending.set(key, sending);
    }
  }

  /** Reads the next item, unless enough items can be sent already. */
  #readNext() {
    const isFull = this.#queue.size >= MOST_WAITING || this.#others.size >= MOST_OTHERS || this.#queue.countDue(this.#now) >= BATCH;
    if (this.#reading || this.#isRead || isFull || this.#signal.aborted) return;
    this.#reading = Promise.resolve(this.#iterator.next()).then(({ done, value }) => () => {
      this.#reading = undefined;
      if (done) {
        this.#isRead = true;
        return;
      }
      const read = this.#sender.read(value);
      if (isOutcome(read)) this.#outcomes.push({ outcome: read, isEarlier: false });
      else this.#queue.add({ value: read, index: this.#index++, at: 0 });
    });
  }

  /** Looks items up that can be sent now, and claims as many as this process can send. */
  #claim() {
    const now = this.#now;
    const isRenewed = this.#renewedAt + LONGEST_SLEEP_MS > Date.now();
    if (!isRenewed && !this.#isIdle) void this.#renew(LEASE_MS).catch(() => {});
    if (this.#claiming || this.#signal.aborted || this.#pausedUntil > now || this.#ready.size >= PARALLEL) return;
    const entries = this.#takeOpen(now);
    if (!entries.length) return;
    const keys = entries.map(({ value }) => value.item.key);
    this.#claiming = this.#sender.records.claim(keys, MOST_CLAIMED - this.#ready.size - this.#sending.size).then(
      (items) => () => {
        this.#claiming = undefined;
        this.#downSince = undefined;
        entries.forEach((entry, i) => this.#sort(entry, items[i]!));
      },
      (error) => () => {
        this.#claiming = undefined;
        this.#retry(entries, error);
      },
    );
  }

  /** Takes items whose hours are open from the queue, in their order. */
  #takeOpen(now: number): Entry<Task>[] {
    const entries: Entry<Task>[] = [];
    const isLooking = this.#looksAt <= now;
    if (isLooking) this.#lookedAt = now;
    while (entries.length < (isLooking ? MOST_OTHERS : BATCH)) {
      const entry = this.#queue.takeDue(now) ?? this.#others.takeDue(isLooking ? Infinity : now);
      if (!entry) break;
      // The first claim says how late it is.
      const closed = this.#sender.records.isOpen ? this.#sender.closed(entry.value) : undefined;
      if (closed?.state === "later") this.#queue.add({ ...entry, at: closed.at.getTime() });
      else entries.push(entry);
    }
    return entries;
  }

  #sort(entry: Entry<Task>, item: Parameters<typeof earlierOutcome>[1]) {
    const [state, detail] = item;
    const outcome = earlierOutcome(entry.value.item.key, item);
    if (outcome) this.#outcomes.push({ outcome, isEarlier: true });
    else if (state === "claimed") this.#ready.add({ ...entry, at: 0 });
    else if (state === "busy") this.#others.add({ ...entry, at: this.#now + Number(detail) });
    else this.#queue.add({ ...entry, at: 0 });
  }

  #receive({ value, index }: Entry<Task>, outcome: RunOutcome) {
    if (outcome.state !== "later") return this.#outcomes.push({ outcome, isEarlier: false });
    const at = outcome.at.getTime();
    if (outcome.reason === "hours") return this.#queue.add({ value, index, at });
    // A call may end earlier than expected.
    const pause = outcome.reason === "concurrent" ? Math.min(at, this.#now + AGAIN_MS) : at;
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
    const keys = [...this.#sending.keys(), ...this.#ready.values().map(({ item }) => item.key)];
    if (keys.length) await this.#sender.records.claim(keys, 0, leaseMs);
  }

  /** Resolves when the next item can be sent, or the run is ended. */
  #nextTime(): Promise<Happened> | undefined {
    const canSend = this.#ready.size && this.#sending.size < PARALLEL;
    const canClaim = this.#ready.size < PARALLEL && !this.#claiming;
    const others = Math.min(this.#others.nextAt, this.#looksAt);
    const next = Math.min(canSend ? 0 : Infinity, canClaim ? Math.min(this.#queue.nextAt, others) : Infinity);
    const ms = Math.max(next, this.#pausedUntil) - this.#now;
    return sleep(Math.min(Math.max(0, ms), LONGEST_SLEEP_MS), this.#timer.signal).then(
      () => () => {},
      () => () => {},
    );
  }
}
