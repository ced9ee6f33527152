/** Waiting for a place under the rate limit: first come, first served. The module says when. */
import { now } from "./clock.js";
import { give_back, held, idle, limiter as open, patience, take } from "./generated/module.js";
import type { RateLimit } from "./types.js";

/** What all clients with the same key and base URL share. */
export interface Limiter {
  /** The module's number of it. */
  _id: number;
  /** How many calls use it. */
  _calls: number;
  /** Who waits, in the order in which they came. */
  _queue: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
}

/** Who waits for a place. */
export interface Waiter {
  /** The module's number of the call. */
  _id: number;
  _limit: RateLimit;
  /** Tells it whether it has its place, or the server asks for a longer pause than it would wait. */
  _tell?: (granted: boolean) => void;
}

const limiters = new Map<string, Limiter>();
let sweepAt = 64;

/** The limiter of all clients that share this. */
export const limiterOf = (shared: string): Limiter => {
  let limiter = limiters.get(shared);
  if (!limiter) {
    if (limiters.size >= sweepAt) sweep();
    limiters.set(shared, (limiter = { _id: open(), _calls: 0, _queue: new Set() }));
  }
  return limiter;
};

/** A server that makes clients for many keys must not keep them all. */
const sweep = () => {
  for (const [shared, { _id: id, _calls: calls }] of limiters) {
    if (!calls && idle(id, now())) limiters.delete(shared);
  }
  sweepAt = limiters.size * 2 + 64;
};

const isRefused = ({ _id }: Limiter, waiter: Waiter, at: number) => held(_id, at) > patience(waiter._id);

/**
 * Lets go whoever may go, and sets a timer only while somebody waits. A timer that rang is believed,
 * even where the clock is behind `due`, for which it was set: a test may fake one of the two.
 */
const pump = (limiter: Limiter, due = 0) => {
  clearTimeout(limiter._timer);
  for (const waiter of limiter._queue) {
    const at = Math.max(now(), due);
    const { requests, perMs } = waiter._limit;
    const wait = take(limiter._id, requests, perMs, at);
    if (wait) {
      limiter._timer = setTimeout(pump, wait, limiter, at + wait);
      return;
    }
    limiter._queue.delete(waiter);
    waiter._tell!(true);
  }
};

/** Whether it has its place at once, or a promise of that, which it waits for in its own context. */
export const place = (limiter: Limiter, waiter: Waiter): boolean | Promise<boolean> => {
  const at = now();
  const { requests, perMs } = waiter._limit;
  if (isRefused(limiter, waiter, at)) return false;
  if (!limiter._queue.size && !take(limiter._id, requests, perMs, at)) return true;
  return new Promise((tell) => {
    waiter._tell = tell;
    limiter._queue.add(waiter);
    pump(limiter);
  });
};

/** The server asked for a pause: some may not want to wait that long. */
export const refuseImpatient = (limiter: Limiter) => {
  for (const waiter of limiter._queue) {
    if (isRefused(limiter, waiter, now())) {
      limiter._queue.delete(waiter);
      waiter._tell!(false);
    }
  }
  pump(limiter);
};

/** It no longer waits; or it gives its place back. */
export const leave = (limiter: Limiter, waiter: Waiter, hasPlace: boolean) => {
  if (hasPlace) give_back(limiter._id);
  if (limiter._queue.delete(waiter) || hasPlace) pump(limiter);
};
