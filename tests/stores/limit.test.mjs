// Eight processes, each with a client, share one limit of one key in one Redis.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { startRedis } from "./redis.mjs";

const PROCESSES = 8;
const CALLS = 50;
/** How long the slots of a dead process count as in flight, in milliseconds. */
const LEASE_MS = 5_000;

const program = fileURLToPath(new URL("one-of-many.mjs", import.meta.url));

/** Starts a process and waits until it is ready. */
const startOne = async (settings) => {
  const child = spawn(process.execPath, [program], { env: { ...process.env, CENTERFY_MANY: JSON.stringify(settings) }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const ended = once(child, "exit");
  return {
    child,
    go: () => child.stdin.write("go\n"),
    /** What it measured, or undefined if it was killed. */
    measured: lines.next().then(async ({ value }) => (await ended, value && JSON.parse(value))),
  };
};

/** Starts all processes, and lets them send at the same time. `meanwhile` gets the processes. */
async function run(t, limit, { lateMs = 0, meanwhile = () => {} } = {}) {
  const server = await startRedis({ fsync: "everysec" });
  t.after(() => server.stop());
  const world = await makeWorld({ rate_limit: { requests: limit.requests, per_ms: limit.perMs } });
  const settings = { apiKey: world.api_key, baseUrl, redisUrl: server.url, limit, calls: CALLS, lateMs };
  const processes = await Promise.all(Array.from({ length: PROCESSES }, (_, seed) => startOne({ ...settings, seed })));
  for (const { go } of processes) go();
  await meanwhile(processes.map(({ child }) => child), world);
  const measured = (await Promise.all(processes.map(({ measured }) => measured))).filter(Boolean);
  const most = (field) => Math.max(...measured.map((one) => one[field]));
  // The machine's own share: the slowest answer, and timers that fired late.
  const orders = measured.map(({ order }) => order);
  return { log: await world.requests(), orders, machineMs: most("slowest") + 3 * most("delay") };
}

/** Asserts that the API saw no window over the limit and refused no request. Returns the time from first to last. */
function check(log, { requests, perMs }) {
  const statuses = new Set(log.map(({ status }) => status));
  assert.deepEqual([...statuses], [404], "no agent has these ids, and none is refused");
  const times = log.map(({ at_ms }) => at_ms);
  const tooSoon = times.findIndex((at, i) => i >= requests && at - times[i - requests] < perMs);
  assert.equal(tooSoon, -1, `${times[tooSoon - requests]} and ${times[tooSoon]}`);
  return times.at(-1) - times[0];
}

/** Asserts that each process sent its calls in the order in which they were made. */
const checkOrders = (orders) => {
  for (const order of orders) assert.deepEqual(order, Array.from({ length: CALLS }, (_, i) => i));
};

/** The minimum time for so many requests, and the number of windows that have to pass. */
const leastOf = (count, { requests, perMs }) => {
  const windows = Math.ceil(count / requests) - 1;
  return { windows, least: windows * perMs };
};

test("400 requests of 8 processes share one limit, and hardly any time is lost", { timeout: 120_000 }, async (t) => {
  const limit = { requests: 20, perMs: 1_000 };
  const { log, orders, machineMs } = await run(t, limit);
  assert.equal(log.length, PROCESSES * CALLS);
  const took = check(log, limit);
  checkOrders(orders);
  const { windows, least } = leastOf(log.length, limit);
  assert.ok(took <= least * 1.05 + windows * machineMs, `${took} ms, where ${least} are possible, and ${machineMs} of the machine`);
});

test("400 requests of 8 processes, delayed by up to 2 seconds: no window is over the limit", { timeout: 120_000 }, async (t) => {
  const limit = { requests: 50, perMs: 1_000 };
  const lateMs = 2_000;
  const { log, machineMs } = await run(t, limit, { lateMs });
  assert.equal(log.length, PROCESSES * CALLS);
  const took = check(log, limit);
  const { windows, least } = leastOf(log.length, limit);
  const most = least * 1.05 + windows * (lateMs + machineMs);
  assert.ok(took <= most, `${took} ms, where ${most} are allowed`);
});

test("three processes are killed meanwhile: the others continue", { timeout: 120_000 }, async (t) => {
  const limit = { requests: 20, perMs: 1_000 };
  const meanwhile = async (children, world) => {
    while ((await world.requests()).length < 100) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const child of children.slice(0, 3)) child.kill("SIGKILL");
  };
  const { log, machineMs } = await run(t, limit, { meanwhile });
  assert.ok(log.length >= 5 * CALLS && log.length < PROCESSES * CALLS, `${log.length} were sent`);
  const took = check(log, limit);
  const { windows, least } = leastOf(log.length, limit);
  const most = least * 1.05 + windows * machineMs + LEASE_MS + limit.perMs;
  assert.ok(took <= most, `${took} ms, where ${least} are possible`);
});
