import * as module from "./module.js";

/** Milliseconds of a clock that never goes back. */
export const now = () => performance.now();

/** What waits for a place, by its number: called when its turn has come, with 4 when it is refused. */
export const waiting = [];

const limiters = new Map();
let sweepAt = 64;

/** The limiter that all clients with the same key share. */
export const limiterOf = (key) => {
  let limiter = limiters.get(key);
  if (!limiter) {
    if (limiters.size >= sweepAt) {
      // A server that makes clients for many keys must not keep them all.
      for (const [key, { id, calls }] of limiters) {
        if (!calls && module.idle(id, now())) limiters.delete(key);
      }
      sweepAt = limiters.size * 2 + 64;
    }
    limiters.set(key, (limiter = { id: module.limiter(), calls: 0, until: 0 }));
  }
  return limiter;
};

/** Lets go whoever may go, and sets a timer only while somebody waits. */
export const pump = (limiter, at = now()) => {
  let tag;
  do {
    const turn = module.turn(limiter.id, at);
    const value = turn >>> 3;
    tag = turn & 7;
    if (tag < 2) clearTimeout(limiter.timer);
    if (tag === 1) limiter.timer = setTimeout(pump, value, limiter);
    else if (tag) waiting[value](tag);
  } while (tag > 2);
};
