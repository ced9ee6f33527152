// A run over a list of people, on a sandbox in this process.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Centerfy, createSandbox, memoryStore, redisStore, settle } from "../proxy/support.mjs";
import { Ioredis } from "../stores/clients.mjs";
import { startRedis } from "../stores/redis.mjs";
import { createRun } from "./load.mjs";

// Durability is not tested here, and disks are slow on a busy machine.
const redis = await startRedis({ fsync: "no" });
after(() => redis.stop());

async function app(options) {
  const sandbox = await createSandbox({ rateLimit: false });
  const store = options?.store ?? memoryStore();
  const client = (more) => new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, store, rateLimit: false, ...more });
  const contacts = sandbox.contacts();
  const item = (i, more) => ({
    key: `person-${i}`,
    timeZone: "UTC",
    sendMessage: { content: `Hello ${i}`, ai: false, conversation_id: contacts[i % contacts.length].conversation_id, channel: "sms" },
    ...more,
  });
  const items = (count) => Array.from({ length: count }, (_, i) => item(i));
  const sent = () => sandbox.deliveries().map(({ request }) => request.content);
  return { sandbox, store, client, item, items, sent, run: (more) => createRun({ centerfy: client(), store, id: "recall", ...more }) };
}

const collect = async (outcomes) => {
  const all = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
};
const states = (outcomes) => outcomes.map(({ state }) => state);
const byKey = (outcomes) => Object.fromEntries(outcomes.map(({ key, ...outcome }) => [key, outcome]));

test("all items are sent, and none again when the run is started again with a longer list", async () => {
  const { run, items, sent } = await app();
  assert.deepEqual(states(await collect(run().all(items(20)))), Array(20).fill("sent"));
  assert.equal(sent().length, 20);
  assert.deepEqual(states(await collect(run().all(items(30)))), Array(30).fill("sent"));
  assert.equal(new Set(sent()).size, 30);
  assert.equal(sent().length, 30);
});

test("a run that was ended goes on where it stopped", async () => {
  const { run, items, sent } = await app();
  for await (const { state } of run().all(items(40))) if (state === "sent" && sent().length > 10) break;
  const before = sent().length;
  assert.ok(before < 40);
  await collect(run().all(items(40)));
  assert.equal(sent().length, 40);
  assert.equal(new Set(sent()).size, 40);
});

test("a signal ends a run cleanly, also one that waits for its hours", { timeout: 20_000 }, async () => {
  const { run, items, sent } = await app();
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).getUTCDay();
  const hours = { from: "09:00", to: "10:00", days: [["sun", "mon", "tue", "wed", "thu", "fri", "sat"][tomorrow]] };
  const controller = new AbortController();
  const collecting = collect(run({ hours }).all(items(5), { signal: controller.signal }));
  setImmediate(() => controller.abort());
  assert.deepEqual(await collecting, []);
  assert.equal(sent().length, 0);
});

test("a restart after the hours says at once what was sent before", { timeout: 20_000 }, async () => {
  const { run, item, items, sent } = await app();
  const clock = (ms) => new Date(ms).toISOString().slice(11, 16);
  const HOUR = 3_600_000;
  const hours = { from: clock(Date.now() - HOUR), to: clock(Date.now() + HOUR) };
  await collect(run({ hours }).all(items(100)));
  const closed = (item) => ({ ...item, timeZone: "Etc/GMT-12" });
  assert.deepEqual(states(await collect(run({ hours }).all(items(100).map(closed)))), Array(100).fill("sent"));
  // One that was not sent waits, and the others do not wait for it.
  const ending = new AbortController();
  const seen = [];
  for await (const { key } of run({ hours }).all([closed(item(100)), ...items(100).map(closed), item(101)], { signal: ending.signal })) {
    if (seen.push(key) === 101) ending.abort();
  }
  assert.equal(new Set(seen).size, 101);
  assert.ok(!seen.includes("person-100"));
  assert.equal(sent().length, 101);
});

test("an item is skipped unless allow says true right before it is sent", async () => {
  const { run, items, sent } = await app();
  const optedOut = new Set(["person-1"]);
  const allow = async ({ key }) => {
    if (key === "person-2") throw new Error("the list is not there");
    return key === "person-3" ? "yes" : !optedOut.has(key);
  };
  const outcomes = byKey(await collect(run({ allow }).all(items(5))));
  assert.deepEqual(outcomes["person-1"], { state: "skipped", reason: false });
  assert.equal(outcomes["person-2"].reason.message, "the list is not there");
  assert.deepEqual(outcomes["person-3"], { state: "skipped", reason: "yes" });
  assert.deepEqual(sent().sort(), ["Hello 0", "Hello 4"]);
  optedOut.clear();
  assert.equal(byKey(await collect(run({ allow }).all(items(2))))["person-1"].state, "sent");
});

