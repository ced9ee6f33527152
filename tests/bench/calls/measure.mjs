/**
 * Times calls. Clients take turns within each round, so that what slows the machine down for a
 * while slows all of them; a round's figures are compared with each other, never with another's.
 */

/** A turn of the event loop. Timers that were cleared go, and in Workers only this moves the clock. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Milliseconds for so many calls, one after the other. */
const block = async (call, times, now) => {
  await breathe();
  const start = now();
  for (let i = 0; i < times; i++) await call();
  if (stands) await breathe();
  return now() - start;
};

/** Whether the clock stands still while a script runs, as it does in Workers. */
let stands = false;

/** The smallest step that the clock makes, in milliseconds. */
const resolution = async (now) => {
  await breathe();
  const first = now();
  for (let i = 0; i < 1e7; i++) {
    const step = now() - first;
    if (step > 0) return step;
  }
  stands = true;
  return 1;
};

/**
 * @param clients by name, each a function from a fetch to the operations
 * @param operations by name, the fetch that answers each
 * @param settings `rounds`, and `ms`: how long the calls of one client in one round last, about
 * @returns by operation, by client: µs per call, one figure a round
 */
export const measure = async (clients, operations, { rounds, ms, now = () => performance.now() }) => {
  const target = Math.max(ms, 50 * (await resolution(now)));
  const results = {};
  for (const [operation, fetch] of Object.entries(operations)) {
    const figures = (results[operation] = {});
    const turns = [];
    for (const [name, make] of Object.entries(clients)) {
      const call = make(fetch)[operation];
      figures[name] = [];
      // Until it is compiled; then as many calls as fill the time.
      await block(call, 300, now);
      const took = await block(call, 300, now);
      turns.push({ name, call, times: Math.max(5, Math.round((300 * target) / took)) });
    }
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < turns.length; i++) {
        // Each round starts with another one.
        const { name, call, times } = turns[(i + round) % turns.length];
        figures[name].push(((await block(call, times, now)) * 1000) / times);
      }
    }
  }
  return results;
};
