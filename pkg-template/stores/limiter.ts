/**
 * A limiter that takes its slots from a store. The store says when a slot may be used, by its own
 * clock; calls of this process are served in the order in which they came.
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

/** What a store does for one limit. Each is one round trip, and rejects where the store is unavailable. */
export interface SlotSteps {
  take(ids: string[], request: SlotRequest): Promise<SlotReply>;
  /** The requests in these slots can arrive for so many milliseconds more; 0 when they were answered. */
  mark(ids: string[], ms: number): Promise<unknown>;
  drop(ids: string[]): Promise<unknown>;
  hold(ms: number): Promise<unknown>;
}

type AcquireInfo = Parameters<RateLimiter["acquire"]>[0];
type Release = (sent: boolean) => void;

/** A slot, and when it may be used by this process's clock. */
interface Slot {
  id: string;
  at: number;
}

/** What the store said to one call. */
interface Asked {
  isGiven: boolean;
  /** Whether the slot is used without asking again. */
  isConfirmed: boolean;
  /** When the slot may be used; else when to ask again. */
  at: number;
}

interface Waiter {
  info: AcquireInfo;
  go: (release: Release | undefined) => void;
  fail: (error: unknown) => void;
}

/** For how long a slot counts as in flight after its process died, in milliseconds. */
const LEASE_MS = 5_000;
/** The most slots that are asked for in one step, so that no step keeps the store busy for long. */
const MOST_AT_ONCE = 64;
/** Slots are asked for so much ahead, in round trips: one for the answer, one for what was counted late, and a margin. */
const ROUND_TRIPS_AHEAD = 2.5;
const LEAST_AHEAD_MS = 5;

/** Timers are whole milliseconds. */
const TIMER_MS = 1;

/** Whether a slot is used without asking again. */
const isNear = (waitMs: number, aheadMs: number) => waitMs <= Math.max(2 * aheadMs, TIMER_MS);

/** Nothing depends on its success: what a store did not hear of counts until its lease ends. */
const ignoreFailure = (step: Promise<unknown>) => void step.catch(() => {});

export class StoreLimiter implements RateLimiter {
  readonly #steps: SlotSteps;
  readonly #limit: RateLimit;
  /** Whether a step takes time. */
  readonly #isRemote: boolean;
  /** The calls that wait, in the order in which they came. */
  readonly #waiting = new Set<Waiter>();
  /** In Workers, the calls that wait for the store to give them a slot. */
  readonly #turns: Turns;
  /** In Workers, when the last slot that the store gave may be used. */
  #lastAlone = 0;
  /** Slots that may be used soon, the earliest first. */
  #ready: Slot[] = [];
  /** A slot that is reserved further ahead. It is confirmed shortly before its time, since the API may ask for a pause until then. */
  #reserved: Slot | undefined;
  #asking = false;
  /** Before that time no other slot can be free. */
  #askAt = 0;
  #heldUntil = 0;
  /** When the requests of this process were answered, by its own clock, the earliest first. */
  readonly #answered = new Map<string, number>();
  /** Slots whose answer the store has not been told of. */
  #untold: string[] = [];
  #telling = false;
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
    if (requestsAreIsolated()) return this.#acquireAlone(info);
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