test("a step outside of the hours is later, with the exact time, and sends nothing", async () => {
  const { run, item, sent } = await app();
  const inUtc = (ms) => new Date(Date.now() + ms).toISOString().slice(11, 16);
  const hours = { from: inUtc(2 * 3_600_000), to: inUtc(3 * 3_600_000) };
  const { state, at, reason } = await run({ hours }).step(item(1));
  assert.deepEqual([state, reason, at.toISOString().slice(11)], ["later", "hours", `${hours.from}:00.000Z`]);
  assert.equal((await run({ hours: { from: inUtc(-3_600_000), to: inUtc(3_600_000) }, id: "open" }).step(item(1))).state, "sent");
  assert.equal(sent().length, 1);
});

test("bad items fail, each with its field, and the run goes on", async () => {
  const { run, item, sent } = await app();
  const wrong = [
    [item(0, { timeZone: undefined }), "timeZone"],
    [item(0, { timeZone: "Berlin" }), "timeZone"],
    [item(0, { key: "" }), "key"],
    [item(0, { key: 7 }), "key"],
    [item(0, { makeAiCall: ["a", {}] }), "item"],
    [item(0, { sendMessage: undefined, makeAiCall: "a" }), "makeAiCall"],
    [item(0, { sendMessage: { content: "Hi" } }), "ai"],
    [undefined, "key"],
  ];
  const outcomes = await collect(run().all([...wrong.map(([it]) => it), item(1)]));
  const failed = outcomes.filter(({ state }) => state === "failed").map(({ error }) => error.field);
  assert.deepEqual(failed.sort(), wrong.map(([, field]) => field).sort());
  assert.deepEqual(sent(), ["Hello 1"]);
});

test("a lost answer is unknown, is not sent again, and can be settled", async () => {
  const { sandbox, run, items, sent, store } = await app();
  sandbox.fail("sendMessage", { type: "drop", when: "after" });
  const first = await collect(run().all(items(3)));
  const unknown = first.find(({ state }) => state === "unknown");
  assert.equal(unknown.error.maybeDelivered, true);
  assert.equal(byKey(await collect(run().all(items(3))))[unknown.key].state, "unknown");
  assert.equal(sent().length, 3);
  assert.equal(await settle(store, { run: "recall", key: unknown.key }, "delivered"), true);
  assert.deepEqual(byKey(await collect(run().all(items(3))))[unknown.key], { state: "sent", answer: {} });
  assert.equal(sent().length, 3);
});

test("what the API refused has failed, and is tried again by the next run", async () => {
  const { sandbox, run, item, sent } = await app();
  sandbox.fail("sendMessage", { type: "answer", status: 403 });
  const { state, error } = await run().step(item(1));
  assert.deepEqual([state, error.status], ["failed", 403]);
  assert.equal((await run().step(item(1))).state, "sent");
  assert.equal(sent().length, 1);
});

test("a 429 pauses the run, and loses no item", async () => {
  const { sandbox, run, items, sent } = await app();
  sandbox.fail("sendMessage", { type: "answer", status: 429, headers: { "retry-after-ms": "50" }, times: 3 });
  assert.deepEqual(states(await collect(run().all(items(12)))), Array(12).fill("sent"));
  assert.equal(new Set(sent()).size, 12);
});

test("a step over the pace is later; a run waits for it", { timeout: 20_000 }, async () => {
  const { run, item, items, sent } = await app();
  const pace = { requests: 2, perMs: 400 };
  await collect(run({ pace, id: "one" }).all(items(2)));
  const { state, reason, at } = await run({ pace, id: "one" }).step(item(2));
  assert.deepEqual([state, reason], ["later", "pace"]);
  assert.ok(at.getTime() - Date.now() <= 400);
  const started = performance.now();
  await collect(run({ pace, id: "two" }).all(items(6)));
  assert.ok(performance.now() - started > 780);
  assert.equal(sent().length, 8);
});

