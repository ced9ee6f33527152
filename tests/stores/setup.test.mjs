// The setup of a Redis: settings that can lose records cause warnings, and the setup in docs/stores.md is enough.

import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { app, redisStore } from "../proxy/support.mjs";
import { Ioredis, ioredis, redisFor, until } from "./clients.mjs";
import { freePort } from "./redis.mjs";
import { source } from "./source.mjs";
import { suite } from "./suite.mjs";

const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 3_600_000, sinceMs: 0 };

const NO_LOG = "Redis can lose idempotency records when it restarts: set appendonly to yes";
const evicts = (policy) => `Redis may evict idempotency records: set maxmemory-policy to noeviction (currently ${policy})`;

const setups = [
  [{ appendonly: "yes" }, []],
  [{ appendonly: "no" }, [NO_LOG]],
  [{ appendonly: "no", save: "60 1" }, [NO_LOG]],
  [{ "maxmemory-policy": "allkeys-lru", maxmemory: "100mb" }, [evicts("allkeys-lru")]],
  [{ "maxmemory-policy": "volatile-ttl", maxmemory: "100mb", appendonly: "no" }, [evicts("volatile-ttl"), NO_LOG]],
  // Nothing is evicted without `maxmemory`, or with this policy.
  [{ "maxmemory-policy": "allkeys-lru" }, []],
  [{ "maxmemory-policy": "noeviction", maxmemory: "100mb" }, []],
];

for (const [settings, expected] of setups) {
  test(`settings that can lose records cause warnings: ${JSON.stringify(settings)}`, async (t) => {
    const store = redisStore(ioredis(t, await redisFor(t, { settings })));
    assert.deepEqual(await store.warnings(), expected);
  });
}

test("the proxy reports a warning through onError, once", { timeout: 30_000 }, async (t) => {
  const client = ioredis(t, await redisFor(t, { settings: { appendonly: "no" } }));
  const errors = [];
  const { client: caller, message } = await app({ store: redisStore(client), onError: (error) => errors.push(error.message) });
  for (let i = 0; i < 3; i++) await caller.sendMessage(message);
  await until(() => errors.length);
  for (let i = 0; i < 3; i++) await caller.sendMessage(message);
  assert.deepEqual(errors, [NO_LOG]);
});

/** The commands that docs/stores.md lists. */
const documented = () => {
  const text = readFileSync(new URL("../../docs/stores.md", import.meta.url), "utf8");
  return /\| Commands for an ACL user \|([^|]+)\|/.exec(text)[1].match(/[A-Z]{3,}/g).filter((word) => word !== "ACL");
};

const asUser = async (t, commands) => {
  const server = await redisFor(t);
  const admin = ioredis(t, server);
  await admin.acl("SETUSER", "app", "on", ">secret", "~{centerfy}:*", "resetchannels", "-@all", ...commands.map((name) => `+${name.toLowerCase()}`));
  return ioredis(t, server, { username: "app", password: "secret", enableReadyCheck: false });
};

test("a user needs only the commands of docs/stores.md", { timeout: 60_000 }, async (t) => {
  const client = await asUser(t, documented());
  await assert.rejects(client.get("{centerfy}:x"), /NOPERM/);
  const store = redisStore(client);
  assert.deepEqual(await store.warnings(), []);
  const results = await suite(() => {
    // Each test has its own names, under the only permitted prefix.
    const mark = `${Math.random()}`;
    const prefixed = (steps) => Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, (first, ...rest) => step(`${mark} ${first}`, ...rest)]));
    return { limiter: (limit, name = "api") => store.limiter(limit, `${mark} ${name}`), quotas: prefixed(store.quotas), records: prefixed(store.records), runs: prefixed(store.runs) };
  });
  assert.deepEqual(results.filter(({ error }) => error).map(({ name, error }) => `${name}: ${error.message}`), []);
});

