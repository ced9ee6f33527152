// A Redis that lost records: a key whose request may have been sent is unknown, never new.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor, until } from "./clients.mjs";
import { wireFor } from "./wire.mjs";

const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 3_600_000, sinceMs: 0 };

/** RDB snapshots and no append-only file, which are the defaults of Redis. */
const SNAPSHOTS = { settings: { appendonly: "no" } };

/** A retry by another process of a request that was first sent at `began`. */
const retry = (began) => ({ ...request, owner: "another", sinceMs: performance.now() - began });

/** Uses a store for a while before a key is first sent, so that the age of the store explains no unknown outcome. Returns the time. */
const useBefore = async (store) => {
  await store.records.read("any", request);
  const used = performance.now();
  await until(() => performance.now() > used + 50);
  return performance.now();
};

const sent = async (store, key, { owner = request.owner, answer = '"answer"' } = {}) => {
  assert.equal((await store.records.begin(key, { ...request, owner })).state, "new");
  await store.records.finish(key, owner, answer);
};

const restart = async (server, client) => {
  await server.kill();
  await server.start();
  if (client.status !== "ready") await once(client, "ready");
};

test("after a restart from a snapshot, later records are unknown", async (t) => {
  const server = await redisFor(t, SNAPSHOTS);
  const client = ioredis(t, server);
  const store = redisStore(client);
  const began = await useBefore(store);
  await sent(store, "saved");
  await store.records.begin("used again", request);
  await store.records.forget("used again", request.owner);
  await client.save();
  await sent(store, "lost");
  await sent(store, "used again", { owner: "two" });
  await restart(server, client);
  for (const [process, it] of Object.entries({ "the same": store, "a new": redisStore(client) })) {
    assert.equal((await it.records.read("saved", retry(began))).state, "done", `${process} process`);
    for (const key of ["lost", "used again"]) {
      for (const step of ["read", "begin"]) assert.equal((await it.records[step](key, retry(began))).state, "unknown", `${process} process, ${step} ${key}`);
    }
    assert.equal((await it.records.read("first attempt", request)).state, "new");
  }
  const after = performance.now();
  await until(async () => (await store.records.read("first sent afterwards", retry(after))).state === "new");
});

test("after a replica is promoted, records that were not replicated are unknown", async (t) => {
  const primary = await redisFor(t);
  const wire = await wireFor(t, primary);
  const replica = await redisFor(t, { settings: { replicaof: `127.0.0.1 ${wire.port}` } });
  const [before, after] = [ioredis(t, primary), ioredis(t, replica)];
  await until(async () => (await after.info("replication")).includes("master_link_status:up"));
  const store = redisStore(before);
  const began = await useBefore(store);
  await sent(store, "replicated");
  await before.wait(1, 0);
  wire.delayMs = 500;
  await sent(store, "lost");
  await primary.kill();
  await after.replicaof("NO", "ONE");
  const promoted = redisStore(after);
  assert.equal((await promoted.records.begin("lost", retry(began))).state, "unknown");
  assert.equal((await promoted.records.begin("replicated", retry(began))).state, "done");
  assert.equal((await promoted.records.begin("first attempt", request)).state, "new");
});

test("after an eviction, the record is unknown", async (t) => {
  const server = await redisFor(t, { settings: { "maxmemory-policy": "allkeys-lru" } });
  const client = ioredis(t, server);
  const store = redisStore(client);
  const began = await useBefore(store);
  await sent(store, "evicted");
  const [, used] = /used_memory:(\d+)/.exec(await client.info("memory"));
  await client.config("SET", "maxmemory", Number(used) + 2_000_000);
  const records = () => client.keys("*:record:*");
  for (let i = 0; (await records()).length; i++) await client.set(`cache-${i}`, "x".repeat(50_000));
  assert.equal((await store.records.begin("evicted", retry(began))).state, "unknown");
});

test("after FLUSHALL, records are unknown", async (t) => {
  const client = ioredis(t, await redisFor(t));
  const store = redisStore(client);
  const began = await useBefore(store);
  await sent(store, "k");
  await client.flushall();
  assert.equal((await store.records.begin("k", retry(began))).state, "unknown");
});

test("without a loss, a retry without a record is new", async (t) => {
  const client = ioredis(t, await redisFor(t));
  const store = redisStore(client);
  await store.records.read("any", request);
  const began = performance.now();
  await until(() => performance.now() > began + 20);
  for (const it of [store, redisStore(client)]) assert.equal((await it.records.read("k", { ...retry(began), sinceMs: 1 })).state, "new");
});