test("a key that is listed twice is sent once", async () => {
  const { run, item, sent } = await app();
  const outcomes = await collect(run().all([item(1), item(1), item(2), item(1)]));
  assert.deepEqual(outcomes.map(({ key, state }) => [key, state]).sort(), [["person-1", "sent"], ["person-1", "sent"], ["person-1", "sent"], ["person-2", "sent"]]);
  assert.equal(sent().length, 2);
});

test("a run waits for a call to end, and then makes the next", { timeout: 30_000 }, async () => {
  const { sandbox, client, store } = await app();
  const [agent] = sandbox.agents();
  const { organization_id, sub_account_id } = agent;
  const calls = sandbox.contacts().slice(0, 2).map(({ id: contact_id }, i) => ({ key: `call-${i}`, timeZone: "UTC", makeAiCall: [agent.id, { contact_id, organization_id, sub_account_id }] }));
  const run = createRun({ centerfy: client(), store, id: "calls", concurrent: 1 });
  const states = [];
  for await (const { key, state } of run.all(calls)) {
    states.push(state);
    await run.ended(key);
  }
  assert.deepEqual(states, ["sent", "sent"]);
});

test("a step over the rate limit is later, at the time of the next slot", { timeout: 20_000 }, async () => {
  const { run, item, client, sent } = await app();
  const centerfy = client({ rateLimit: { requests: 1, perMs: 60_000 } });
  const started = Date.now();
  await run({ centerfy }).step(item(0));
  const { state, reason, at } = await run({ centerfy }).step(item(1));
  assert.deepEqual([state, reason], ["later", "pace"]);
  assert.ok(at.getTime() >= started + 60_000 && at.getTime() <= Date.now() + 60_000, at.toISOString());
  assert.equal(sent().length, 1);
});

test("so many calls at the same time as concurrent says, until they end", async () => {
  const { sandbox, run, store, client } = await app();
  const [agent] = sandbox.agents();
  const contacts = sandbox.contacts();
  const { organization_id, sub_account_id } = agent;
  const call = (i) => ({ key: `call-${i}`, timeZone: "UTC", makeAiCall: [agent.id, { contact_id: contacts[i % contacts.length].id, organization_id, sub_account_id }] });
  const calls = createRun({ centerfy: client(), store, id: "calls", concurrent: 2 });
  assert.deepEqual(states([await calls.step(call(0)), await calls.step(call(1))]), ["sent", "sent"]);
  const { state, reason, at } = await calls.step(call(2));
  assert.deepEqual([state, reason], ["later", "concurrent"]);
  assert.ok(Math.abs(at.getTime() - Date.now() - agent.max_duration * 60_000) < 10_000);
  await calls.ended("call-0");
  assert.equal((await calls.step(call(2))).state, "sent");
  assert.equal((await calls.step(call(1))).state, "sent");
  assert.equal(sandbox.deliveries().length, 3);
});

test("a dry run sends nothing", async () => {
  const { run, items, sandbox, sent } = await app();
  const outcomes = await collect(run({ dryRun: true, allow: ({ key }) => key !== "person-1", pace: { requests: 30, perMs: 60_000 } }).all(items(4)));
  assert.deepEqual(states(outcomes), ["later", "skipped", "later", "later"]);
  assert.ok(outcomes[3].at - outcomes[0].at >= 4_000);
  assert.deepEqual([sent().length, sandbox.log().length], [0, 0]);
});

test("a dry run of a run that has started says what is left, when, and when it would be done", async (t) => {
  const { run, item, items, sent } = await app();
  let now = Date.parse("2026-12-01T16:59:30Z");
  t.mock.method(Date, "now", () => now);
  const options = { hours: { from: "09:00", to: "17:00" }, pace: { requests: 1, perMs: 60_000 } };
  await run(options).step(item(0));
  // In Berlin the hours end in half a minute, and the first slot is taken.
  now -= 3_600_000;
  const list = [item(0), item(1), item(2, { timeZone: "Europe/Berlin" }), item(3), item(4, { timeZone: "Asia/Tokyo" }), item(5, { timeZone: "Asia/Tokyo" })];
  const outcomes = await collect(run({ ...options, dryRun: true }).all(list));
  assert.deepEqual(outcomes.map(({ state, at, reason }) => [state, at?.toISOString().slice(5, 19), reason]), [
    ["sent", undefined, undefined],
    ["later", "12-01T15:59:30", "pace"],
    ["later", "12-02T08:00:30", "pace"],
    ["later", "12-01T16:00:30", "pace"],
    ["later", "12-02T00:00:30", "hours"],
    ["later", "12-02T00:01:30", "hours"],
  ]);
  assert.equal(sent().length, 1);
});

