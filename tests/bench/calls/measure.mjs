/**
 * Times calls. Clients and operations take turns within each round, so that what slows the machine
 * down for a while slows all of them; a round's figures are compared with each other, never with
 * another's.
 */

/**
 * Lets the event loop turn, and the thread sleep for a moment. Timers that were cleared go, and
 * clocks that only move with that (a Worker's, the kernel's of a thread) are brought up to date.
 */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Milliseconds for that many sequential calls. */
const block = async (call, times, clock) => {
  // What the one before left behind is not this one's to pay.
  globalThis.gc?.({ type: "minor" });
  await breathe();
  const start = clock.now();
  for (let i = 0; i < times; i++) await call();
  if (clock.sleeps) await breathe();
  return clock.now() - start;
};

/**
 * Where Linux tells it, the time that this thread ran: what else the machine does is not in it.
 * Else the time that passed.
 */
const clockOf = async () => {
  try {
    const { readFileSync } = await import("node:fs");
    const now = () => Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
    if (now() > 0) return { now, sleeps: true, step: 0.001 };
  } catch {}
  const now = () => performance.now();
  await breathe();
  const first = now();
  for (let i = 0; i < 1e7; i++) {
    const step = now() - first;
    if (step > 0) return { now, sleeps: false, step };
  }
  return { now, sleeps: true, step: 1 };
};

const shuffled = (list) => {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0]);
};

/** Milliseconds of calls before anything is measured. */
const WARM_UP = 1000;

/**
 * @param clients by name, each a function from a fetch to the operations
 * @param operations by name, the fetch that answers each
 * @param settings `rounds`, and `ms`: how long the calls of one client in one round last, about
 * @returns by operation, by client: µs per call, one figure a round
 */
export const measure = async (clients, operations, { rounds, ms }) => {
  const clock = await clockOf();
  const target = Math.max(ms, 50 * clock.step);
  const results = {};
  const turns = {};
  for (const [operation, fetch] of Object.entries(operations)) {
    results[operation] = {};
    turns[operation] = [];
    for (const [name, make] of Object.entries(clients)) {
      const call = make(fetch)[operation];
      results[operation][name] = [];
      // Compilers take tens of thousands of calls before they have done their best.
      const hot = performance.now() + WARM_UP;
      do await block(call, 300, clock);
      while (performance.now() < hot);
      const took = await block(call, 300, clock);
      turns[operation].push({ name, call, times: (300 * target) / took });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [operation, figures] of Object.entries(results)) {
      // A large collection of garbage falls due after a certain amount of work, regardless of the client. In blocks of
      // one length and one order it would fall on the same client again and again.
      const stretch = 0.7 + 0.6 * Math.random();
      for (const { name, call, times } of shuffled(turns[operation])) {
        const count = Math.max(5, Math.round(times * stretch));
        figures[name].push(((await block(call, count, clock)) * 1000) / count);
      }
    }
  }
  return results;
};
