// Fake timers with a real clock, the default of many test frameworks: a timer that fired counts as
// elapsed time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, freshCopy, hang, rejection, stub } from "./support.mjs";

/** Clients of a new copy of the package, and a function that advances the fake timers. */
async function faked(t) {
  const { Centerfy } = await freshCopy();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const move = async (ms) => {
    for (let moved = 0; moved < ms; moved += 100) {
      t.mock.timers.tick(100);
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
    }
  };
  const client = (fetch, options) => new Centerfy({ apiKey: "cfy_faked_timers", baseUrl: "http://api.test", fetch, ...options });
  return { client, move };
}

test("a retry is sent when its timer fires", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n) => (n === 1 ? answer({}, 503) : answer({ id: "a" })));
  const call = client(fetch).getAgent("a");
  await move(1000);
  assert.deepEqual(await call, { id: "a" });
});

test("the pause of a 429 is waited once, and not a second time at the limiter", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after": "30" }) : answer({ id: "a" })));
  const call = client(fetch).getAgent("a");
  await move(29_000);
  assert.equal(fetch.sent.length, 1);
  await move(1500);
  assert.equal(fetch.sent.length, 2);
  assert.deepEqual(await call, { id: "a" });
});

test("`timeout` ends the call, not only the attempt", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n, url, { signal }) => hang(signal));
  const failed = rejection(client(fetch, { timeout: 5000 }).getAgent("a"));
  await move(5100);
  const { code, attempts } = await failed;
  assert.deepEqual({ code, attempts }, { code: "timeout", attempts: 1 });
});

test("retries end at the timeout", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n, url, { signal }) => hang(signal));
  const failed = rejection(client(fetch, { attemptTimeout: 5000, timeout: 8000 }).getAgent("a"));
  await move(8100);
  const { code, attempts } = await failed;
  assert.deepEqual({ code, attempts }, { code: "timeout", attempts: 2 });
});

test("windows end", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub();
  const limited = client(fetch, { rateLimit: { requests: 2, perMs: 1000 } });
  const calls = Promise.all(Array.from({ length: 6 }, () => limited.getAgent("a")));
  await move(900);
  assert.equal(fetch.sent.length, 2);
  await move(3000);
  assert.equal(fetch.sent.length, 6);
  await calls;
});

test("a rounded timer does not advance the clock: no window is shorter than configured", async () => {
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const client = new Centerfy({ apiKey: "cfy_real_timers", baseUrl: "http://api.test", fetch, rateLimit: { requests: 1, perMs: 3 } });
  await Promise.all(Array.from({ length: 100 }, () => client.getAgent("a")));
  const times = fetch.sent.map(({ at }) => at);
  for (let i = 1; i < times.length; i++) assert.ok(times[i] - times[i - 1] >= 2, `${times[i] - times[i - 1]} ms`);
});