test("progress is reported after each outcome", async () => {
  const { run, items } = await app();
  const reported = [];
  await collect(run({ onProgress: (progress) => reported.push(progress) }).all(items(4)));
  assert.deepEqual(reported.map(({ done, total }) => [done, total]), [[1, 4], [2, 4], [3, 4], [4, 4]]);
  assert.ok(reported[3].expectedEnd instanceof Date && reported[3].perMinute > 0 && reported[3].states.sent === 4);
});

test("several processes on one Redis reach each person once, and items are read as they are needed", { timeout: 60_000 }, async (t) => {
  const connections = [1, 2, 3].map(() => new Ioredis(redis.url));
  t.after(() => connections.forEach((connection) => connection.disconnect()));
  const sandbox = await createSandbox({ rateLimit: false });
  const [{ conversation_id }] = sandbox.contacts();
  let most = 0;
  const one = async (connection) => {
    const store = redisStore(connection);
    const centerfy = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, store, rateLimit: false });
    let [read, done] = [0, 0];
    const items = async function* () {
      for (; read < 1_000; read++) {
        most = Math.max(most, read - done);
        yield { key: `p${read}`, timeZone: "Europe/Berlin", sendMessage: { content: `p${read}`, ai: false, conversation_id, channel: "sms" } };
      }
    };
    for await (const { state } of createRun({ centerfy, store, id: "many" }).all(items())) {
      assert.equal(state, "sent");
      done++;
    }
    return done;
  };
  assert.deepEqual(await Promise.all(connections.map(one)), [1_000, 1_000, 1_000]);
  assert.equal(sandbox.deliveries().length, 1_000);
  assert.ok(most < 600, `${most} were read ahead`);
});

test("the report lists the items by state, from the store alone", async () => {
  const { sandbox, store, client, run, items } = await app();
  sandbox.fail("sendMessage", { type: "drop", when: "after" });
  sandbox.fail("sendMessage", { type: "answer", status: 403 });
  const allow = ({ key }) => {
    if (key === "person-8") throw new Error("the list of opt-outs is not there");
    return key !== "person-9";
  };
  await collect(run({ allow }).all(items(10)));
  const elsewhere = createRun({ centerfy: client(), store, id: "recall" });
  const { counts, items: listed } = await elsewhere.report();
  assert.deepEqual(counts, { sent: 6, skipped: 2, failed: 1, unknown: 1, sending: 0 });
  assert.deepEqual(listed.skipped.sort((a, b) => (a.key < b.key ? -1 : 1)), [
    { key: "person-8", reason: "the list of opt-outs is not there" },
    { key: "person-9", reason: "false" },
  ]);
  assert.match(listed.failed[0].reason, /403/);
  assert.equal(await settle(store, { run: "recall", key: listed.unknown[0].key }, "not delivered"), true);
  assert.equal(await settle(store, { run: "recall", key: listed.sent[0].key }, "not delivered"), false);
  await collect(run().all(items(10)));
  assert.deepEqual((await elsewhere.report()).counts, { sent: 10, skipped: 0, failed: 0, unknown: 0, sending: 0 });
  assert.deepEqual((await createRun({ centerfy: client(), store, id: "unused" }).report()).counts.sent, 0);
});

test("a run that exists is refused with other hours or another kind of item, naming what differs", async () => {
  const { sandbox, run, item, items, sent } = await app();
  const hours = { from: "00:00", to: "24:00" };
  await run({ hours }).step(item(1));
  const call = { key: "call-1", timeZone: "UTC", makeAiCall: [sandbox.agents()[0].id, {}] };
  const other = { code: "validation", field: "hours", message: /00:00 to 24:00.*recall.*00:00 to 12:00/ };
  await assert.rejects(run({ hours: { from: "00:00", to: "12:00" } }).step(item(2)), other);
  await assert.rejects(collect(run({ hours: { from: "00:00", to: "12:00" } }).all(items(2))), other);
  await assert.rejects(run().step(item(2)), { code: "validation", field: "hours" });
  await assert.rejects(run({ hours }).step(call), { code: "validation", field: "item", message: /sendMessage.*recall.*makeAiCall/ });
  // Within a run, only that item is wrong.
  const outcomes = await collect(run({ hours }).all([item(1), call, item(2)]));
  assert.deepEqual(outcomes.map(({ key, state }) => [key, state]).sort(), [["call-1", "failed"], ["person-1", "sent"], ["person-2", "sent"]]);
  assert.equal(sent().length, 2);
});

