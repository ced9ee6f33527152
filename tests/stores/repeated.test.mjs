// A step that Redis executed and whose reply was lost: repeated, it has the reply of the first time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, nodeRedis, redisFor, upstash } from "./clients.mjs";
import { wireFor } from "./wire.mjs";

const info = { operation: "getAgent", attempt: 1, attemptTimeout: 3_000 };
const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };

/** Loses the reply to the first command with this text, once. The second function tells whether it was lost. */
const losesOnce = (text) => {
  let isLost = false;
  return [(asked) => !isLost && (isLost = asked.includes(text)), () => isLost];
};

/** A store whose replies can be lost: `lose(text)` applies to the next command with this text. */
const overWire = (connect, options) => async (t) => {
  const wire = await wireFor(t, await redisFor(t));
  const store = redisStore(await connect(t, wire, options));
  // Connects and loads the scripts.
  await store.records.read("any", request);
  return {
    store,
    lose(text) {
      const [loses, isLost] = losesOnce(text);
      wire.loses = loses;
      return isLost;
    },
  };
};

const clients = {
  "ioredis with its resends": overWire(ioredis),
  "ioredis without resends": overWire(ioredis, { autoResendUnfulfilledCommands: false, commandTimeout: 500 }),
  "node-redis": overWire(nodeRedis),
  async "Upstash's client with its retries"(t) {
    const { client, bridge } = await upstash(t, await redisFor(t));
    return {
      store: redisStore(client),
      lose(text) {
        const [loses, isLost] = losesOnce(text);
        bridge.loses = loses;
        return isLost;
      },
    };
  },
};

for (const [name, connect] of Object.entries(clients)) {
  test(`${name}: after a lost reply, the same owner has the record`, { timeout: 60_000 }, async (t) => {
    const { store, lose } = await connect(t);
    const isLost = lose("record:k");
    assert.equal((await store.records.begin("k", request)).state, "new");
    assert.ok(isLost(), "no answer was lost");
    const isFinishLost = lose("the answer");
    await store.records.finish("k", request.owner, '"the answer"');
    assert.ok(isFinishLost(), "no answer was lost");
    assert.equal((await store.records.begin("k", { ...request, owner: "another" })).state, "done");
  });

  test(`${name}: slots and quotas are not counted twice`, { timeout: 60_000 }, async (t) => {
    const { store, lose } = await connect(t);
    const limit = { requests: 3, perMs: 600_000 };
    const limiter = store.limiter(limit, "slots");
    for (let i = 0; i < 3; i++) {
      const isLost = lose("window:slots");
      await limiter.acquire(info);
      assert.ok(isLost(), "no answer was lost");
    }
    await assert.rejects(limiter.acquire({ ...info, signal: AbortSignal.timeout(300) }), { name: "TimeoutError" });
    for (let i = 0; i < 3; i++) {
      const isLost = lose("window:quota");
      assert.equal(await store.quotas.admit("mia", limit, `id-${i}`), 0);
      assert.ok(isLost(), "no answer was lost");
    }
    assert.ok((await store.quotas.admit("mia", limit, "id-3")) > 0);
  });
}

test("a Redis that stalls for two seconds, with a client timeout of half a second: nothing is counted or started twice", { timeout: 60_000 }, async (t) => {
  const wire = await wireFor(t, await redisFor(t));
  const store = redisStore(ioredis(t, wire, { commandTimeout: 500 }));
  await store.records.read("any", request);
  const limit = { requests: 2, perMs: 600_000 };
  const limiter = store.limiter(limit);
  wire.silence = new Promise((resolve) => setTimeout(resolve, 2_000));
  const [begun, admitted] = await Promise.all([
    store.records.begin("k", request),
    store.quotas.admit("mia", limit, "one"),
    limiter.acquire(info),
    limiter.acquire(info),
  ]);
  assert.equal(begun.state, "new");
  assert.equal(admitted, 0);
  assert.equal(await store.quotas.admit("mia", limit, "two"), 0);
  assert.ok((await store.quotas.admit("mia", limit, "three")) > 0);
  await store.records.finish("k", request.owner, '"answer"');
  assert.equal((await store.records.begin("k", { ...request, owner: "another" })).state, "done");
});
