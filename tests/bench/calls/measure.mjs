/**
 * Times calls. Clients take turns within each round, so that what slows the machine down for a
 * while slows all of them; a round's figures are compared with each other, never with another's.
 */

/** A turn of the event loop: timers that were cleared go, and clocks that stand still go on. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0));

const block = async (call, times, now) => {
  await breathe();
  const start = now();
  for (let i = 0; i < times; i++) await call();
  if (frozen) await breathe();
  return ((now() - start) * 1000) / times;
};

/** In Workers the clock moves only with I/O, so a block there includes one turn of the loop. */
let frozen = false;

const clockStands = async () => {
  await breathe();
  const start = performance.now();
  for (let i = 0; i < 2e7; i++);
  return performance.now() === start;
};

/**
 * @param clients by name, each a function from a fetch to the operations
 * @param operations by name, the fetch that answers each
 * @returns by operation, by client: µs per call, one figure a round
 */
export const measure = async (clients, operations, { rounds, times, now = () => performance.now() }) => {
  frozen = await clockStands();
  const results = {};
  for (const [operation, fetch] of Object.entries(operations)) {
    const calls = Object.entries(clients).map(([name, make]) => [name, make(fetch)[operation]]);
    const figures = (results[operation] = Object.fromEntries(calls.map(([name]) => [name, []])));
    for (const [, call] of calls) await block(call, times * 3, now);
    for (let round = 0; round < rounds; round++) {
      // Each round starts with another one.
      for (let i = 0; i < calls.length; i++) {
        const [name, call] = calls[(i + round) % calls.length];
        figures[name].push(await block(call, times, now));
      }
    }
  }
  return results;
};
