/** In Node.js: each limiter under the same load. */
import { createRequire } from "node:module";
import { subjects } from "./subjects.mjs";

const MINUTE = { requests: 60, perMs: 60_000 };
const SECOND = { requests: 20, perMs: 1_000 };
const CALLS = 100;
const LATEST_MS = 100;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const atOnce = (calls, run) => Promise.all(Array.from({ length: calls }, (_, i) => run(i)));

/** How often Redis ran a script, and for how long, in µs. */
const scriptsOf = async (connection) => {
  const all = [...(await connection.info("commandstats")).matchAll(/cmdstat_eval\w*:calls=(\d+),usec=(\d+)/g)];
  return all.reduce(({ calls, usec }, [, more, micros]) => ({ calls: calls + Number(more), usec: usec + Number(micros) }), { calls: 0, usec: 0 });
};

/** The maximum number of these times in one window. */
const mostInWindow = (times, perMs) => {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(...sorted.map((from, i) => sorted.slice(i).filter((at) => at < from + perMs).length));
};

const perSlot = async (make, connect) => {
  const run = make(connect(), MINUTE, "cost");
  const watch = connect();
  // Another limit loads the scripts.
  await make(connect(), MINUTE, "warm")(() => {});
  await pause(200);
  const before = await scriptsOf(watch);
  await atOnce(MINUTE.requests, () => run(() => pause(5)));
  await pause(200);
  const after = await scriptsOf(watch);
  return { scripts: (after.calls - before.calls) / MINUTE.requests, micros: (after.usec - before.usec) / MINUTE.requests };
};

const windows = async (make, connect) => {
  const processes = [1, 2].map(() => make(connect(), SECOND, "windows"));
  const arrivals = [];
  await atOnce(CALLS, (i) =>
    processes[i % processes.length](async () => {
      await pause((LATEST_MS * ((i * 7) % 11)) / 10);
      arrivals.push(performance.now());
    }),
  );
  return mostInWindow(arrivals, SECOND.perMs);
};

const farAway = async (make, connect) => {
  await make(connect(), MINUTE, "warm")(() => {});
  const run = make(connect(), MINUTE, "far");
  await pause(200);
  const began = performance.now();
  let last = 0;
  await atOnce(MINUTE.requests, () => run(() => (last = performance.now())));
  return last - began;
};

export const run = async ({ redisClient, port, distantPort }) => {
  const load = createRequire(redisClient);
  const Redis = load(redisClient);
  const results = {};
  for (const [name, make] of Object.entries(subjects(load))) {
    const connections = [];
    const connectTo = (port) => () => {
      const connection = new Redis({ port, maxRetriesPerRequest: null });
      connections.push(connection);
      return connection;
    };
    await connectTo(port)().flushall();
    const cost = await perSlot(make, connectTo(port));
    const most = await windows(make, connectTo(port));
    await connections[0].flushall();
    const atOnceMs = await farAway(make, connectTo(distantPort));
    results[name] = { ...cost, most, atOnceMs };
    for (const connection of connections) connection.disconnect();
  }
  // bottleneck keeps a timer forever.
  setTimeout(() => process.exit(), 500);
  return results;
};
