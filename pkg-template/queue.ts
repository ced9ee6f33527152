/** Queues calls for a slot under the rate limit, first come, first served. */
import { LONGEST_TIMER, after, now } from "./clock.js";
import { event } from "./generated/module.js";
import { Event, Order, tagOf } from "./generated/protocol.js";
import { answered, free, held, newLimiter, put, take, type Limiter, type Slot } from "./limiter.js";
import type { CallOptions, Client } from "./options.js";
import type { RateLimit, Release } from "./types.js";

/** A limiter and the calls that are queued for its slots. */
export interface Queue {
  _limiter: Limiter;
  /** The queued calls, the first one first. */
  _waiting: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
}

/** A call that needs a slot. */
export interface Waiter {
  /** The module's number of the call. */
  _id?: number;
  _client: Client;
  _options: CallOptions;
  _queue?: Queue;
  /** Releases its slot, until the attempt takes it over. */
  _release?: Release | undefined;
  /** Ends its wait: it has a slot, or is refused. */
  _resolve?: () => void;
}

/** Whether this entry may run in Cloudflare Workers. */
declare const WORKERS: boolean;

/** The lease of a slot whose attempt has no time limit, in milliseconds. */
const LONGEST_LEASE = 300_000;

/** The lease in Workers, in milliseconds, renewed while the request runs: a request can be canceled without notice. */
const RENEWED_LEASE = 10_000;

/** The longest time between two tries for a slot in Workers, in milliseconds: no other call can wake a queued one. */
const LONGEST_POLL = 1_000;

/** The queues by key and base URL, the least recently used first. */
const queues = new Map<string, Queue>();

/** Whether a queue has to be kept: calls are queued, slots are taken, or the server requested a pause. */
const isInUse = ({ _limiter: limiter, _waiting: waiting }: Queue) =>
  held(limiter, now()) > 0 || limiter._slots.length || waiting.size;

/** The queue of all clients with this key and base URL. Unused queues are deleted: a server may have many keys. */
export const queueOf = (shared: string): Queue => {
  const queue = queues.get(shared) ?? { _limiter: newLimiter(), _waiting: new Set() };
  for (const [key, oldest] of queues) {
    if (isInUse(oldest)) break;
    queues.delete(key);
  }
  queues.delete(shared);
  queues.set(shared, queue);
  return queue;
};

/**
 * Cloudflare Workers cancel a request's timers when it ends, and may cancel the request itself. So in Workers
 * each call has a queue of its own and relies on its own timer only.
 */
const inWorkers = () => (globalThis as any).navigator?.userAgent === "Cloudflare-Workers";

/** Schedules the next grant if calls are queued. */
const schedule = (queue: Queue, ms: number) => {
  clearTimeout(queue._timer);
  const longest = WORKERS && inWorkers() ? LONGEST_POLL : LONGEST_TIMER;
  if (queue._waiting.size) queue._timer = after(Math.min(Math.ceil(ms), longest), grant, queue);
};

/** Renews the lease of a slot until the returned function is called or the request is canceled. */
const renew = (limiter: Limiter, slot: Slot, lease: number): (() => void) => {
  const timer = after(lease / 3, () => {
    free(limiter, slot);
    put(limiter._slots, slot, now() + lease);
    end = renew(limiter, slot, lease);
  }, undefined);
  let end = () => clearTimeout(timer);
  return () => end();
};

/** Takes a slot for the call. Returns 0 or less if it is granted, otherwise the milliseconds until the next try. */
const tryAcquire = (queue: Queue, waiter: Waiter): number => {
  const { _limiter: limiter } = queue;
  const { _client: client, _options: { attemptTimeout: ms } } = waiter;
  const slot: Slot = { _at: 0 };
  const longest = ms < Infinity ? ms : LONGEST_LEASE;
  const lease = WORKERS && inWorkers() ? Math.min(longest, RENEWED_LEASE) : longest;
  const wait = take(limiter, slot, client.rateLimit as RateLimit, lease, now());
  if (wait <= 0) {
    const endLease = WORKERS && inWorkers() && renew(limiter, slot, lease);
    waiter._release = (sent) => {
      if (WORKERS && endLease) endLease();
      if (sent) return answered(limiter, slot, now());
      free(limiter, slot);
      schedule(queue, 0);
    };
  }
  return wait;
};

/** Whether the server requested a longer pause than the call's timeout allows. */
const isRefused = ({ _limiter: limiter }: Queue, waiter: Waiter) => {
  const pause = held(limiter, now());
  return pause > 0 && tagOf(event(waiter._id!, Event.Held, 0, pause)) !== Order.Ask;
};

/**
 * Grants the free slots to the queued calls. After the server requested a pause (`isHeld`), calls that cannot
 * wait that long are refused, wherever they are in the queue.
 */
export const grant = (queue: Queue, isHeld?: boolean) => {
  let wait = 0;
  for (const waiter of queue._waiting) {
    if (!isRefused(queue, waiter) && (wait > 0 || (wait = tryAcquire(queue, waiter)) > 0)) {
      if (isHeld) continue;
      break;
    }
    queue._waiting.delete(waiter);
    waiter._resolve!();
  }
  schedule(queue, wait);
};

/**
 * Takes a slot, or returns a promise that resolves at the end of the wait. A call without a release after that is
 * refused.
 */
export const acquire = (queue: Queue, waiter: Waiter): Promise<void> | undefined => {
  waiter._queue = queue;
  if (isRefused(queue, waiter) || (!queue._waiting.size && tryAcquire(queue, waiter) <= 0)) return;
  if (WORKERS && inWorkers()) waiter._queue = { ...queue, _waiting: new Set() };
  return new Promise((resolve) => {
    waiter._resolve = resolve;
    waiter._queue!._waiting.add(waiter);
    grant(waiter._queue!);
  });
};

/** Removes a call from the queue. The next grant is scheduled, not immediate: many calls may leave at once. */
export const leave = (queue: Queue, waiter: Waiter) => {
  if (queue._waiting.delete(waiter)) schedule(queue, 0);
};
