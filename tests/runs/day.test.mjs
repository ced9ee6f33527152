// A whole day of a run with many people, in the sandbox's time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, createSandbox, memoryStore } from "../proxy/support.mjs";
import { createRun } from "./load.mjs";

/** A Monday on which no clock changes. */
const MIDNIGHT = Date.UTC(2026, 1, 2);
const DAY = 86_400_000;
const HOURS = { from: "09:00", to: "18:00" };

/** Whether the time is within the hours in a time zone. */
function isOpen(timeZone, at) {
  const time = new Date(at).toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return time >= HOURS.from && time < HOURS.to;
}

test("advance drives a whole day of a run: a thousand people, each in the hours of their time zone and once", { timeout: 120_000 }, async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: MIDNIGHT });
  const sandbox = await createSandbox({ contacts: 1_000, now: MIDNIGHT, rateLimit: false });
  const store = memoryStore();
  const centerfy = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, store, rateLimit: false });
  const run = createRun({ centerfy, store, id: "day", hours: HOURS });
  const people = sandbox.contacts();
  const itemOf = ({ id, conversation_id, time_zone }) => ({ key: id, timeZone: time_zone, sendMessage: { content: "Hello", ai: false, conversation_id, channel: "sms" } });

  // An engine: items that are later wait until then.
  const waiting = new Map([[MIDNIGHT, people.map(itemOf)]]);
  while (waiting.size > 0) {
    const at = Math.min(...waiting.keys());
    sandbox.advance(at - Date.now());
    t.mock.timers.setTime(at);
    const due = waiting.get(at);
    waiting.delete(at);
    for (const item of due) {
      const outcome = await run.step(item);
      if (outcome.state === "later") waiting.set(outcome.at.getTime(), [...(waiting.get(outcome.at.getTime()) ?? []), item]);
      else assert.equal(outcome.state, "sent", JSON.stringify(outcome));
    }
  }

  const deliveries = sandbox.deliveries();
  const zones = new Map(people.map((person) => [person.conversation_id, person.time_zone]));
  assert.equal(deliveries.length, 1_000);
  assert.equal(new Set(deliveries.map(({ request }) => request.conversation_id)).size, 1_000);
  for (const { request, at } of deliveries) {
    const zone = zones.get(request.conversation_id);
    assert.ok(isOpen(zone, at), `${zone} at ${new Date(at).toISOString()}`);
    assert.ok(at < MIDNIGHT + DAY);
  }
  assert.equal((await run.report()).counts.sent, 1_000);
});