test("docs/stores.md lists the commands that the scripts use", async () => {
  const scripts = Object.values(await source('export * from "../redis/scripts.js"; export * from "../redis/run-scripts.js";')).filter((it) => typeof it === "string");
  const used = scripts.flatMap((script) => [...script.matchAll(/redis\.p?call\('(\w+)'/g)].map(([, name]) => name));
  assert.deepEqual([...documented()].sort(), [...new Set(["EVAL", "EVALSHA", ...used])].sort());
});

test("a user without INFO works, with a warning", async (t) => {
  const client = await asUser(t, documented().filter((name) => name !== "INFO"));
  const store = redisStore(client);
  assert.deepEqual(await store.warnings(), ["Redis does not permit INFO, so a restart that loses idempotency records cannot be detected: allow INFO"]);
  assert.equal((await store.records.begin("k", { ...request, sinceMs: 0 })).state, "new");
});

test("over TLS", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-tls-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [cert, key] = ["cert.pem", "key.pem"].map((name) => join(folder, name));
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
    { stdio: "ignore" },
  );
  const port = await freePort();
  const settings = { "tls-port": port, "tls-cert-file": cert, "tls-key-file": key, "tls-ca-cert-file": cert, "tls-auth-clients": "no" };
  await redisFor(t, { settings });
  const store = redisStore(ioredis(t, { port }, { tls: { ca: readFileSync(cert) } }));
  assert.equal((await store.records.begin("k", request)).state, "new");
  await store.limiter({ requests: 1, perMs: 1_000 }).acquire({ operation: "getAgent", attempt: 1 });
});

test("Sentinel promotes a replica: the store keeps working, and lost records are unknown", { timeout: 90_000 }, async (t) => {
  const primary = await redisFor(t);
  const replica = await redisFor(t, { settings: { replicaof: `127.0.0.1 ${primary.port}` } });
  const folder = mkdtempSync(join(tmpdir(), "centerfy-sentinel-"));
  const port = await freePort();
  const lines = [
    `port ${port}`,
    `dir ${folder}`,
    `sentinel monitor app 127.0.0.1 ${primary.port} 1`,
    "sentinel down-after-milliseconds app 500",
    "sentinel failover-timeout app 5000",
  ];
  writeFileSync(join(folder, "sentinel.conf"), lines.join("\n"));
  const sentinel = spawn("redis-server", [join(folder, "sentinel.conf"), "--sentinel"], { stdio: "ignore" });
  t.after(async () => {
    sentinel.kill("SIGKILL");
    await once(sentinel, "exit");
    rmSync(folder, { recursive: true, force: true });
  });
  const watch = ioredis(t, { port });
  await until(async () => (await watch.call("SENTINEL", "REPLICAS", "app")).some((fields) => fields.includes("ok") || fields.includes("slave")));
  const inside = ioredis(t, replica);
  await until(async () => (await inside.info("replication")).includes("master_link_status:up"));
  const client = new Ioredis({ sentinels: [{ host: "127.0.0.1", port }], name: "app", retryStrategy: () => 50, sentinelRetryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on("error", () => {});
  t.after(() => client.disconnect());
  const store = redisStore(client);
  const began = performance.now();
  await store.records.begin("k", request);
  await store.records.finish("k", request.owner, '"answer"');
  await ioredis(t, primary).wait(1, 0);
  await primary.kill();
  // Until the replica is promoted, the store is unavailable.
  const states = async (key) => (await store.records.begin(key, { ...request, owner: "another", sinceMs: performance.now() - began })).state;
  await until(async () => (await states("k").catch(() => "away")) === "done");
  assert.equal(await states("lost"), "unknown");
  assert.equal((await store.records.begin("first attempt", request)).state, "new");
});

test("Bun's own client", { timeout: 60_000 }, async (t) => {
  const server = await redisFor(t);
  const bun = fileURLToPath(new URL("node_modules/.bin/bun", import.meta.url));
  const program = fileURLToPath(new URL("bun.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(bun, [program, server.url]);
  const results = JSON.parse(stdout);
  assert.ok(results.length > 8);
  assert.deepEqual(results.filter(({ error }) => error), []);
});
