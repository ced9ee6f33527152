// A Redis that is far away, or has much to count: slots are asked for together, and cost little each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor } from "./clients.mjs";
import { wireFor } from "./wire.mjs";

const info = { operation: "getAgent", attempt: 1 };
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

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
  const wire = await wireFor(t, await redisFor(t, { fsync: "no" }), { delayMs: 30 });
  const limit = { requests: 100, perMs: 1_000 };
  const limiter = redisStore(ioredis(t, wire)).limiter(limit);
  const went = [];
  await Promise.all(Array.from({ length: 800 }, async () => (await limiter.acquire(info), went.push(performance.now()))));
  const windows = went.slice(limit.requests).map((at, i) => at - went[i]);
  assert.ok(Math.min(...windows) >= limit.perMs - 1, `${Math.min(...windows)} ms`);
  // The median, since a busy machine delays some.
  assert.ok(median(windows) <= limit.perMs / 0.95, `100 requests took ${median(windows)} ms`);
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
