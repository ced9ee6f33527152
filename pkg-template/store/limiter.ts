/**
 * A limiter that takes its slots from a store. The store decides by its own clock when a slot may be
 * used; calls of this process are served in the order in which they were made.
 */
import { LONGEST_PAUSE } from "../limiter.js";
import { listen, reasonOf } from "../abort.js";
import type { RateLimit, RateLimiter } from "./api.js";
import { after, now } from "./clock.js";
import { newId } from "./ids.js";
import { keepLease } from "./lease.js";
import type { SlotReply, SlotRequest } from "./steps.js";
import { sleep } from "./within.js";
import { requestsAreIsolated, Turns, type Turn } from "./workers.js";

/** The steps of a store for one limit. Each is one round trip, and rejects if the store is unavailable. */
export interface SlotSteps {
  take(ids: string[], request: SlotRequest): Promise<SlotReply>;
  /** The requests in these slots can arrive for `ms` more milliseconds; 0 if they were answered. */
  mark(ids: string[], ms: number): Promise<unknown>;
  drop(ids: string[]): Promise<unknown>;
  hold(ms: number): Promise<unknown>;
}

type AcquireInfo = Parameters<RateLimiter["acquire"]>[0];
type Release = (sent: boolean) => void;

/** A slot, and the time from which it may be used, by this process's clock. */
interface Slot {
  id: string;
  at: number;
}

/** The store's reply to one call. */
interface IsolatedReply {
  isGranted: boolean;
  /** Whether the slot may be used without another request. */
  isConfirmed: boolean;
  /** When the slot may be used; otherwise, when to request again. */
  at: number;
}

interface Waiter {
  info: AcquireInfo;
  go: (release: Release | undefined) => void;
  fail: (error: unknown) => void;
}

/** How long a slot counts as in flight after its process died, in milliseconds. */
const LEASE_MS = 5_000;
/** The most slots to request in one step, so that no step blocks the store for long. */
const MOST_AT_ONCE = 64;
/** How far ahead to request slots, in round trips: one for the reply, one for a slot that was counted late, and a margin. */
const ROUND_TRIPS_AHEAD = 2.5;
const LEAST_AHEAD_MS = 5;

/** Timers are whole milliseconds. */
const TIMER_MS = 1;

/** Whether a slot may be used without another request. */
const isNear = (waitMs: number, aheadMs: number) => waitMs <= Math.max(2 * aheadMs, TIMER_MS);

/** Nothing depends on its success: a slot that could not be reported counts until its lease ends. */
const ignoreFailure = (step: Promise<unknown>) => void step.catch(() => {});

export class StoreLimiter implements RateLimiter {
  readonly #steps: SlotSteps;
  readonly #limit: RateLimit;
  /** Whether a step is a network round trip. */
  readonly #isRemote: boolean;
  /** The queued calls, in the order in which they were made. */
  readonly #waiting = new Set<Waiter>();
  /** In Workers, the calls that wait for the store to grant a slot. */
  readonly #turns: Turns;
  /** In Workers, when the last granted slot may be used. */
  #lastIsolatedAt = 0;
  /** Slots that may be used soon, the earliest first. */
  #ready: Slot[] = [];
  /** A slot that is reserved further ahead. It is confirmed shortly before its time, because the API may request a pause until then. */
  #reserved: Slot | undefined;
  #isRequesting = false;
  /** No other slot can be free before this time. */
  #requestAt = 0;
  #heldUntil = 0;
  /** When the requests of this process were answered, by its own clock, earliest first. */
  readonly #answered = new Map<string, number>();
  /** Slots whose answer has not been reported to the store. */
  #unreported: string[] = [];
  #isReporting = false;
  #roundTripMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPumpDue = false;

  constructor(steps: SlotSteps, limit: RateLimit, isRemote: boolean) {
    this.#steps = steps;
    this.#limit = limit;
    this.#isRemote = isRemote;
    this.#turns = new Turns(limit.perMs);
  }

