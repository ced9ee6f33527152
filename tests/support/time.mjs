/**
 * Simulated time: the clock moves to the next timer only when nothing else is left to do. So minutes pass in a
 * moment, and the load of the machine has no effect.
 */

/** The number of turns of the event loop in which everything runs that needs no timer. */
const TURNS = 8;

/** Replaces the clock and the timers until the test `t` ends. */
export function ownTime(t) {
  const real = { setTimeout, clearTimeout, setImmediate };
  const realNow = performance.now;
  const timers = new Map();
  let now = 1_000_000;
  let ids = 0;
  globalThis.setTimeout = (ring, ms = 0, ...args) => {
    const id = ++ids;
    timers.set(id, { due: now + Math.max(1, ms), ring: () => ring(...args) });
    return id;
  };
  globalThis.clearTimeout = (id) => timers.delete(id);
  performance.now = () => now;
  t.after(() => {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    performance.now = realNow;
  });
  const settle = async () => {
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => real.setImmediate(resolve));
  };
  /** Fires the next timer, if there is one until then. */
  const next = (until) => {
    const [first] = [...timers].sort(([, a], [, b]) => a.due - b.due);
    if (!first || first[1].due > until) return false;
    timers.delete(first[0]);
    now = Math.max(now, first[1].due);
    first[1].ring();
    return true;
  };
  return {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => globalThis.setTimeout(resolve, ms)),
    settle,
    /** Advances the time. */
    async pass(ms) {
      const until = now + ms;
      do await settle();
      while (next(until));
      now = until;
    },
    /** Advances the time until the promise settles. Returns its value. */
    async run(promise) {
      let open = true;
      const over = () => (open = false);
      promise.then(over, over);
      for (await settle(); open && next(Infinity); ) await settle();
      if (open) throw new Error("nothing is left to happen, and it is not over");
      return promise;
    },
    /** Removes all timers, like a runtime that ends the request that set them. */
    lose: () => timers.clear(),
    timers: () => timers.size,
  };
}
