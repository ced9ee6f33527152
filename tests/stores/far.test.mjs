// A Redis with a high latency or a large limit: slots are requested in batches, and each costs little.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor } from "./clients.mjs";
import { source } from "./source.mjs";
import { wireFor } from "./wire.mjs";

const { MemoryTables, Steps, StoreLimiter } = await source(`
  export { StoreLimiter } from "./limiter.js";
  export { MemoryTables } from "./memory.js";
  export { Steps } from "./steps.js";
`);

/** The latency of Redis in the second test: one way and round trip, in milliseconds. */
const DELAY_MS = 30;
const ROUND_TRIP_MS = 2 * DELAY_MS;

const info = { operation: "getAgent", attempt: 1 };
/** The quantile of some numbers at that share. */
const quantile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)];
const median = (numbers) => quantile(numbers, 0.5);

/** Round trips on a separate connection, until `isOver()`, in milliseconds. */
const roundTrips = async (client, isOver) => {
  const times = [];
  while (!isOver()) {
    const sent = performance.now();
    await client.ping();
    times.push(performance.now() - sent);
  }
  return times;
};

/** The number of times that Redis ran a script by its digest. */
const scriptsRun = async (client) => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await client.info("commandstats"))?.[1] ?? 0);

test("60 concurrent calls within the limit take two round trips at most, with a latency of 20 ms", { timeout: 60_000 }, async (t) => {
  const server = await redisFor(t);
  const wire = await wireFor(t, server, { delayMs: 10 });
  const store = redisStore(ioredis(t, wire));
  await store.limiter({ requests: 60, perMs: 60_000 }, "warm").acquire(info);
  const near = ioredis(t, server);
  const before = await scriptsRun(near);
  const limiter = store.limiter({ requests: 60, perMs: 60_000 });
  // They stay in flight, so their answers are not reported.
  await Promise.all(Array.from({ length: 60 }, () => limiter.acquire({ ...info, attemptTimeout: 3_000 })));
  const scripts = (await scriptsRun(near)) - before;
  // The answer of the warm-up call may be reported meanwhile.
  assert.ok(scripts <= 2 + 1, `${scripts} scripts`);
});

test("95 % of 100 requests a second are sent, with a latency of 60 ms", { timeout: 60_000 }, async (t) => {
  const wire = await wireFor(t, await redisFor(t, { fsync: "no" }), { delayMs: DELAY_MS });
  const limit = { requests: 100, perMs: 1_000 };
  const limiter = redisStore(ioredis(t, wire)).limiter(limit);
  const calls = 800;
  const went = [];
  const measuring = roundTrips(ioredis(t, wire), () => went.length === calls);
  await Promise.all(Array.from({ length: calls }, async () => (await limiter.acquire(info), went.push(performance.now()))));
  const machineMs = quantile(await measuring, 0.95) - ROUND_TRIP_MS;
  const windows = went.slice(limit.requests).map((at, i) => at - went[i]);
  assert.ok(Math.min(...windows) >= limit.perMs - 1, `${Math.min(...windows)} ms`);
  // The median, since a busy machine delays some requests and raises the latency of Redis.
  const most = limit.perMs / 0.95 + machineMs;
  assert.ok(median(windows) <= most, `100 requests took ${median(windows)} ms, ${most} are allowed`);
});

/** The time that Redis needs to take and mark one slot under a nearly full limit of so many a minute, in µs. */
async function microsPerSlot(t, requests) {
  const client = ioredis(t, await redisFor(t, { fsync: "no" }));
  const limiter = redisStore(client).limiter({ requests, perMs: 60_000 });
  const measured = 50;
  await Promise.all(Array.from({ length: requests - measured }, () => limiter.acquire(info)));
  await client.config("SET", "slowlog-log-slower-than", 0, "slowlog-max-len", 1_000);
  await client.slowlog("RESET");
  for (let i = 0; i < measured; i++) {
    await limiter.acquire(info);
    // Each slot is marked in its own step.
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  const micros = new Map();
  for (const [, , took, [command, digest]] of await client.slowlog("GET", 1_000)) {
    if (command === "evalsha") micros.set(digest, [...(micros.get(digest) ?? []), took]);
  }
  return [...micros.values()].filter(({ length }) => length > measured / 2).reduce((sum, times) => sum + median(times), 0);
}

test("a slot under a limit of 10,000 a minute costs Redis hardly more than under one of 60", { timeout: 120_000 }, async (t) => {
  const few = await microsPerSlot(t, 60);
  const many = await microsPerSlot(t, 10_000);
  t.diagnostic(`${few} µs at 60, ${many} µs at 10 000`);
  assert.ok(many <= 3 * few, `${few} µs at 60, ${many} µs at 10 000`);
});

test("while the store knows of an answer later than the process, a slot is requested a few times only", async () => {
  const limit = { requests: 1, perMs: 500 };
  const steps = new Steps(new MemoryTables());
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let takes = 0;
  const marks = [];
  const limiter = new StoreLimiter(
    {
      take: async (ids, request) => (takes++, steps.take(performance.now(), "api", ids, request)),
      mark: (ids, ms) => {
        const mark = pause(250).then(() => steps.mark(performance.now(), "api", limit.perMs, ids, ms));
        marks.push(mark);
        return mark;
      },
      drop: async (ids) => steps.drop(performance.now(), "api", ids),
      hold: async (ms) => steps.hold(performance.now(), "api", ms),
    },
    limit,
    true,
  );
  const first = await limiter.acquire({ ...info, attemptTimeout: 1_000 });
  first(true);
  await pause(0);
  await Promise.all(marks);
  const second = await limiter.acquire({ ...info, attemptTimeout: 1_000 });
  second(true);
  assert.ok(takes <= 6, `${takes} requests for two slots`);
});
