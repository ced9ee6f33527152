// Made-up people, as many as a test needs, and a whole day on which they are reached.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, createSandbox, pair, refuses } from "./support.mjs";

/** A Monday on which no clock changes. */
const MIDNIGHT = Date.UTC(2026, 1, 2);
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 1_440 * MINUTE;

/** The hour of the day in a time zone, for example 9.5 at 09:30. */
function hourIn(timeZone) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hour: "numeric", minute: "numeric", hourCycle: "h23" });
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    return parts.hour + parts.minute / 60;
  };
}

const messageTo = ({ conversation_id }) => ({ content: "See you at ten.", ai: false, conversation_id, channel: "sms" });

test("the seed determines a number of people, who are spread over time zones", async () => {
  const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => createSandbox({ seed, contacts: 1_000 })));
  const people = one.contacts();
  assert.equal(people.length, 1_000);
  assert.deepEqual(same.contacts(), people);
  assert.notDeepEqual(other.contacts(), people);
  assert.equal(new Set(people.map(({ id }) => id)).size, 1_000);
  const zones = [...new Set(people.map(({ time_zone }) => time_zone))];
  assert.equal(zones.length, 20);
  // All of them are known to the runtime, and some have half hours and quarter hours.
  const minutes = zones.map((zone) => Math.round((hourIn(zone)(MIDNIGHT) % 1) * 60));
  assert.deepEqual([...new Set(minutes)].sort(), [0, 30, 45]);
  assert.deepEqual([one.calls(), one.agents().length], [[], 4]);
});

test("some people cannot be called, some have no email address", async () => {
  const { sandbox, client } = await pair({ contacts: 60 });
  const { organizationId: organization_id, subAccountId: sub_account_id } = sandbox;
  const [agent] = sandbox.agents();
  const counts = { called: 0, refused: 0 };
  for (const { id: contact_id, phone } of sandbox.contacts()) {
    const call = client.makeAiCall(agent.id, { contact_id, organization_id, sub_account_id });
    if (phone === null) await assert.rejects(call, { status: 400 });
    else await call;
    counts[phone === null ? "refused" : "called"]++;
  }
  assert.equal(sandbox.deliveries().length, counts.called);
  assert.ok(counts.refused >= 3 && counts.called >= 50, JSON.stringify(counts));
  assert.ok(sandbox.contacts().some(({ email }) => email === null));
});

test("advance drives a whole day: a thousand people are each reached in the hours of their time zone", async (t) => {
  const started = performance.now();
  const sandbox = await createSandbox({ contacts: 1_000, now: MIDNIGHT });
  const centerfy = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false });
  const people = sandbox.contacts();
  const hours = new Map(people.map(({ time_zone }) => [time_zone, hourIn(time_zone)]));
  const isOpen = (zone, now) => hours.get(zone)(now) >= 9 && hours.get(zone)(now) < 18;

  let [waiting, open] = [people, new Set()];
  for (let now = MIDNIGHT; now < MIDNIGHT + DAY; now += MINUTE) {
    if (now % QUARTER === 0) open = new Set([...hours.keys()].filter((zone) => isOpen(zone, now)));
    // The sandbox has the API's limit of 60 a minute.
    const due = waiting.filter(({ time_zone }) => open.has(time_zone)).slice(0, 60);
    for (const person of due) await centerfy.sendMessage(messageTo(person), { maxRetries: 0 });
    const done = new Set(due);
    if (done.size > 0) waiting = waiting.filter((person) => !done.has(person));
    sandbox.advance(MINUTE);
  }
  t.diagnostic(`a day with 1,000 people: ${Math.round(performance.now() - started)} ms`);

  const deliveries = sandbox.deliveries();
  const byConversation = new Map(people.map((person) => [person.conversation_id, person]));
  const reached = deliveries.map(({ request }) => byConversation.get(request.conversation_id));
  assert.deepEqual([waiting.length, reached.length, new Set(reached).size], [0, 1_000, 1_000]);
  for (const [i, { at }] of deliveries.entries()) assert.ok(isOpen(reached[i].time_zone, at), `${reached[i].time_zone} at ${new Date(at).toISOString()}`);
  assert.deepEqual(deliveries.map(({ at }) => at), deliveries.map(({ at }) => at).sort((one, other) => one - other));
});

test("advance moves the time by a day and more at once", async () => {
  const { sandbox, client } = await pair({ contacts: 200, now: MIDNIGHT, contactReplies: true, rateLimit: false });
  for (const person of sandbox.contacts()) {
    if (person.phone !== null) await client.sendMessage(messageTo(person));
  }
  sandbox.advance(365 * DAY);
  for (const { id, phone } of sandbox.contacts()) assert.equal(sandbox.conversation(id).length, phone === null ? 0 : 2);
  await client.sendMessage(messageTo(sandbox.contacts()[0]));
  assert.equal(sandbox.deliveries().at(-1).at, MIDNIGHT + 365 * DAY);
});

test("contacts that a test lists, with and without time zones", async () => {
  const mia = { id: "c-1", name: "Mia", email: null, phone: "+12075550100", time_zone: "Europe/Berlin", conversation_id: "conv-1" };
  const { sandbox, client } = await pair({ contacts: [mia, { name: "Tom" }] });
  const [first, second] = sandbox.contacts();
  assert.deepEqual(first, mia);
  assert.deepEqual([second.name, second.time_zone, second.phone], ["Tom", null, null]);
  assert.deepEqual((await client.getContactMessages("c-1")).messages, []);
});

test("the people are the same after a reset", async () => {
  const sandbox = await createSandbox({ contacts: 50 });
  const before = sandbox.contacts();
  sandbox.reset();
  assert.deepEqual(sandbox.contacts(), before);
});

for (const [contacts, words] of [
  [-1, ["contacts must be a non-negative integer or an array", "-1"]],
  [1.5, ["contacts must be", "1.5"]],
  [NaN, ["contacts must be", "NaN"]],
  ["10", ["contacts must be", '"10"']],
  [null, ["contacts must be", "null"]],
  [100_001, ["contacts must be an integer between 0 and 100000 or a list of contacts"]],
  [[1], ["contacts must be a list of objects"]],
  [[{ nmae: "Mia" }], ["contacts has an unknown field nmae"]],
  [[{ time_zone: 5 }], ["contacts must be objects whose time_zone is a string"]],
]) {
  test(`contacts of ${JSON.stringify(contacts) ?? contacts}: createSandbox() rejects`, () => refuses(() => createSandbox({ contacts }), words));
}
