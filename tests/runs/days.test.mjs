// Whole runs over days, with a clock that the test sets: random zones, hours, clock changes and pauses of the process.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, fakeTimers, memoryStore, turn } from "../proxy/support.mjs";
import { random } from "../support/random.mjs";
import { createRun } from "./load.mjs";
import { DAYS, isWithin } from "./wall.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ITEMS = 25;

/** Days before clock changes of the north and the south, and of none. */
const STARTS = ["2026-03-06", "2026-03-27", "2026-04-03", "2026-10-02", "2026-10-23", "2026-10-30", "2026-12-30", "2026-06-15"];

const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Hours of 2 to 11 hours, also over midnight, on 1 to 7 days. */
const randomHours = (pick) => {
  const from = 30 * pick(48);
  const days = [0, 1, 2, 3, 4, 5, 6].filter(() => pick(3));
  return { from: clock(from), to: clock(from + 120 + 30 * pick(19)), days: days.length ? days : [pick(7)] };
};

const ZONES = Intl.supportedValuesOf("timeZone");

for (let seed = 1; seed <= 24; seed++) {
  test(`a run over days, seed ${seed}: no one is reached outside of the hours, and all are reached once`, async (t) => {
    const next = random(seed);
    const pick = (most) => Math.floor(next() * most);
    fakeTimers(t, "Date");
    t.mock.timers.setTime(Date.parse(`${STARTS[pick(STARTS.length)]}T00:00:00Z`) + pick(24) * HOUR);
    const hours = randomHours(pick);
    const zones = Array.from({ length: ITEMS }, () => ZONES[pick(ZONES.length)]);
    const reached = new Map();
    const fetch = async (_url, { body }) => {
      const { content } = JSON.parse(body);
      const zone = zones[Number(content)];
      assert.ok(isWithin(hours, zone, Date.now()), `${content} in ${zone} at ${new Date().toISOString()}, hours ${JSON.stringify(hours)}`);
      assert.ok(!reached.has(content), `${content} was reached twice`);
      reached.set(content, Date.now());
      return Response.json({ success: true });
    };
    const store = memoryStore();
    const centerfy = new Centerfy({ apiKey: "cfy_test", fetch, store, rateLimit: pick(2) ? { requests: 2, perMs: 10 * MINUTE } : false });
    const items = zones.map((timeZone, i) => ({ key: `k${i}`, timeZone, sendMessage: { content: String(i), ai: false, conversation_id: "c", channel: "sms" } }));
    const options = { centerfy, store, id: "days", hours: { ...hours, days: hours.days.map((day) => DAYS[day].toLowerCase()) } };
    if (pick(2)) options.pace = { requests: 3, perMs: 20 * MINUTE };
    const outcomes = [];
    let isOver = false;
    const pass = async () => {
      for await (const outcome of createRun(options).all(items)) outcomes.push(outcome);
      isOver = true;
    };
    const passing = pass();
    passing.catch(() => (isOver = true));
    for (let ticks = 0; !isOver && ticks < 20_000; ticks++) {
      for (let i = 0; i < 4; i++) await turn();
      // Sometimes the process is suspended for hours.
      t.mock.timers.tick(pick(40) ? (1 + pick(15)) * MINUTE : pick(30) * HOUR);
    }
    await passing;
    assert.deepEqual(outcomes.filter(({ state }) => state !== "sent"), []);
    assert.equal(reached.size, ITEMS);
  });
}
