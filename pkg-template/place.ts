/** Waiting for a slot under the rate limit: first come, first served. */
import { NONE } from "./answer.js";
import { LONGEST_TIMER, after, now } from "./clock.js";
import { event } from "./generated/module.js";
import { Event, Order, tagOf } from "./generated/protocol.js";
import { answered, giveBack, held, newLimiter, put, take, type Limiter, type Slot } from "./limiter.js";
import type { Client } from "./options.js";
import type { RateLimit, Release } from "./types.js";

/** A limiter, and the calls that wait there. */
export interface Queue {
  _limiter: Limiter;
  /** In the order in which they came. */
  _waiting: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
}

/** A call that asks for a slot. */
export interface Waiter {
  /** The module's number of the call. */
  _id?: number;
  _client: Client;
  /** The longest that its attempt may take, in milliseconds. */
  _attemptTimeout: number;
  _queue?: Queue;
  /** What its slot waits for, as long as it does not use it. */
  _release?: Release | undefined;
  /** Tells it that it waits no longer: it has its slot, or is refused. */
  _tell?: () => void;
}

/** Whether this entry may run in Cloudflare Workers. */
declare const WORKERS: boolean;

/** The lease of a slot whose attempt has no limit, in milliseconds. */
const LONGEST_LEASE = 300_000;

/** In Workers a request can be ended without a word: its slot is its own for so long, in milliseconds, unless it is renewed. */
const RENEWED_LEASE = 10_000;

/** The longest that a call waits in Workers before it asks again, in milliseconds: no other call wakes it. */
const LONGEST_LOOK = 1_000;

const queues = new Map<string, Queue>();
let sweepAt = 64;

/** The queue of all clients that share this. */
export const enter = (shared: string): Queue => {
  let queue = queues.get(shared);
  if (!queue) {
    if (queues.size >= sweepAt) sweep();
    queues.set(shared, (queue = { _limiter: newLimiter(), _waiting: new Set() }));
  }
  return queue;
};

/** A server that makes clients for many keys must not keep them all. */
const sweep = () => {
  for (const [shared, { _limiter: limiter, _waiting: waiting }] of queues) {
    if (held(limiter, now()) <= 0 && !limiter._slots.length && !waiting.size) queues.delete(shared);
  }
  sweepAt = queues.size * 2 + 64;
};

/**
 * Cloudflare Workers end a request's timers with it, and may end it in the middle. So there each call waits
 * in a queue of its own, and no call relies on another one's timer.
 */
const inWorkers = () => (globalThis as any).navigator?.userAgent === "Cloudflare-Workers";

/** Sets the timer, only while a call waits. */
const setTimer = (queue: Queue, ms: number) => {
  clearTimeout(queue._timer);
  const longest = WORKERS && inWorkers() ? LONGEST_LOOK : LONGEST_TIMER;
  if (queue._waiting.size) queue._timer = after(Math.min(Math.ceil(ms), longest), pump, queue);
};

/** Renews a slot's lease until the returned function is called, or its request is ended. */
const renew = (limiter: Limiter, slot: Slot, lease: number): (() => void) => {
  const timer = after(lease / 3, () => {
    giveBack(limiter, slot);
    put(limiter._slots, slot, now() + lease);
    end = renew(limiter, slot, lease);
  }, undefined);
  let end = () => clearTimeout(timer);
  return () => end();
};

/** Asks for a slot: 0 or less where the call has its release now, else the milliseconds after which to ask again. */
const ask = (queue: Queue, waiter: Waiter): number => {
  const { _limiter: limiter } = queue;
  const { _client: client, _attemptTimeout: ms } = waiter;
  const slot: Slot = { _at: 0 };
  const longest = ms < Infinity ? ms : LONGEST_LEASE;
  const lease = WORKERS && inWorkers() ? Math.min(longest, RENEWED_LEASE) : longest;
  const wait = take(limiter, slot, client.rateLimit as RateLimit, lease, now());
  if (wait <= 0) {
    const endLease = WORKERS && inWorkers() && renew(limiter, slot, lease);
    waiter._release = (sent) => {
      if (WORKERS && endLease) endLease();
      if (sent) return answered(limiter, slot, now());
      giveBack(limiter, slot);
      setTimer(queue, 0);
    };
  }
  return wait;
};

/** Whether the server asks for a longer pause than the call would wait. */
const isRefused = ({ _limiter: limiter }: Queue, waiter: Waiter) => {
  const pause = held(limiter, now());
  return pause > 0 && tagOf(event(waiter._id!, Event.Held, 0, pause, NONE, 0, 0)) !== Order.Ask;
};

/**
 * Grants what can be granted. Where the server has just asked for a pause, those who would not wait that
 * long are sent away, wherever they stand.
 */
export const pump = (queue: Queue, isHeld?: boolean) => {
  let wait = 0;
  for (const waiter of queue._waiting) {
    if (!isRefused(queue, waiter) && (wait > 0 || (wait = ask(queue, waiter)) > 0)) {
      if (isHeld) continue;
      break;
    }
    queue._waiting.delete(waiter);
    waiter._tell!();
  }
  setTimer(queue, wait);
};

/**
 * Takes a slot, where it is to be had at once and the call is not refused, or gives a promise that ends when
 * it waits no longer. A call without a release then is refused.
 */
export const place = (queue: Queue, waiter: Waiter): Promise<void> | undefined => {
  waiter._queue = queue;
  if (isRefused(queue, waiter) || (!queue._waiting.size && ask(queue, waiter) <= 0)) return;
  if (WORKERS && inWorkers()) waiter._queue = { ...queue, _waiting: new Set() };
  return new Promise((tell) => {
    waiter._tell = tell;
    waiter._queue!._waiting.add(waiter);
    pump(waiter._queue!);
  });
};

/** The call no longer waits. The first is asked soon, but not now: many may leave at once. */
export const leave = (queue: Queue, waiter: Waiter) => {
  if (queue._waiting.delete(waiter)) setTimer(queue, 0);
};
