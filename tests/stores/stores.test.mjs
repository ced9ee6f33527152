// One and the same suite on every store that runs in Node.js; and a Redis that is killed in the middle.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { memory, redis } from "../proxy/support.mjs";
import { startRedis } from "./redis.mjs";
import { suite } from "./suite.mjs";

const require = createRequire(import.meta.url);
const server = await startRedis();
after(() => server.stop());

let prefixes = 0;
/** Stores of one client, each with keys of its own. */
const with_ = (client) => () => redis(client, { prefix: `test-${++prefixes}` });

const passes = (name, prepare) =>
  test(`the suite on ${name}`, async (t) => {
    const results = await suite(await prepare(t));
    assert.deepEqual(results.filter(({ error }) => error).map(({ name, error }) => `${name}: ${error.stack}`), []);
    assert.ok(results.length > 8);
  });

passes("memory()", () => memory);

const nodeRedis = async (t) => {
  const client = require("redis").createClient({ url: server.url });
  client.on("error", () => {});
  t.after(() => client.destroy());
  return client.connect();
};

passes("redis() with node-redis", async (t) => with_(await nodeRedis(t)));

passes("redis() with ioredis", (t) => {
  const client = new (require("ioredis"))(server.url);
  t.after(() => client.disconnect());
  return with_(client);
});

/** Stands for Upstash's server, which is a Redis behind HTTP: a command is a list in the body. */
async function upstash(t) {
  const client = await nodeRedis(t);
  const bridge = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const given = JSON.parse(Buffer.concat(pieces));
    const run = (command) => client.sendCommand(command.map(String)).then((result) => ({ result }), ({ message }) => ({ error: message }));
    // Its client sends what it is asked for at the same time as one list.
    const answer = request.url === "/pipeline" ? await Promise.all(given.map(run)) : await run(given);
    response.writeHead(answer.error ? 400 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(bridge, "listening");
  t.after(() => bridge.close());
  return `http://127.0.0.1:${bridge.address().port}`;
}

passes("redis() with Upstash's client, over a bridge that stands for its server", async (t) => {
  const { Redis } = require("@upstash/redis");
  return with_(new Redis({ url: await upstash(t), token: "none", responseEncoding: false }));
});

passes("redis() with an adapter of two lines, which knows EVAL alone", async (t) => {
  const client = await nodeRedis(t);
  return with_({ eval: (script, keys, args) => client.sendCommand(["EVAL", script, String(keys.length), ...keys, ...args]) });
});

test("a client that is none is refused", () => {
  for (const client of [undefined, {}, "redis://127.0.0.1"]) assert.throws(() => redis(client), /redis\(\) takes a client of node-redis, ioredis, Bun or Upstash/);
});

test("a Redis that is killed is away, and has its records again afterwards", async (t) => {
  const client = new (require("ioredis"))(server.url, { maxRetriesPerRequest: 0, retryStrategy: () => 20 });
  client.on("error", () => {});
  t.after(() => client.disconnect());
  const store = redis(client, { prefix: "killed" });
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
