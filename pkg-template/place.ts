/** Waiting for a place under the rate limit: first come, first served. */
import { LONGEST_TIMER, after, now } from "./clock.js";
import { patience } from "./generated/module.js";
import { held, newLimiter, take, type Limiter } from "./limiter.js";
import type { Client } from "./options.js";
import type { RateLimit } from "./types.js";

/** A limiter, and who waits there. */
export interface Queue extends Limiter {
  /** How many calls use it. */
  _calls: number;
  /** Who waits, in the order in which they came. */
  _waiting: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
  /** For whom the timer is set. */
  _first?: Waiter;
}

/** Who waits for a place. */
export interface Waiter {
  /** The module's number of the call. */
  _id?: number;
  _client: Client;
  /** Whether it has a place that it does not use yet. */
  _hasPlace: boolean;
  /** Tells it that it waits no longer: it has its place, or is refused. */
  _tell?: () => void;
}

const queues = new Map<string, Queue>();
let sweepAt = 64;

/** The queue of all clients that share this. */
export const enter = (shared: string): Queue => {
  let queue = queues.get(shared);
  if (!queue) {
    if (queues.size >= sweepAt) sweep();
    queues.set(shared, (queue = { ...newLimiter(), _calls: 0, _waiting: new Set() }));
  }
  queue._calls++;
  return queue;
};

/** A server that makes clients for many keys must not keep them all. */
const sweep = () => {
  for (const [shared, queue] of queues) {
    if (!queue._calls && held(queue, now()) <= 0 && !queue._sent.length) queues.delete(shared);
  }
  sweepAt = queues.size * 2 + 64;
};

/** Sets the timer, only while somebody waits. */
const setTimer = (queue: Queue, ms: number) => {
  clearTimeout(queue._timer);
  if (queue._waiting.size) queue._timer = after(Math.min(Math.ceil(ms), LONGEST_TIMER), pump, queue);
};

/** Asks for its place: 0 or less where it has it now, else the milliseconds after which to ask again. */
const ask = (queue: Queue, waiter: Waiter, at: number): number => {
  const wait = take(queue, waiter._client.rateLimit as RateLimit, at);
  waiter._hasPlace = wait <= 0;
  return wait;
};

/** Lets go whoever may go. */
const pump = (queue: Queue) => {
  for (const waiter of queue._waiting) {
    const wait = ask(queue, waiter, now());
    if (wait > 0) {
      queue._first = waiter;
      return setTimer(queue, wait);
    }
    queue._waiting.delete(waiter);
    waiter._tell!();
  }
  clearTimeout(queue._timer);
};

/** Whether the server asks for a longer pause than it would wait. */
const isRefused = (queue: Queue, waiter: Waiter, at: number) => {
  const pause = held(queue, at);
  return pause > 0 && pause > patience(waiter._id!);
};

/**
 * Takes its place, where it is to be had at once and it is not refused, or gives a promise that ends
 * when it waits no longer.
 */
export const place = (queue: Queue, waiter: Waiter): Promise<void> | undefined => {
  const at = now();
  if (isRefused(queue, waiter, at) || (!queue._waiting.size && ask(queue, waiter, at) <= 0)) return;
  return new Promise((tell) => {
    waiter._tell = tell;
    queue._waiting.add(waiter);
    pump(queue);
  });
};

/** The server asked for a pause: some may not want to wait that long. */
export const refuseImpatient = (queue: Queue, at: number) => {
  for (const waiter of queue._waiting) {
    if (isRefused(queue, waiter, at)) {
      queue._waiting.delete(waiter);
      waiter._tell!();
    }
  }
  pump(queue);
};

/**
 * It no longer waits; or it gives its place back. Whoever is first then is asked soon, but not now:
 * many may leave at once.
 */
export const leave = (queue: Queue, waiter: Waiter) => {
  queue._calls--;
  if (waiter._hasPlace) queue._promised--;
  const waited = queue._waiting.delete(waiter);
  if (waiter._hasPlace || (waited && (waiter === queue._first || !queue._waiting.size))) setTimer(queue, 0);
};
