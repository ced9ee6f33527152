// A program works through a list, is killed at every stage of its work, and is started again: no person is reached twice,
// no one is forgotten, and the report lists all those of whom it is not known whether they were reached.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, Centerfy, makeWorld } from "../node/support.mjs";
import { redisStore } from "../proxy/load.mjs";
import { ioredis, redisFor } from "../stores/clients.mjs";
import { createRun } from "./load.mjs";

const victim = fileURLToPath(new URL("victim.mjs", import.meta.url));
const COUNT = 1_000;

/** The stages of an item. */
const MOMENTS = [
  "before claim",
  "after claim",
  "in allow",
  "before startItem",
  "after startItem",
  "before the request",
  "during the request",
  "after the request",
  "before endItem",
  "after endItem",
];

/** Runs the program until it ends. Returns what it printed; nothing if it was killed. */
async function run(settings) {
  const child = spawn(process.execPath, [victim], { env: { ...process.env, CENTERFY_VICTIM: JSON.stringify({ baseUrl, ...settings }) }, stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return printed ? JSON.parse(printed) : undefined;
}

const contentsOf = async (world) => (await world.deliveries()).map(({ request }) => request.content);

/** Asserts that every item was reached once, or may have been and is listed. Returns the report. */
async function assertEachOnce(t, world, server, { count = COUNT, id = "recall" } = {}) {
  const contents = await contentsOf(world);
  const reached = new Set(contents);
  assert.equal(contents.length, reached.size, "a person was reached twice");
  const store = redisStore(ioredis(t, server));
  const { counts, items } = await createRun({ centerfy: new Centerfy({ apiKey: world.api_key, baseUrl, store }), store, id }).report();
  const unknown = new Set(items.unknown.map(({ key }) => key));
  const forgotten = Array.from({ length: count }, (_, i) => i).filter((i) => !reached.has(`Hello ${i}`) && !unknown.has(`person-${i}`));
  assert.deepEqual(forgotten, []);
  assert.equal(counts.sent + counts.unknown, count);
  for (const { key } of items.sent) assert.ok(reached.has(key.replace("person-", "Hello ")), `${key} is listed as sent`);
  return counts;
}

test("1,000 people, and the program is killed at ten stages", { timeout: 300_000 }, async (t) => {
  const server = await redisFor(t, { fsync: "no" });
  const world = await makeWorld();
  for (const moment of MOMENTS) {
    const settings = { world, redisUrl: server.url, count: COUNT, moment, nth: moment.endsWith("claim") ? 3 : 40 };
    assert.equal(await run(settings), undefined, `it was not killed ${moment}`);
  }
  const states = await run({ world, redisUrl: server.url, count: COUNT });
  const counts = await assertEachOnce(t, world, server);
  assert.deepEqual(states, { sent: counts.sent, unknown: counts.unknown });
  t.diagnostic(`${counts.sent} sent, ${counts.unknown} unknown`);
  // At most those in flight when it was killed.
  assert.ok(counts.unknown > 0 && counts.unknown <= 8 * MOMENTS.length, `${counts.unknown} are unknown`);
});

test("Redis is killed and started again with its data in the middle of a run", { timeout: 120_000 }, async (t) => {
  const server = await redisFor(t);
  const world = await makeWorld();
  const running = run({ world, redisUrl: server.url, count: 200 });
  for (const most of [40, 100]) {
    while ((await contentsOf(world)).length < most) await new Promise((resolve) => setTimeout(resolve, 20));
    await server.kill();
    await server.start();
  }
  const states = await running;
  const counts = await assertEachOnce(t, world, server, { count: 200 });
  assert.equal((states.sent ?? 0) + (states.unknown ?? 0), 200);
  assert.deepEqual([states.sent, states.unknown ?? 0], [counts.sent, counts.unknown]);
});

const HOUR_MS = 3_600_000;
/** A time of day in UTC. */
const clock = (ms) => new Date(Date.now() + ms).toISOString().slice(11, 16);

test("two machines whose clocks differ by an hour keep the same hours, and reach each person once", { timeout: 120_000 }, async (t) => {
  const server = await redisFor(t, { fsync: "no" });
  const world = await makeWorld();
  // By the clock that is ahead, the hours have ended.
  const hours = { from: clock(-HOUR_MS), to: clock(HOUR_MS / 2) };
  const settings = { world, redisUrl: server.url, count: 300, hours };
  const states = await Promise.all([0, HOUR_MS].map((clockMs) => run({ ...settings, clockMs })));
  assert.deepEqual(states, [{ sent: 300 }, { sent: 300 }]);
  await assertEachOnce(t, world, server, { count: 300 });
});

test("a machine whose clock is an hour ahead does not start an hour early", async (t) => {
  const server = await redisFor(t, { fsync: "no" });
  const world = await makeWorld();
  t.mock.method(Date, "now", ((now) => () => now() + HOUR_MS)(Date.now));
  const store = redisStore(ioredis(t, server));
  const centerfy = new Centerfy({ apiKey: world.api_key, baseUrl, store });
  const hours = { from: clock(-HOUR_MS / 2), to: clock(HOUR_MS) };
  const sendMessage = { content: "Hello", ai: false, conversation_id: world.contacts[0].conversation_id, channel: "sms" };
  const { state, reason, at } = await createRun({ centerfy, store, id: "early", hours }).step({ key: "a", timeZone: "UTC", sendMessage });
  assert.deepEqual([state, reason, at.toISOString().slice(11, 16)], ["later", "hours", hours.from]);
  assert.deepEqual(await contentsOf(world), []);
});
