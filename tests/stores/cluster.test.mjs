// Redis Cluster: three servers, among which the keys move while the store is in use.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { Ioredis, ioredis, redisFor, until } from "./clients.mjs";

const SLOTS = 16_384;
const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 3_600_000, sinceMs: 0 };
/** High enough that no call waits. */
const LIMIT = { requests: 100_000, perMs: 60_000 };
const info = { operation: "getAgent", attempt: 1 };

async function startCluster(t) {
  const settings = { "cluster-enabled": "yes", "cluster-node-timeout": 2_000 };
  const servers = await Promise.all([1, 2, 3].map(() => redisFor(t, { fsync: "no", settings })));
  const nodes = await Promise.all(
    servers.map(async (server) => {
      const client = ioredis(t, server);
      return { port: server.port, client, id: await client.cluster("MYID") };
    }),
  );
  for (const [i, { client }] of nodes.entries()) {
    const [from, to] = [i, i + 1].map((n) => Math.floor((n * SLOTS) / nodes.length));
    await client.cluster("ADDSLOTS", ...Array.from({ length: to - from }, (_, n) => from + n));
    if (i) await client.cluster("MEET", "127.0.0.1", nodes[0].port);
  }
  await until(async () => (await Promise.all(nodes.map(({ client }) => client.cluster("INFO")))).every((text) => /cluster_state:ok[^]*cluster_known_nodes:3/.test(text)));
  return nodes;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Moves a slot with its keys, a few at a time, like `redis-cli --cluster reshard`. */
async function move(slot, from, to) {
  await to.client.cluster("SETSLOT", slot, "IMPORTING", from.id);
  await from.client.cluster("SETSLOT", slot, "MIGRATING", to.id);
  for (;;) {
    const keys = await from.client.cluster("GETKEYSINSLOT", slot, 5);
    if (!keys.length) break;
    await from.client.migrate("127.0.0.1", to.port, "", 0, 5_000, "KEYS", ...keys);
    await pause(20);
  }
  for (const { client } of [to, from]) await client.cluster("SETSLOT", slot, "NODE", to.id);
}

const clients = {
  async "ioredis"(t, nodes) {
    const client = new Ioredis.Cluster(nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
    client.on("error", () => {});
    t.after(() => client.disconnect());
    return client;
  },
  async "node-redis"(t, nodes) {
    const { createCluster } = createRequire(import.meta.url)("redis");
    const client = createCluster({ rootNodes: nodes.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` })) });
    client.on("error", () => {});
    t.after(() => client.destroy());
    return client.connect();
  },
};

for (const [name, connect] of Object.entries(clients)) {
  test(`${name}: no step fails while the keys of the store move between servers`, { timeout: 90_000 }, async (t) => {
    const nodes = await startCluster(t);
    const store = redisStore(await connect(t, nodes));
    const slot = await nodes[0].client.cluster("KEYSLOT", "{centerfy}");
    // Enough keys that the move takes a while.
    for (let i = 0; i < 60; i++) await store.records.begin(`early-${i}`, request);
    let isMoving = true;
    let steps = 0;
    const use = async (user) => {
      const limiter = store.limiter(LIMIT);
      for (let i = 0; isMoving; i++) {
        const [key, owner] = [`key-${user}-${i}`, `owner-${user}-${i}`];
        assert.equal((await store.records.begin(key, { ...request, owner })).state, "new");
        await limiter.acquire(info);
        await store.quotas.admit(`user ${user}`, LIMIT, key);
        await store.records.finish(key, owner, '"answer"');
        assert.equal((await store.records.read(key, { ...request, owner: "another", sinceMs: 5 })).state, "done");
        steps += 5;
        await pause(5);
      }
    };
    const moving = async () => {
      let from = nodes.findIndex((_, i) => slot < Math.floor(((i + 1) * SLOTS) / nodes.length));
      for (let moves = 0; moves < 3; moves++) {
        const to = (from + 1) % nodes.length;
        await move(slot, nodes[from], nodes[to]);
        from = to;
      }
      isMoving = false;
    };
    await Promise.all([moving().finally(() => (isMoving = false)), ...[1, 2, 3].map(use)]);
    assert.ok(steps > 50, `only ${steps} steps`);
    // The move lost nothing.
    assert.equal((await store.records.read("never sent", { ...request, sinceMs: 5 })).state, "new");
  });
}
