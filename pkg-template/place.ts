/** Waiting for a slot under the rate limit: first come, first served. */
import { LONGEST_TIMER, after, now } from "./clock.js";
import { patience } from "./generated/module.js";
import { answered, giveBack, held, newLimiter, take, type Limiter, type Slot } from "./limiter.js";
import type { Client } from "./options.js";
import type { RateLimit, Release } from "./types.js";

/** A limiter, and who waits there. */
export interface Queue extends Limiter {
  /** The calls that wait, in the order in which they came. In Workers each waits for itself. */
  _waiting: Set<Waiter>;
  _timer?: ReturnType<typeof setTimeout>;
  /** The call for which the timer is set. */
  _first?: Waiter;
}

/** A call that asks for a slot. */
export interface Waiter {
  /** The module's number of the call. */
  _id?: number;
  _client: Client;
  /** The longest that its attempt may take, in milliseconds. */
  _attemptTimeout: number;
  /** In Workers, the timer that asks again. */
  _timer?: ReturnType<typeof setTimeout>;
  /** Ends its wait, with its slot's release, or without where it is refused. */
  _tell?: (release?: Release) => void;
}

/** The lease of a slot whose attempt has no limit, in milliseconds. */
const LONGEST_LEASE = 300_000;

/** In Workers a call looks for its slot at least so often, in milliseconds. */
const LONGEST_LOOK = 1_000;

const queues = new Map<string, Queue>();
let sweepAt = 64;

/** The queue of all clients that share this. */
export const enter = (shared: string): Queue => {
  let queue = queues.get(shared);
  if (!queue) {
    if (queues.size >= sweepAt) sweep();
    queues.set(shared, (queue = { ...newLimiter(), _waiting: new Set() }));
  }
  return queue;
};

/** A server that makes clients for many keys must not keep them all. */
const sweep = () => {
  for (const [shared, queue] of queues) {
    if (held(queue, now()) <= 0 && !queue._waiting.size && !queue._inFlight.size && !queue._answered.length) {
      queues.delete(shared);
    }
  }
  sweepAt = queues.size * 2 + 64;
};

/** Sets the timer, only while a call waits. */
const setTimer = (queue: Queue, ms: number) => {
  clearTimeout(queue._timer);
  if (queue._waiting.size) queue._timer = after(Math.min(Math.ceil(ms), LONGEST_TIMER), pump, queue);
};

/** Asks for a slot: gives its release, or the milliseconds after which to ask again. */
const ask = (queue: Queue, { _client: client, _attemptTimeout: ms }: Waiter): Release | number => {
  const slot: Slot = { _at: 0 };
  const wait = take(queue, slot, client.rateLimit as RateLimit, ms < Infinity ? ms : LONGEST_LEASE, now());
  if (wait > 0) return wait;
  return (sent) => {
    if (sent) return answered(queue, slot, now());
    giveBack(queue, slot);
    // The first is asked soon, but not now: many may leave at once.
    setTimer(queue, 0);
  };
};

/** Ends a wait. */
const tell = (queue: Queue, waiter: Waiter, release?: Release) => {
  queue._waiting.delete(waiter);
  waiter._tell!(release);
};

/** Grants what can be granted. */
const pump = (queue: Queue) => {
  for (const waiter of queue._waiting) {
    const asked = ask(queue, waiter);
    if (typeof asked === "number") {
      queue._first = waiter;
      return setTimer(queue, asked);
    }
    tell(queue, waiter, asked);
  }
  clearTimeout(queue._timer);
};

/** Whether the server asks for a longer pause than the call would wait. */
const isRefused = (queue: Queue, waiter: Waiter) => {
  const pause = held(queue, now());
  return pause > 0 && pause > patience(waiter._id!);
};

/**
 * Cloudflare Workers end a request's timers with it, and may end it in the middle. So there no call relies
 * on another one's timer, nor is any told by another.
 */
const inWorkers = () => (globalThis as any).navigator?.userAgent === "Cloudflare-Workers";

/** Asks for a slot until there is one. */
const look = (queue: Queue, waiter: Waiter) => {
  const asked = isRefused(queue, waiter) ? undefined : ask(queue, waiter);
  if (typeof asked !== "number") return waiter._tell!(asked);
  waiter._timer = after(Math.min(Math.ceil(asked), LONGEST_LOOK), () => look(queue, waiter), undefined);
};

/**
 * Gives the release of a slot, nothing where the call is refused, or a promise of that where it has to wait.
 */
export const place = (queue: Queue, waiter: Waiter): Promise<Release | undefined> | Release | undefined => {
  if (isRefused(queue, waiter)) return;
  const asked = queue._waiting.size ? 0 : ask(queue, waiter);
  if (typeof asked !== "number") return asked;
  return new Promise((tell) => {
    waiter._tell = tell;
    if (inWorkers()) return look(queue, waiter);
    queue._waiting.add(waiter);
    pump(queue);
  });
};

/** The server asked for a pause: some calls may not want to wait that long. */
export const refuseImpatient = (queue: Queue) => {
  for (const waiter of queue._waiting) {
    if (isRefused(queue, waiter)) tell(queue, waiter);
  }
  pump(queue);
};

/** The call no longer waits. */
export const leave = (queue: Queue, waiter: Waiter) => {
  if (queue._waiting.delete(waiter) && (waiter === queue._first || !queue._waiting.size)) setTimer(queue, 0);
};
