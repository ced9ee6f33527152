// A program with a store is killed at each stage of a call with an idempotency key, and run again, twice: a person is
// reached at most once, and a request whose outcome is unknown is never sent again.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { settle, redisStore } from "../proxy/load.mjs";
import { delivered, neverTwice } from "../support/samples.mjs";
import { Ioredis } from "./clients.mjs";
import { startRedis } from "./redis.mjs";

const victim = fileURLToPath(new URL("client-victim.mjs", import.meta.url));
const server = await startRedis();
const connection = new Ioredis(server.url);
const folder = mkdtempSync(join(tmpdir(), "centerfy-client-killed-"));
after(async () => {
  connection.disconnect();
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** The stages, and the outcome when the program runs again. */
const MOMENTS = {
  "the record is read": "success",
  "the record is written": "unknown",
  "the request is about to leave": "unknown",
  "the request is on the wire": "unknown",
  "the answer is on its way": "unknown",
  "the answer is recorded": "success",
};

/** Runs the program until it ends. Returns what it printed; nothing if it was killed. */
async function run(settings) {
  const child = spawn(process.execPath, [victim], { env: { ...process.env, CENTERFY_VICTIM: JSON.stringify(settings) }, stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return printed ? JSON.parse(printed) : undefined;
}

let markers = 0;

describe("a program with a store, killed", { concurrency: 4 }, () => {
  for (const operation of neverTwice) {
    for (const [moment, expected] of Object.entries(MOMENTS)) {
      test(`${operation}, killed when ${moment}`, async () => {
        const world = await makeWorld();
        if (moment === "the request is on the wire") await world.fault({ operation, type: "delay", ms: 300, times: 1 });
        const idempotencyKey = `visit-${++markers}`;
        const settings = { world, baseUrl, operation, moment, marker: join(folder, String(markers)), redisUrl: server.url, idempotencyKey, rateLimit: false };
        assert.equal(await run(settings), undefined);
        const outcomes = [await run(settings), await run(settings)];
        const times = delivered(await world.deliveries());
        assert.ok(times <= 1, `${times} times`);
        for (const { answer, error } of outcomes) {
          assert.equal(answer ? "success" : "unknown", expected, error?.message);
          if (answer) assert.equal(times, 1);
          else assert.deepEqual([error.isOurs, error.maybeDelivered], [true, true], error.message);
        }
        if (expected === "success") return;
        // Once the app has looked up whether the person was reached, it settles the key.
        const store = redisStore(connection);
        assert.equal(await settle(store, { key: idempotencyKey }, times ? "delivered" : "not delivered"), true);
        assert.ok((await run(settings)).answer);
        assert.equal(delivered(await world.deliveries()), 1);
      });
    }
  }
});

test("the program is killed while its call is queued: the key can be used again", async () => {
  const world = await makeWorld();
  const rateLimit = { requests: 1, perMs: 60_000 };
  const settings = { world, baseUrl, operation: "sendMessage", marker: join(folder, "queued"), redisUrl: server.url, rateLimit };
  assert.ok((await run({ ...settings, idempotencyKey: "first" })).answer);
  assert.equal(await run({ ...settings, idempotencyKey: "second", moment: "the record is read" }), undefined);
  assert.ok((await run({ ...settings, idempotencyKey: "second", rateLimit: false })).answer);
  assert.equal(delivered(await world.deliveries()), 2);
});
