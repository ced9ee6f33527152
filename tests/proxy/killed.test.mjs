// The proxy is killed at each moment of a call, and started again: a person is reached once at most,
// and once exactly where anybody is told of a success.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { delivered, neverTwice, operations } from "../support/samples.mjs";
import { startRedis } from "../stores/redis.mjs";
import { Centerfy } from "./support.mjs";

const victim = fileURLToPath(new URL("victim.mjs", import.meta.url));
const server = await startRedis();
after(() => server.stop());
// One that has remembered for long: what was sent since is in it.
const first = new (createRequire(new URL("../stores/x.js", import.meta.url))("ioredis"))(server.url);
await first.set("{centerfy}:born", 1);
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

/** Runs the victim, again whenever it was killed. */
function keepRunning(t, settings) {
  let over = false;
  let child;
  const start = async () => {
    child = spawn(process.execPath, [victim], { env: { ...process.env, CENTERFY_VICTIM: JSON.stringify(settings) }, stdio: ["ignore", "pipe", "inherit"] });
    child.once("exit", () => over || start());
    for await (const line of createInterface({ input: child.stdout })) if (line === "listening") return;
  };
  t.after(() => {
    over = true;
    child.kill("SIGKILL");
  });
  return start();
}

let markers = 0;

for (const [store, redisUrl] of [["memory()", undefined], ["redis()", server.url]]) {
  describe(store, { concurrency: 4 }, () => {
    for (const operation of neverTwice) {
      for (const moment of MOMENTS) {
        test(`${operation}, killed when ${moment}`, async (t) => {
          const world = await makeWorld();
          if (moment === "the request is on the wire") await world.fault({ operation, type: "delay", ms: 300, times: 1 });
          const port = await freePort();
          const marker = join(folder, String(++markers));
          await keepRunning(t, { apiKey: world.api_key, baseUrl, port, moment, marker, redisUrl });
          const client = new Centerfy({ proxy: `http://127.0.0.1:${port}/api/centerfy`, rateLimit: false, maxRetries: 4 });
          const outcome = await operations[operation].call(client, world).then(
            (answer) => ({ answer }),
            (error) => ({ error }),
          );
          const times = delivered(await world.deliveries());
          const told = outcome.error ? `${outcome.error}` : "a success";
          assert.ok(times <= 1, `${times} times, and was told ${told}`);
          if (outcome.answer) assert.equal(times, 1);
          else if (times) assert.equal(outcome.error.maybeDelivered, true, told);
          // Where the record has the answer, nobody is left in doubt.
          if (moment === "the answer is lost" || (redisUrl && /written down|nothing/.test(moment))) assert.ok(outcome.answer, told);
        });
      }
    }
  });
}
