// The same suite on every store that runs in Node.js, and a Redis that is killed meanwhile.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, test } from "node:test";
import { memoryStore, redisStore } from "../proxy/load.mjs";
import { Ioredis, ioredis, nodeRedis, upstash } from "./clients.mjs";
import { startRedis } from "./redis.mjs";
import { suite } from "./suite.mjs";

const server = await startRedis();
after(() => server.stop());

let prefixes = 0;
/** Stores of one client, each with its own prefix. */
const with_ = (client) => () => redisStore(client, { prefix: `test-${++prefixes}` });

const passes = (name, prepare) =>
  test(`the suite on ${name}`, async (t) => {
    const results = await suite(await prepare(t));
    assert.deepEqual(results.filter(({ error }) => error).map(({ name, error }) => `${name}: ${error.stack}`), []);
    assert.ok(results.length > 8);
  });

passes("memoryStore()", () => memoryStore);

passes("redisStore() with node-redis", async (t) => with_(await nodeRedis(t, server)));

passes("redisStore() with ioredis", (t) => with_(ioredis(t, server)));

passes("redisStore() with Upstash's client, over a bridge in the place of its server", async (t) => with_((await upstash(t, server)).client));

passes("redisStore() with an adapter of two lines that only has eval", async (t) => {
  const client = await nodeRedis(t, server);
  return with_({ eval: (script, keys, args) => client.sendCommand(["EVAL", script, String(keys.length), ...keys, ...args]) });
});

test("a killed Redis is unavailable, and has its records after a restart", async (t) => {
  const client = new Ioredis(server.url, { maxRetriesPerRequest: 0, retryStrategy: () => 20 });
  client.on("error", () => {});
  t.after(() => client.disconnect());
  const store = redisStore(client, { prefix: "killed" });
  const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };
  await store.records.begin("k", request);
  await store.records.finish("k", "one", '"answer"');
  await store.records.begin("lost", { ...request, leaseMs: 1 });
  await server.kill();
  await assert.rejects(store.records.begin("other", request));
  await assert.rejects(store.quotas.admit("mia", { requests: 1, perMs: 1000 }, "id"));
  await assert.rejects(store.limiter({ requests: 1, perMs: 1000 }).acquire({ operation: "getAgent", attempt: 1 }));
  await server.start();
  if (client.status !== "ready") await once(client, "ready");
  assert.deepEqual(await store.records.read("k", { ...request, sinceMs: 5 }), { state: "done", answer: '"answer"' });
  assert.equal((await store.records.begin("lost", { ...request, owner: "another" })).state, "unknown");
});
