// Eight processes with a client each, one key, one Redis: one limit.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { startRedis } from "./redis.mjs";

const LIMIT = { requests: 20, perMs: 1_000 };
const PROCESSES = 8;
const CALLS = 50;

const program = fileURLToPath(new URL("one-of-many.mjs", import.meta.url));

/** Starts them all, and lets them go at once. `meanwhile` is given the processes. */
async function run(t, meanwhile = () => {}) {
  const server = await startRedis({ fsync: "everysec" });
  t.after(() => server.stop());
  const world = await makeWorld({ rate_limit: { requests: LIMIT.requests, per_ms: LIMIT.perMs } });
  const settings = { apiKey: world.api_key, baseUrl, redisUrl: server.url, limit: LIMIT, calls: CALLS };
  const children = await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const child = spawn(process.execPath, [program], { env: { ...process.env, CENTERFY_MANY: JSON.stringify(settings) }, stdio: ["pipe", "pipe", "inherit"] });
      await once(createInterface({ input: child.stdout }), "line");
      return child;
    }),
  );
  const ended = children.map((child) => once(child, "exit"));
  for (const child of children) child.stdin.write("go\n");
  await meanwhile(children, world);
  await Promise.all(ended);
  return { log: await world.requests(), children };
}

/** What the API saw: no window too full, nobody refused, and in each process whoever came first. */
function check(log) {
  const statuses = new Set(log.map(({ status }) => status));
  assert.deepEqual([...statuses], [404], "nobody has these ids, and none is refused");
  const times = log.map(({ at_ms }) => at_ms);
  const tooSoon = times.findIndex((at, i) => i >= LIMIT.requests && at - times[i - LIMIT.requests] < LIMIT.perMs);
  assert.equal(tooSoon, -1, `${times[tooSoon - LIMIT.requests]} and ${times[tooSoon]}`);
  const order = Map.groupBy ? Map.groupBy(log, ({ path }) => path.split("/").at(-1).split("-")[0]) : new Map();
  for (const entries of order.values()) {
    const numbers = entries.map(({ path }) => Number(path.split("-").at(-1)));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  }
  return times.at(-1) - times[0];
}

test("400 requests of 8 processes: one limit, and hardly a moment lost", { timeout: 120_000 }, async (t) => {
  const { log } = await run(t);
  assert.equal(log.length, PROCESSES * CALLS);
  const least = (log.length / LIMIT.requests - 1) * LIMIT.perMs;
  const took = check(log);
  assert.ok(took <= least * 1.05, `${took} ms, where ${least} are possible`);
});

test("three of them are killed in the middle: the others lose no window", { timeout: 120_000 }, async (t) => {
  const { log } = await run(t, async (children, world) => {
    while ((await world.requests()).length < 100) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const child of children.slice(0, 3)) child.kill("SIGKILL");
  });
  const left = log.length;
  assert.ok(left >= 5 * CALLS && left < PROCESSES * CALLS, `${left} went out`);
  const took = check(log);
  const least = (Math.ceil(left / LIMIT.requests) - 1) * LIMIT.perMs;
  assert.ok(took <= least * 1.05 + LIMIT.perMs / 2, `${took} ms, where ${least} are possible`);
});
