/**
 * Times calls. Clients and operations take turns within each round, so that whatever slows the machine
 * down affects all of them. Only figures of the same round are compared.
 */

/**
 * Lets the event loop turn, and the thread sleep for a moment. That removes cleared timers, and updates
 * clocks that move only then (a Worker's, the kernel's of a thread).
 */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Milliseconds for that many sequential calls. */
const block = async (call, times, clock) => {
  // Collects the garbage of the previous turn, which this one must not pay for.
  globalThis.gc?.({ type: "minor" });
  await breathe();
  const start = clock.now();
  for (let i = 0; i < times; i++) await call();
  if (clock.sleeps) await breathe();
  return clock.now() - start;
};

/**
 * On Linux, the CPU time of this thread, which excludes other load on the machine. Elsewhere, the elapsed
 * time.
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

/** The duration of the calls before the measurement, in milliseconds. */
const WARM_UP = 1000;

/**
 * @param clients by name, each a function from a fetch to the operations
 * @param operations by name, the fetch that answers each
 * @param settings `rounds`, and `ms`: the approximate duration of one client's calls in one round
 * @returns by operation, by client: µs per call, one figure per round
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
      // Compilers need tens of thousands of calls to optimize.
      const hot = performance.now() + WARM_UP;
      do await block(call, 300, clock);
      while (performance.now() < hot);
      const took = await block(call, 300, clock);
      turns[operation].push({ name, call, times: (300 * target) / took });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [operation, figures] of Object.entries(results)) {
      // A large garbage collection starts after a certain amount of work, regardless of the client. In blocks of the
      // same length and order it would affect the same client each time.
      const stretch = 0.7 + 0.6 * Math.random();
      for (const { name, call, times } of shuffled(turns[operation])) {
        const count = Math.max(5, Math.round(times * stretch));
        figures[name].push(((await block(call, count, clock)) * 1000) / count);
      }
    }
  }
  return results;
};
