/** The queue for slots under the rate limit: first come, first served. Its windows are the package's. */
import { now } from "../../../pkg-template/clock.js";
import { held, newLimiter, take, type Limiter } from "../../../pkg-template/limiter.js";
import type { RateLimit } from "../../../pkg-template/types.js";

export interface Queue extends Limiter {
  _calls: number;
  _waiting: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
  /** The call for which the timer is set. */
  _first?: Waiter;
}

export interface Waiter {
  _limit: RateLimit;
  /** The longest pause that it would wait, in milliseconds. */
  _patience: number;
  _tell?: (granted: boolean) => void;
}

const queues = new Map<string, Queue>();
let sweepAt = 64;

/** Bounds the memory of a server with clients for many keys. */
const sweep = () => {
  for (const [shared, queue] of queues) {
    if (!queue._calls && held(queue, now()) <= 0 && !queue._sent.length) queues.delete(shared);
  }
  sweepAt = queues.size * 2 + 64;
};

export const queueOf = (shared: string): Queue => {
  let queue = queues.get(shared);
  if (!queue) {
    if (queues.size >= sweepAt) sweep();
    queues.set(shared, (queue = { ...newLimiter(), _calls: 0, _waiting: new Set() }));
  }
  return queue;
};

const setTimer = (queue: Queue, ms: number, from?: number) => {
  clearTimeout(queue._timer);
  ms = Math.min(Math.ceil(ms), 2 ** 31 - 1);
  if (queue._waiting.size) queue._timer = setTimeout(pump, ms, queue, from && from + ms);
};

/** Resolves the calls whose slots are free. A timer that fired is trusted, whatever the clock says. */
const pump = (queue: Queue, due = 0) => {
  for (const waiter of queue._waiting) {
    const at = Math.max(now(), due);
    const wait = take(queue, waiter._limit, at);
    if (wait > 0) {
      queue._first = waiter;
      return setTimer(queue, wait, at);
    }
    queue._waiting.delete(waiter);
    waiter._tell!(true);
  }
  clearTimeout(queue._timer);
};

const isRefused = (queue: Queue, waiter: Waiter, at: number) => {
  const pause = held(queue, at);
  return pause > 0 && pause > waiter._patience;
};

export const place = (queue: Queue, waiter: Waiter): boolean | Promise<boolean> => {
  const at = now();
  if (isRefused(queue, waiter, at)) return false;
  if (!queue._waiting.size && take(queue, waiter._limit, at) <= 0) return true;
  return new Promise((tell) => {
    waiter._tell = tell;
    queue._waiting.add(waiter);
    pump(queue);
  });
};

/** The server requested a pause: calls that would wait too long fail. */
export const refuseImpatient = (queue: Queue, at: number) => {
  for (const waiter of queue._waiting) {
    if (isRefused(queue, waiter, at)) {
      queue._waiting.delete(waiter);
      waiter._tell!(false);
    }
  }
  pump(queue);
};

/** The call leaves the queue, or releases its slot. */
export const leave = (queue: Queue, waiter: Waiter, hasPlace: boolean) => {
  if (hasPlace) queue._promised--;
  const waited = queue._waiting.delete(waiter);
  if (hasPlace || (waited && (waiter === queue._first || !queue._waiting.size))) setTimer(queue, 0);
};
