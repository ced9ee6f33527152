// A Redis that is far away, or has much to count: slots are asked for together, and cost little each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor } from "./clients.mjs";
import { wireFor } from "./wire.mjs";

/** How far away Redis is in the second test: there, and there and back, in milliseconds. */
const DELAY_MS = 30;
const ROUND_TRIP_MS = 2 * DELAY_MS;

const info = { operation: "getAgent", attempt: 1 };
/** The number below which that share of the numbers is. */
const quantile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)];
const median = (numbers) => quantile(numbers, 0.5);

/** Round trips on a connection of their own, until `isOver()`, in milliseconds. */
const roundTrips = async (client, isOver) => {
  const times = [];
  while (!isOver()) {
    const sent = performance.now();
    await client.ping();
    times.push(performance.now() - sent);
  }
  return times;
};

/** How often Redis ran each script by its digest. */
const scriptsRun = async (client) => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await client.info("commandstats"))?.[1] ?? 0);

test("60 calls at once that may all go take two round trips at most, 20 ms away", { timeout: 60_000 }, async (t) => {
  const server = await redisFor(t);
  const wire = await wireFor(t, server, { delayMs: 10 });
  const store = redisStore(ioredis(t, wire));
  await store.limiter({ requests: 60, perMs: 60_000 }, "warm").acquire(info);
  const near = ioredis(t, server);
  const before = await scriptsRun(near);
  const limiter = store.limiter({ requests: 60, perMs: 60_000 });
  // In flight all the time, so nothing is told of their answers.
  await Promise.all(Array.from({ length: 60 }, () => limiter.acquire({ ...info, attemptTimeout: 3_000 })));
  const scripts = (await scriptsRun(near)) - before;
  // The warm one's answer may be told meanwhile.
  assert.ok(scripts <= 2 + 1, `${scripts} scripts`);
});

test("95 % of 100 requests a second go, 60 ms away", { timeout: 60_000 }, async (t) => {
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
  // The median, since a busy machine delays some; and a busy machine makes Redis farther away.
  const most = limit.perMs / 0.95 + machineMs;
  assert.ok(median(windows) <= most, `100 requests took ${median(windows)} ms, ${most} are allowed`);
});

/** µs of Redis for one slot, taken and marked, under a limit of so many a minute that is nearly full. */
async function microsPerSlot(t, requests) {
  const client = ioredis(t, await redisFor(t, { fsync: "no" }));
  const limiter = redisStore(client).limiter({ requests, perMs: 60_000 });
  const measured = 50;
  await Promise.all(Array.from({ length: requests - measured }, () => limiter.acquire(info)));
  await client.config("SET", "slowlog-log-slower-than", 0, "slowlog-max-len", 1_000);
  await client.slowlog("RESET");
  for (let i = 0; i < measured; i++) {
    await limiter.acquire(info);
    // So that each slot is marked in a step of its own.
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  const micros = new Map();
  for (const [, , took, [command, digest]] of await client.slowlog("GET", 1_000)) {
    if (command === "evalsha") micros.set(digest, [...(micros.get(digest) ?? []), took]);
  }
  return [...micros.values()].filter(({ length }) => length > measured / 2).reduce((sum, times) => sum + median(times), 0);
}

test("a slot under a limit of 10 000 a minute costs Redis hardly more than under one of 60", { timeout: 120_000 }, async (t) => {
  const few = await microsPerSlot(t, 60);
  const many = await microsPerSlot(t, 10_000);
  t.diagnostic(`${few} µs at 60, ${many} µs at 10 000`);
  assert.ok(many <= 3 * few, `${few} µs at 60, ${many} µs at 10 000`);
});