  acquire: RateLimiter["acquire"] = (info) => {
    const { signal } = info;
    if (signal?.aborted) return Promise.reject(reasonOf(signal));
    if (requestsAreIsolated()) return this.#acquireIsolated(info);
    return new Promise<Release | undefined>((resolve, reject) => {
      const waiter: Waiter = {
        info,
        go: (release) => (unlisten?.(), resolve(release)),
        fail: (error) => (unlisten?.(), reject(error)),
      };
      const unlisten = signal && listen(signal, () => this.#leave(waiter, reasonOf(signal)));
      this.#waiting.add(waiter);
      this.#pumpSoon();
    });
  };

  hold: NonNullable<RateLimiter["hold"]> = ({ ms }) => {
    const pause = Math.min(ms, LONGEST_PAUSE);
    this.#heldUntil = Math.max(this.#heldUntil, now() + pause);
    ignoreFailure(this.#steps.hold(pause));
  };

  /** An estimate by this process of the milliseconds until a call that is queued now gets a slot. */
  waitMs(): number {
    const next = Math.max(this.#reserved?.at ?? this.#requestAt + this.#aheadMs, this.#lastIsolatedAt, this.#heldUntil) - now();
    const waiting = this.#waiting.size + this.#turns.size + Number(this.#lastIsolatedAt > now());
    const windowsAhead = Math.floor(waiting / this.#limit.requests);
    return Math.max(0, next) + windowsAhead * this.#limit.perMs;
  }

  /** Runs once for all calls that are made, or aborted, at the same time. */
  #pumpSoon() {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    void Promise.resolve().then(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  /** Grants the slots whose time has come, requests more, and sets the timer for the next time. */
  #pump() {
    clearTimeout(this.#timer);
    const at = now();
    this.#dropStale(at);
    while (this.#ready.length && this.#waiting.size && this.#timeOf(this.#ready[0]!) <= at) this.#serveFirst(this.#ready.shift()!);
    this.#dropSurplus();
    const isShort = this.#waiting.size > this.#ready.length;
    if (isShort && !this.#isRequesting && this.#requestAt <= at + TIMER_MS) void this.#requestSlots();
    const next = Math.min(this.#ready.length ? this.#timeOf(this.#ready[0]!) : Infinity, isShort && !this.#isRequesting ? this.#requestAt : Infinity);
    if (next < Infinity) this.#timer = after(Math.max(0, next - at), () => this.#pump());
  }

  #timeOf({ at }: Slot): number {
    return Math.max(at, this.#heldUntil);
  }

  #serveFirst({ id }: Slot) {
    const [first] = this.#waiting;
    this.#waiting.delete(first!);
    first!.go(this.#use(id, first!.info));
  }

  /** Drops slots that were not used in time, because of a pause or a suspended process: their leases may have expired. */
  #dropStale(at: number) {
    const isStale = (slot: Slot) => at - slot.at > LEASE_MS / 2;
    const stale = this.#ready.filter(isStale);
    if (!stale.length) return;
    this.#ready = this.#ready.filter((slot) => !isStale(slot));
    this.#drop(stale.map(({ id }) => id));
  }

  /** Frees slots that no call waits for. */
  #dropSurplus() {
    const surplus = this.#ready.splice(this.#waiting.size);
    if (this.#reserved && this.#waiting.size <= this.#ready.length) {
      surplus.push(this.#reserved);
      this.#reserved = undefined;
    }
    if (surplus.length) this.#drop(surplus.map(({ id }) => id));
  }

  /** These requests were not sent, so the next slot may be free sooner than the store said. */
  #drop(ids: string[]) {
    const drop = this.#steps.drop(ids);
    ignoreFailure(drop.then(() => {
      this.#requestAt = 0;
      if (this.#waiting.size) this.#pumpSoon();
    }));
  }

  async #requestSlots() {
    this.#isRequesting = true;
    const short = Math.min(this.#waiting.size - this.#ready.length, this.#limit.requests, MOST_AT_ONCE);
    const ids = Array.from({ length: short }, newId);
    const reserved = this.#reserved;
    const aheadMs = this.#aheadMs;
    if (reserved) ids[0] = reserved.id;
    this.#reserved = undefined;
    try {
      const reply = await this.#take(ids, aheadMs);
      this.#isRequesting = false;
      this.#receive(ids, reply, aheadMs, reserved?.at);
    } catch (error) {
      this.#isRequesting = false;
      this.#failAll(error);
    }
    this.#pump();
  }

  /** Takes slots, and measures the round trip to the store. */
  async #take(ids: string[], aheadMs: number): Promise<SlotReply> {
    const { requests, perMs } = this.#limit;
    const requestedAt = now();
    try {
      const reply = await this.#steps.take(ids, { requests, perMs, leaseMs: LEASE_MS, aheadMs });
      const took = now() - requestedAt;
      this.#roundTripMs = Math.max(took, (this.#roundTripMs * 7 + took) / 8);
      return reply;
    } catch (error) {
      // The store may have granted them and its reply was lost.
      ignoreFailure(this.#steps.drop(ids));
      throw error;
    }
  }

  get #aheadMs(): number {
    if (!this.#isRemote) return 0;
    return Math.ceil(Math.min(ROUND_TRIPS_AHEAD * this.#roundTripMs, this.#limit.perMs / 2) + LEAST_AHEAD_MS);
  }

  /** Processes the store's reply. Only the first slot can be further ahead than requested. */
  #receive(ids: string[], reply: SlotReply, aheadMs: number, reservedAt = Infinity) {
    const { slots, againMs, heldMs } = reply;
    const received = this.#received(reply);
    slots.forEach(([waitMs, follows], i) => {
      const at = this.#localTime(received, waitMs, follows, heldMs);
      const slot = { id: ids[i]!, at: i || heldMs ? at : Math.min(at, reservedAt) };
      // Not by `waitMs`: if the store learned late of the answer that the slot follows, its time is later than this process's.
      if (isNear(slot.at - received, aheadMs)) this.#ready.push(slot);
      else this.#reserved = slot;
    });
    this.#ready.sort((a, b) => a.at - b.at);
    const next = this.#reserved?.at ?? (slots.length < ids.length ? received + againMs : 0);
    this.#requestAt = next - aheadMs;
  }

  /** The time that a reply's milliseconds are relative to, by this process's clock, at the latest. */
  #received({ nowMs }: SlotReply): number {
    return this.#isRemote ? now() : nowMs;
  }

  /**
   * When a slot may be used, by this process's clock. If it follows a request of this process, that time
   * is known to the millisecond; otherwise the store's reply may have been in transit for a while.
   */
  #localTime(received: number, waitMs: number, follows: string | null, heldMs: number): number {
    const answered = heldMs > 0 ? undefined : this.#answered.get(follows ?? "");
    return answered === undefined ? received + waitMs : Math.min(answered + this.#limit.perMs, received + waitMs);
  }

  #failAll(error: unknown) {
    for (const waiter of this.#waiting) waiter.fail(error);
    this.#waiting.clear();
  }

  #leave(waiter: Waiter, reason: unknown) {
    this.#waiting.delete(waiter);
    waiter.fail(reason);
    this.#pumpSoon();
  }

  /** In Workers each call requests its own slot, because timers and fetches belong to one request. */
  async #acquireIsolated(info: AcquireInfo): Promise<Release | undefined> {
    const signal = info.signal as AbortSignal;
    const id = newId();
    const turn: Turn = { polledAt: now() };
    try {
      let reply = await this.#reserveIsolated(id, turn, signal);
      for (;;) {
        await sleep(Math.max(0, reply.at - now()), signal);
        if (reply.isConfirmed && this.#heldUntil <= now()) return this.#use(id, info);
        reply = await this.#requestIsolated(id);
      }
    } catch (error) {
      ignoreFailure(this.#steps.drop([id]));
      throw signal?.aborted ? reasonOf(signal) : error;
    } finally {
      this.#turns.leave(turn);
    }
  }

  /** Requests until the store grants a slot, but not before the calls that this isolate made earlier. */
  async #reserveIsolated(id: string, turn: Turn, signal: AbortSignal): Promise<IsolatedReply> {
    const turns = this.#turns;
    let requestAt = 0;
    for (;;) {
      const isNext = turns.isNext(turn, this.#limit.requests, now());
      if (isNext && requestAt <= now()) {
        const reply = await this.#requestIsolated(id);
        if (reply.isGranted) {
          turns.leave(turn);
          return reply;
        }
        turns.poll(turn, now());
        requestAt = reply.at;
      }
      await sleep(Math.max(0, Math.min(turns.pollMs, isNext ? requestAt - now() : Infinity)), signal);
    }
  }

  async #requestIsolated(id: string): Promise<IsolatedReply> {
    const aheadMs = this.#aheadMs;
    const reply = await this.#take([id], aheadMs);
    const { slots: [slot], againMs, heldMs } = reply;
    const received = this.#received(reply);
    const at = this.#localTime(received, slot ? slot[0] : againMs, slot?.[1] ?? null, heldMs);
    const isConfirmed = !!slot && isNear(at - received, aheadMs);
    if (slot) this.#lastIsolatedAt = Math.max(this.#lastIsolatedAt, at);
    else this.#requestAt = at - aheadMs;
    return { isGranted: !!slot, isConfirmed, at: isConfirmed ? at : at - aheadMs };
  }

  /** Gives the slot to the caller. While its request is in flight, the lease is renewed. */
  #use(id: string, { attemptTimeout }: AcquireInfo): Release | undefined {
    // This caller does not report when its request is answered, so its slot counts from when it is sent.
    if (attemptTimeout === undefined) return void after(0, () => this.#answer(id));
    const endLease = keepLease(LEASE_MS, attemptTimeout, (leaseMs) => this.#steps.mark([id], leaseMs));
    let reported: boolean | undefined;
    return (sent) => {
      // After the first report, only a later arrival counts.
      if (reported !== undefined && !(reported && sent)) return;
      reported = sent;
      endLease();
      if (sent) this.#answer(id);
      else this.#drop([id]);
    };
  }

  #answer(id: string) {
    const at = now();
    // It may be reported again, after others were answered.
    this.#answered.delete(id);
    this.#answered.set(id, at);
    for (const [old, answered] of this.#answered) {
      if (at - answered < 2 * this.#limit.perMs) break;
      this.#answered.delete(old);
    }
    if (requestsAreIsolated()) return ignoreFailure(this.#steps.mark([id], 0));
    this.#unreported.push(id);
    if (!this.#isReporting) void this.#report();
  }

  /** Reports answers to the store, batching those that arrive meanwhile. */
  async #report() {
    this.#isReporting = true;
    await undefined;
    while (this.#unreported.length) {
      const ids = this.#unreported.splice(0, MOST_AT_ONCE);
      await this.#steps.mark(ids, 0).catch(() => {});
    }
    this.#isReporting = false;
  }
}
