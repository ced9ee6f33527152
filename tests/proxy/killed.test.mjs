// The proxy is killed at each stage of a call and started again: a person is reached at most once, and
// exactly once where the call succeeds.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld, until } from "../node/support.mjs";
import { delivered, neverTwice, operations } from "../support/samples.mjs";
import { startRedis } from "../stores/redis.mjs";
import { Centerfy, redisStore } from "./support.mjs";

const victim = fileURLToPath(new URL("victim.mjs", import.meta.url));
const server = await startRedis();
after(() => server.stop());
// A store that is older than every request, so it has the record of each.
const first = new (createRequire(new URL("../stores/x.js", import.meta.url))("ioredis"))(server.url);
await redisStore(first).warnings();
await first.hset("{centerfy}:history", "since", 1);
first.disconnect();
const folder = mkdtempSync(join(tmpdir(), "centerfy-killed-"));
after(() => rmSync(folder, { recursive: true }));

const MOMENTS = [
  "nothing is written",
  "the record is written",
  "the request is on the wire",
  "the answer is on its way",
  "the answer is written down",
  "the answer is lost",
];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Runs the victim, and restarts it after each kill. Resolves to a function that kills it and a `fetch` that waits for the restart. */
async function keepRunning(t, settings) {
  let over = false;
  let child;
  let listening;
  const start = async () => {
    child = spawn(process.execPath, [victim], { env: { ...process.env, CENTERFY_VICTIM: JSON.stringify(settings) }, stdio: ["ignore", "pipe", "inherit"] });
    child.once("exit", () => over || (listening = start()));
    for await (const line of createInterface({ input: child.stdout })) if (line === "listening") return;
  };
  t.after(() => {
    over = true;
    child.kill("SIGKILL");
  });
  await (listening = start());
  return {
    killNow: () => child.kill("SIGKILL"),
    // On a slow machine, attempts do not run out.
    send: async (...request) => (await listening, fetch(...request)),
  };
}

/** The outcome of a call. */
const settled = (call) =>
  call.then(
    (answer) => ({ answer }),
    (error) => ({ error }),
  );

let markers = 0;

for (const [store, redisUrl] of [["memoryStore()", undefined], ["redisStore()", server.url]]) {
  describe(store, { concurrency: 4 }, () => {
    for (const operation of neverTwice) {
      for (const moment of MOMENTS) {
        test(`${operation}, killed when ${moment}`, async (t) => {
          const world = await makeWorld();
          if (moment === "the request is on the wire") await world.fault({ operation, type: "delay", ms: 300, times: 1 });
          const port = await freePort();
          const marker = join(folder, String(++markers));
          const { send } = await keepRunning(t, { apiKey: world.api_key, baseUrl, port, moment, marker, redisUrl });
          const client = new Centerfy({ proxy: `http://127.0.0.1:${port}/api/centerfy`, fetch: send, rateLimit: false, maxRetries: 4 });
          const outcome = await settled(operations[operation].call(client, world));
          const times = delivered(await world.deliveries());
          const told = outcome.error ? `${outcome.error}` : "a success";
          assert.ok(times <= 1, `${times} times, and was told ${told}`);
          if (outcome.answer) assert.equal(times, 1);
          else if (times) assert.equal(outcome.error.maybeDelivered, true, told);
          // Where the answer is recorded, the outcome is known.
          if (moment === "the answer is lost" || (redisUrl && /written down|nothing/.test(moment))) assert.ok(outcome.answer, told);
        });
      }
    }
  });
}

/** The number of kills at random moments for each store: few by default, since each takes a second. `CENTERFY_KILLS=200` takes some minutes. */
const KILLS = Number(process.env.CENTERFY_KILLS ?? 10);
/** The approximate duration of a call with the API's delay, in milliseconds. */
const CALL_MS = 80;
const API_MS = 30;

/** A pseudorandom number, the same in every run. */
const chance = (seed) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

for (const [store, redisUrl] of [["memoryStore()", undefined], ["redisStore()", server.url]]) {
  describe(`${store}, killed at random moments`, { concurrency: 4 }, () => {
    for (let kill = 0; kill < KILLS; kill++) {
      test(`kill ${kill}`, async (t) => {
        const operation = neverTwice[kill % neverTwice.length];
        const world = await makeWorld();
        await world.fault({ operation, type: "delay", ms: API_MS, times: null });
        const port = await freePort();
        const begins = join(folder, `begins-${redisUrl ? "redis" : "memory"}-${kill}`);
        const { killNow, send } = await keepRunning(t, { apiKey: world.api_key, baseUrl, port, redisUrl, begins, marker: join(folder, "none") });
        const client = new Centerfy({ proxy: `http://127.0.0.1:${port}/api/centerfy`, fetch: send, rateLimit: false, maxRetries: 6 });
        const key = `visit-${kill}`;
        const first = settled(operations[operation].call(client, world, { idempotencyKey: key }));
        setTimeout(killNow, chance(kill) * CALL_MS);
        const outcomes = [await first];
        // A later call does not say how old its key is, which a store without the record would need.
        if (redisUrl) outcomes.push(await settled(operations[operation].call(client, world, { idempotencyKey: key })));
        const [times, asked] = [delivered(await world.deliveries()), (await world.requests()).length];
        for (const { answer, error } of outcomes) {
          const told = `${times} times, ${asked} requests, and was told ${error ?? "a success"}`;
          assert.ok(times <= 1 && asked <= 1, told);
          if (answer) assert.equal(times, 1, told);
          // The outcome is unknown only where the request was about to be sent, or where the store died with the process.
          else assert.ok(error.maybeDelivered && (!redisUrl || existsSync(begins)), told);
        }
      });
    }

    test("killed while a call waits for its slot: its key can be used again", async (t) => {
      const world = await makeWorld();
      const port = await freePort();
      const rateLimit = { requests: 1, perMs: 60_000 };
      const settings = { apiKey: world.api_key, baseUrl, port, redisUrl, rateLimit, attemptTimeout: 20_000, marker: join(folder, "none") };
      const { killNow } = await keepRunning(t, settings);
      const client = new Centerfy({ proxy: `http://127.0.0.1:${port}/api/centerfy`, rateLimit: false, maxRetries: 0 });
      const [first, ...others] = neverTwice;
      await operations[first].call(client, world);
      const waiting = others.map((operation) => settled(operations[operation].call(client, world, { idempotencyKey: operation })));
      // A call is queued once the process has read its record.
      await until(async () => (await fetch(`http://127.0.0.1:${port}/waiting`).then((response) => response.json())) === others.length);
      killNow();
      await Promise.all(waiting);
      const again = await freePort();
      await keepRunning(t, { ...settings, port: again, rateLimit: false });
      const free = new Centerfy({ proxy: `http://127.0.0.1:${again}/api/centerfy`, rateLimit: false });
      for (const operation of others) await operations[operation].call(free, world, { idempotencyKey: operation });
      assert.equal(delivered(await world.deliveries()), neverTwice.length);
    });
  });
}