  /** The milliseconds until a slot can be free for a call that is queued now, as far as this process knows. */
  waitMs(): number {
    const next = Math.max(this.#reserved?.at ?? this.#askAt + this.#aheadMs, this.#lastAlone, this.#heldUntil) - now();
    const waiting = this.#waiting.size + this.#turns.size + Number(this.#lastAlone > now());
    const windowsAhead = Math.floor(waiting / this.#limit.requests);
    return Math.max(0, next) + windowsAhead * this.#limit.perMs;
  }

  /** Once for all calls that are made at the same time, or given up: many may be. */
  #pumpSoon() {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    void Promise.resolve().then(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  /** Hands out the slots whose time has come, asks for more, and sets the timer for the next time. */
  #pump() {
    clearTimeout(this.#timer);
    const at = now();
    this.#dropStale(at);
    while (this.#ready.length && this.#waiting.size && this.#timeOf(this.#ready[0]!) <= at) this.#serveFirst(this.#ready.shift()!);
    this.#dropSurplus();
    const isShort = this.#waiting.size > this.#ready.length;
    if (isShort && !this.#asking && this.#askAt <= at + TIMER_MS) void this.#ask();
    const next = Math.min(this.#ready.length ? this.#timeOf(this.#ready[0]!) : Infinity, isShort && !this.#asking ? this.#askAt : Infinity);
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

  /** A slot that was not used in time, because of a pause or of a process that stood still: its lease may be over. */
  #dropStale(at: number) {
    const isStale = (slot: Slot) => at - slot.at > LEASE_MS / 2;
    const stale = this.#ready.filter(isStale);
    if (!stale.length) return;
    this.#ready = this.#ready.filter((slot) => !isStale(slot));
    this.#drop(stale.map(({ id }) => id));
  }

  /** Slots that no call waits for are free again. */
  #dropSurplus() {
    const surplus = this.#ready.splice(this.#waiting.size);
    if (this.#reserved && this.#waiting.size <= this.#ready.length) {
      surplus.push(this.#reserved);
      this.#reserved = undefined;
    }
    if (surplus.length) this.#drop(surplus.map(({ id }) => id));
  }

  /** These requests were not sent. Their slots may be free again sooner than the store said. */
  #drop(ids: string[]) {
    const drop = this.#steps.drop(ids);
    ignoreFailure(drop.then(() => {
      this.#askAt = 0;
      if (this.#waiting.size) this.#pumpSoon();
    }));
  }

  async #ask() {
    this.#asking = true;
    const short = Math.min(this.#waiting.size - this.#ready.length, this.#limit.requests, MOST_AT_ONCE);
    const ids = Array.from({ length: short }, newId);
    const reserved = this.#reserved;
    const aheadMs = this.#aheadMs;
    if (reserved) ids[0] = reserved.id;
    this.#reserved = undefined;
    try {
      const reply = await this.#take(ids, aheadMs);
      this.#asking = false;
      this.#receive(ids, reply, aheadMs, reserved?.at);
    } catch (error) {
      this.#asking = false;
      this.#failAll(error);
    }
    this.#pump();
  }

  /** Takes slots, and learns how far away the store is. */
  async #take(ids: string[], aheadMs: number): Promise<SlotReply> {
    const { requests, perMs } = this.#limit;
    const asked = now();
    try {
      const reply = await this.#steps.take(ids, { requests, perMs, leaseMs: LEASE_MS, aheadMs });
      const took = now() - asked;
      this.#roundTripMs = Math.max(took, (this.#roundTripMs * 7 + took) / 8);
      return reply;
    } catch (error) {
      // The store may have given them, and its answer was lost.
      ignoreFailure(this.#steps.drop(ids));
      throw error;
    }
  }

  get #aheadMs(): number {
    if (!this.#isRemote) return 0;
    return Math.ceil(Math.min(ROUND_TRIPS_AHEAD * this.#roundTripMs, this.#limit.perMs / 2) + LEAST_AHEAD_MS);
  }

  /** Takes in what the store gave. Only the first slot can be further ahead than it was asked for. */
  #receive(ids: string[], reply: SlotReply, aheadMs: number, reservedAt = Infinity) {
    const { slots, againMs, heldMs } = reply;
    const received = this.#received(reply);
    slots.forEach(([waitMs, follows], i) => {
      const at = this.#localTime(received, waitMs, follows, heldMs);
      const slot = { id: ids[i]!, at: i || heldMs ? at : Math.min(at, reservedAt) };
      if (isNear(waitMs, aheadMs)) this.#ready.push(slot);
      else this.#reserved = slot;
    });
    this.#ready.sort((a, b) => a.at - b.at);
    const next = this.#reserved?.at ?? (slots.length < ids.length ? received + againMs : 0);
    this.#askAt = next - aheadMs;
  }

  /** The time from which a reply's milliseconds count, by this process's clock, at the latest. */
  #received({ nowMs }: SlotReply): number {
    return this.#isRemote ? now() : nowMs;
  }

  /**
   * When a slot may be used by this process's clock. Where it follows a request of this process, that
   * time is known to the millisecond; else the store's answer may have been under way for a while.
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

  /** In Workers each call asks for itself: its timers and its fetches are its own. */
  async #acquireAlone(info: AcquireInfo): Promise<Release | undefined> {
    const signal = info.signal as AbortSignal;
    const id = newId();
    const turn: Turn = { lookedAt: now() };
    try {
      let asked = await this.#reserveAlone(id, turn, signal);
      for (;;) {
        await sleep(Math.max(0, asked.at - now()), signal);
        if (asked.isConfirmed && this.#heldUntil <= now()) return this.#use(id, info);
        asked = await this.#askAlone(id);
      }
    } catch (error) {
      ignoreFailure(this.#steps.drop([id]));
      throw signal?.aborted ? reasonOf(signal) : error;
    } finally {
      this.#turns.leave(turn);
    }
  }

  /** Asks until the store gives a slot, and not before the calls of this isolate that came earlier. */
  async #reserveAlone(id: string, turn: Turn, signal: AbortSignal): Promise<Asked> {
    const turns = this.#turns;
    let askAt = 0;
    for (;;) {
      const isNext = turns.isNext(turn, this.#limit.requests, now());
      if (isNext && askAt <= now()) {
        const asked = await this.#askAlone(id);
        if (asked.isGiven) {
          turns.leave(turn);
          return asked;
        }
        turns.look(turn, now());
        askAt = asked.at;
      }
      await sleep(Math.max(0, Math.min(turns.lookMs, isNext ? askAt - now() : Infinity)), signal);
    }
  }

  async #askAlone(id: string): Promise<Asked> {
    const aheadMs = this.#aheadMs;
    const reply = await this.#take([id], aheadMs);
    const { slots: [slot], againMs, heldMs } = reply;
    const at = this.#localTime(this.#received(reply), slot ? slot[0] : againMs, slot?.[1] ?? null, heldMs);
    const isConfirmed = !!slot && isNear(slot[0], aheadMs);
    if (slot) this.#lastAlone = Math.max(this.#lastAlone, at);
    else this.#askAt = at - aheadMs;
    return { isGiven: !!slot, isConfirmed, at: isConfirmed ? at : at - aheadMs };
  }

  /** The slot is the caller's. While its request is in flight the lease is renewed. */
  #use(id: string, { attemptTimeout }: AcquireInfo): Release | undefined {
    // The caller will not say when its request was answered, so the slot counts from its sending, which comes first.
    if (attemptTimeout === undefined) return void after(0, () => this.#answer(id));
    const endLease = keepLease(LEASE_MS, attemptTimeout, (leaseMs) => this.#steps.mark([id], leaseMs));
    let told: boolean | undefined;
    return (sent) => {
      // After its first word only a late arrival counts.
      if (told !== undefined && !(told && sent)) return;
      told = sent;
      endLease();
      if (sent) this.#answer(id);
      else this.#drop([id]);
    };
  }

  #answer(id: string) {
    const at = now();
    // It may be answered later than was thought, when others have been answered meanwhile.
    this.#answered.delete(id);
    this.#answered.set(id, at);
    for (const [old, answered] of this.#answered) {
      if (at - answered < 2 * this.#limit.perMs) break;
      this.#answered.delete(old);
    }
    if (requestsAreIsolated()) return ignoreFailure(this.#steps.mark([id], 0));
    this.#untold.push(id);
    if (!this.#telling) void this.#tell();
  }

  /** Tells the store of answers, those together that came meanwhile. */
  async #tell() {
    this.#telling = true;
    await undefined;
    while (this.#untold.length) {
      const ids = this.#untold.splice(0, MOST_AT_ONCE);
      await this.#steps.mark(ids, 0).catch(() => {});
    }
    this.#telling = false;
  }
}
