// A Redis whose clock is set. Set back, time still passes; set forward, records that expire early are unknown.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor, until } from "./clients.mjs";

const HOURS = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), "centerfy-clock-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Compiled with `cc`, which Rust requires as its linker. */
const library = join(folder, "set-clock.so");
if (process.platform === "linux") {
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, fileURLToPath(new URL("set-clock.c", import.meta.url))]);
}
const options = { skip: process.platform !== "linux" && "LD_PRELOAD is Linux's", timeout: 60_000 };

const info = { operation: "getAgent", attempt: 1 };
const request = { owner: "one", fingerprint: "f", leaseMs: 500, keepMs: 24 * HOURS, sinceMs: 0 };
const another = { ...request, owner: "another" };

let clocks = 0;

/** A store in a Redis whose clock can be set by so many milliseconds. */
async function connect(t) {
  const file = join(folder, `offset-${++clocks}`);
  const setOffset = (ms) => writeFileSync(file, BigInt64Array.of(BigInt(ms / 1_000)));
  let offset = 0;
  setOffset(offset);
  const env = { LD_PRELOAD: library, CLOCK_OFFSET: file };
  const client = ioredis(t, await redisFor(t, { fsync: "no", env }));
  const time = async () => Number((await client.time())[0]) * 1_000;
  return {
    client,
    store: redisStore(client),
    async setClock(ms) {
      const before = await time();
      offset += ms;
      setOffset(offset);
      await until(async () => Math.abs((await time()) - before - ms) < 60_000);
    },
  };
}

test("the clock is set back by two hours: queued calls continue, within the limit", options, async (t) => {
  const { store, setClock } = await connect(t);
  const limit = { requests: 5, perMs: 500 };
  const limiter = store.limiter(limit);
  const went = [];
  const all = Promise.all(Array.from({ length: 20 }, async () => (await limiter.acquire(info), went.push(performance.now()))));
  await until(() => went.length >= 5);
  await setClock(-2 * HOURS);
  await all;
  for (const [i, at] of went.slice(limit.requests).entries()) assert.ok(at - went[i] >= limit.perMs - 1, `${went}`);
});

test("the clock is set back by two hours: a pause of one second ends, and a quota's wait is not two hours", options, async (t) => {
  const { store, setClock } = await connect(t);
  const limit = { requests: 1, perMs: 60_000 };
  await store.quotas.admit("mia", limit, "one");
  const limiter = store.limiter({ requests: 5, perMs: 1_000 });
  limiter.hold({ ms: 1_000 });
  await store.records.begin("k", request);
  await setClock(-2 * HOURS);
  const wait = await store.quotas.admit("mia", limit, "two");
  assert.ok(wait > 0 && wait <= limit.perMs, `${wait} ms`);
  // In this process and in another.
  await limiter.acquire(info);
  await store.limiter({ requests: 5, perMs: 1_000 }).acquire(info);
});

test("the clock is set back by two hours: the lease of a dead process ends, and a new key is new", options, async (t) => {
  const { store, setClock } = await connect(t);
  await store.records.begin("k", request);
  await setClock(-2 * HOURS);
  assert.equal((await store.records.read("k", another)).state, "running");
  await until(async () => (await store.records.read("k", another)).state === "unknown");
  assert.equal((await store.records.begin("other", request)).state, "new");
});

test("the clock is set forward: records that expired early are unknown, and a new key is new", options, async (t) => {
  const { store, setClock } = await connect(t);
  const began = performance.now();
  const hour = { ...request, keepMs: HOURS };
  await store.records.begin("k", hour);
  await store.records.finish("k", request.owner, '"answer"');
  await setClock(2 * HOURS);
  const retry = () => ({ ...hour, owner: "another", sinceMs: performance.now() - began });
  assert.equal((await store.records.read("k", retry())).state, "unknown");
  assert.equal((await store.records.begin("k", retry())).state, "unknown");
  assert.equal((await store.records.begin("first attempt", hour)).state, "new");
});