test("an opt-out one millisecond before the gate is honored, however long the item was queued", { timeout: 20_000 }, async () => {
  const { run, items, sent, client, store } = await app();
  const limit = { requests: 1, perMs: 300 };
  const optedOut = new Set();
  const allow = ({ key }) => !optedOut.has(key);
  const centerfy = client({ rateLimit: store.limiter(limit) });
  const outcomes = [];
  for await (const outcome of run({ centerfy, allow }).all(items(3))) {
    outcomes.push(outcome);
    // The others are queued now.
    optedOut.add("person-2");
  }
  assert.deepEqual(byKey(outcomes)["person-2"], { state: "skipped", reason: false });
  assert.deepEqual(sent(), ["Hello 0", "Hello 1"]);
});

test("the hours are checked again when the slot comes, when allow answered, and when the record is written", async (t) => {
  const { run, item, sent, store } = await app();
  const noon = Date.parse("2026-12-01T11:59:59.999Z");
  const hours = { from: "09:00", to: "12:00" };
  let now = noon;
  t.mock.method(Date, "now", () => now);
  const pause = () => (now = noon + 1);
  const { startItem } = store.runs;
  for (const [id, options] of Object.entries({
    slot: { centerfy: undefined },
    allow: { allow: async () => (pause(), true) },
    record: {},
  })) {
    now = noon;
    store.runs.startItem = async (...args) => {
      const reply = await startItem(...args);
      if (id === "record") pause();
      return reply;
    };
    const rateLimit = { async acquire() { if (id === "slot") pause(); } };
    const centerfy = new Centerfy({ apiKey: "cfy_test", store, rateLimit, fetch: () => assert.fail("sent") });
    const { state, reason, at } = await run({ ...options, centerfy, hours, id }).step(item(1));
    assert.deepEqual([id, state, reason, at.toISOString()], [id, "later", "hours", "2026-12-02T09:00:00.000Z"]);
    store.runs.startItem = startItem;
    // It is not lost: on the next day it is sent.
    now = at.getTime();
    assert.equal((await run({ hours, id }).step(item(1))).state, "sent");
  }
  assert.equal(sent().length, 3);
});

test("an item that another process is sending is later, and its outcome is known when it has ended", async () => {
  const { run, item, sandbox, sent } = await app();
  sandbox.fail("sendMessage", { type: "delay", ms: 300 });
  const [first, second] = [run(), run()];
  const sending = first.step(item(1));
  while (!(await first.report()).counts.sending) await new Promise(setImmediate);
  const { state, reason, at } = await second.step(item(1));
  assert.deepEqual([state, reason], ["later", "sending"]);
  assert.ok(at.getTime() > Date.now() && at.getTime() <= Date.now() + 10_000);
  const { answer } = await sending;
  assert.deepEqual(await second.step(item(1)), { key: "person-1", state: "sent", answer });
  assert.equal(sent().length, 1);
});

test("wrong options are refused, naming the option", async () => {
  const { store, client } = await app();
  const right = { centerfy: client(), store, id: "recall" };
  const hours = { from: "09:00", to: "18:00" };
  for (const [field, wrong] of [
    ["centerfy", { centerfy: new Centerfy({ apiKey: "cfy_without_store" }) }],
    ["centerfy", { centerfy: {} }],
    ["store", { store: {} }],
    ["store", { store: memoryStore() }],
    ["id", { id: "" }],
    ["hours.from", { hours: { ...hours, from: "9" } }],
    ["hours.to", { hours: { ...hours, to: "24:30" } }],
    ["hours.to", { hours: { ...hours, to: "09:00" } }],
    ["hours.days", { hours: { ...hours, days: ["monday"] } }],
    ["allow", { allow: true }],
    ["pace", { pace: { requests: 0, perMs: 1 } }],
    ["concurrent", { concurrent: 0.5 }],
    ["keepMs", { keepMs: 0 }],
    ["hour", { hour: hours }],
    ["hours.day", { hours: { ...hours, day: ["sun"] } }],
  ]) {
    assert.throws(() => createRun({ ...right, ...wrong }), { code: "validation", field }, field);
  }
});
