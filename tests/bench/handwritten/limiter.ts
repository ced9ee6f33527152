import type { Limit } from "./options.ts";

/** A place in the window: when it was taken, or then used. */
export interface Place {
  time: number;
}

interface Waiting {
  limit: Limit;
  patience: number;
  go: (place: Place) => void;
  refuse: (heldForMs: number) => void;
}

/** At most so many requests in any window of time, first come first served. */
class Limiter {
  #taken: Place[] = [];
  #queue: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heldUntil = 0;
  #longest = 0;

  /** Joins the queue; what it answers leaves it. */
  join(waiting: Waiting) {
    this.#queue.push(waiting);
    this.pump();
    return () => {
      const at = this.#queue.indexOf(waiting);
      if (at < 0) return;
      this.#queue.splice(at, 1);
      this.pump();
    };
  }

  /** Lets nobody go for a while: the server said so. */
  hold(ms: number) {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    this.pump();
  }

  /** Whether a new limiter would do as well. */
  isIdle() {
    const now = performance.now();
    this.#forget(now);
    return !this.#queue.length && !this.#taken.length && this.#heldUntil <= now;
  }

  pump() {
    clearTimeout(this.#timer);
    this.#refuse();
    for (;;) {
      const first = this.#queue[0];
      if (!first) return;
      const now = performance.now();
      const held = this.#heldUntil - now;
      this.#longest = Math.max(this.#longest, first.limit.perMs);
      this.#forget(now);
      const { requests, perMs } = first.limit;
      const blocking = this.#taken[this.#taken.length - requests];
      const wait = Math.max(held, blocking === undefined ? 0 : perMs - (now - blocking.time));
      if (wait > 0) {
        this.#timer = setTimeout(() => this.pump(), Math.min(Math.ceil(wait), 2 ** 31 - 1));
        return;
      }
      this.#queue.shift();
      const place = { time: now };
      this.#taken.push(place);
      first.go(place);
    }
  }

  /** Sends away who would not wait as long as the server asks. */
  #refuse() {
    const held = this.#heldUntil - performance.now();
    const impatient = this.#queue.filter(({ patience }) => held > patience);
    if (!impatient.length) return;
    this.#queue = this.#queue.filter((waiting) => !impatient.includes(waiting));
    for (const { refuse } of impatient) refuse(held);
  }

  #forget(now: number) {
    let old = 0;
    while (old < this.#taken.length && now - this.#taken[old]!.time >= this.#longest) old++;
    if (old) this.#taken.splice(0, old);
  }
}

export type { Limiter };

const limiters = new Map<string, Limiter>();
let sweepAt = 64;

/** The limiter that all clients with the same key share. */
export const limiterOf = (key: string) => {
  let limiter = limiters.get(key);
  if (!limiter) {
    if (limiters.size >= sweepAt) {
      // A server that makes clients for many keys must not keep them all.
      for (const [key, limiter] of limiters) if (limiter.isIdle()) limiters.delete(key);
      sweepAt = limiters.size * 2 + 64;
    }
    limiters.set(key, (limiter = new Limiter()));
  }
  return limiter;
};
