// The hours of a run, over time zones and clock changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../support/random.mjs";
import { source } from "../stores/source.mjs";
import { isWithin } from "./wall.mjs";

const { nextOpen, parseTime } = await source(`export { nextOpen, parseTime } from "../runs/hours.js";`);

const MINUTE = 60_000;

const hoursOf = ({ from, to, days }) => ({ from: parseTime(from), to: parseTime(to), days: new Set(days) });
const next = (hours, timeZone, at) => nextOpen(hoursOf(hours), timeZone, Date.parse(at));
const iso = (at) => at && new Date(at).toISOString();

const WEEK = [1, 2, 3, 4, 5];
const OFFICE = { from: "09:00", to: "18:00", days: WEEK };

const CASES = [
  ["within", OFFICE, "Europe/Berlin", "2026-12-01T08:00:00Z", "2026-12-01T08:00:00.000Z"],
  ["a millisecond before the end", OFFICE, "Europe/Berlin", "2026-12-01T16:59:59.999Z", "2026-12-01T16:59:59.999Z"],
  ["at the end", OFFICE, "Europe/Berlin", "2026-12-01T17:00:00Z", "2026-12-02T08:00:00.000Z"],
  ["over a weekend", OFFICE, "Europe/Berlin", "2026-12-04T17:00:00Z", "2026-12-07T08:00:00.000Z"],
  ["over the weekend of the spring change", OFFICE, "Europe/Berlin", "2026-03-27T17:00:00Z", "2026-03-30T07:00:00.000Z"],
  ["over the weekend of the autumn change", OFFICE, "America/New_York", "2026-10-30T22:00:00Z", "2026-11-02T14:00:00.000Z"],
  ["an hour that is skipped", { from: "02:15", to: "02:45", days: [0] }, "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-04-05T00:15:00.000Z"],
  ["hours that begin in a skipped hour", { from: "02:30", to: "04:00", days: [0] }, "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00.000Z"],
  ["the second of a repeated hour", { from: "02:00", to: "02:30", days: [0] }, "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00.000Z"],
  ["a zone with half an hour", OFFICE, "Asia/Kolkata", "2026-12-01T00:00:00Z", "2026-12-01T03:30:00.000Z"],
  ["a zone with a change of half an hour", OFFICE, "Australia/Lord_Howe", "2026-10-02T08:00:00Z", "2026-10-04T22:00:00.000Z"],
  ["a zone with three quarters", OFFICE, "Asia/Kathmandu", "2026-12-01T00:00:00Z", "2026-12-01T03:15:00.000Z"],
  ["over midnight, in the evening", { from: "20:00", to: "02:00", days: [5] }, "UTC", "2026-12-04T12:00:00Z", "2026-12-04T20:00:00.000Z"],
  ["over midnight, on the next day", { from: "20:00", to: "02:00", days: [5] }, "UTC", "2026-12-05T01:59:00Z", "2026-12-05T01:59:00.000Z"],
  ["over midnight, afterwards", { from: "20:00", to: "02:00", days: [5] }, "UTC", "2026-12-05T02:00:00Z", "2026-12-11T20:00:00.000Z"],
  ["a whole day", { from: "00:00", to: "24:00", days: [3] }, "UTC", "2026-12-03T00:00:00Z", "2026-12-09T00:00:00.000Z"],
];

for (const [what, hours, timeZone, at, expected] of CASES) {
  test(`the next time: ${what}`, () => assert.equal(iso(next(hours, timeZone, at)), expected));
}

test("hours that exist in a skipped hour alone are found in another week, or not at all", () => {
  const never = { from: "02:00", to: "03:00", days: [0] };
  assert.equal(iso(next(never, "Europe/Berlin", "2026-03-29T00:30:00Z")), "2026-04-05T00:00:00.000Z");
});

test("times are HH:MM", () => {
  for (const wrong of ["9:00", "09:60", "24:01", "25:00", "", undefined, 9]) assert.equal(parseTime(wrong), undefined, wrong);
  assert.deepEqual([parseTime("00:00"), parseTime("24:00"), parseTime("09:30")], [0, 86_400_000, 34_200_000]);
});

/** Times at which zones change their clocks, and others. */
const CHANGES = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01", "2026-12-31", "2026-06-15", "2026-02-16", "2026-03-22"];

test("in 300 random zones and hours, the next time is within the hours, and no earlier one is", () => {
  const next = random(7);
  const pick = (most) => Math.floor(next() * most);
  const zones = Intl.supportedValuesOf("timeZone");
  const clock = () => `${String(pick(24)).padStart(2, "0")}:${String(15 * pick(4)).padStart(2, "0")}`;
  let waited = 0;
  for (let i = 0; i < 300; i++) {
    const timeZone = zones[pick(zones.length)];
    const days = [0, 1, 2, 3, 4, 5, 6].filter(() => pick(2));
    const hours = { from: clock(), to: clock(), days: days.length ? days : [pick(7)] };
    if (hours.from === hours.to) continue;
    const at = Date.parse(`${CHANGES[pick(CHANGES.length)]}T00:00:00Z`) + pick(4 * 24 * 60 - 2 * 24 * 60) * MINUTE;
    const found = nextOpen(hoursOf(hours), timeZone, at);
    const what = `${timeZone} ${JSON.stringify(hours)} from ${iso(at)}: ${iso(found)}`;
    assert.ok(found >= at && isWithin(hours, timeZone, found), what);
    for (let earlier = at; earlier < found; earlier += 5 * MINUTE) assert.ok(!isWithin(hours, timeZone, earlier), `${what}, but ${iso(earlier)}`);
    if (found > at) assert.ok(!isWithin(hours, timeZone, found - 1), `${what}, but a millisecond before`);
    waited += found > at;
  }
  assert.ok(waited > 100, `only ${waited} waited`);
});
