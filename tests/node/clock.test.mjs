// Timers that are faked while the clock goes on, as many test frameworks do it by default: a timer
// that rang is believed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, freshCopy, hang, rejection, stub } from "./support.mjs";

/** Clients of a copy of the package that has seen no timer yet, and what moves the faked time on. */
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

test("a retry comes when its timer rings", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n) => (n === 1 ? answer({}, 503) : answer({ id: "a" })));
  const call = client(fetch).getAgent("a");
  await move(1000);
  assert.deepEqual(await call, { id: "a" });
});

test("a 429 is waited for once, and not a second time at the limiter", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after": "30" }) : answer({ id: "a" })));
  const call = client(fetch).getAgent("a");
  await move(29_000);
  assert.equal(fetch.sent.length, 1);
  await move(1500);
  assert.equal(fetch.sent.length, 2);
  assert.deepEqual(await call, { id: "a" });
});

test("a timeout ends the call, and not only the attempt", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n, url, { signal }) => hang(signal));
  const failed = rejection(client(fetch, { timeout: 5000 }).getAgent("a"));
  await move(5100);
  const { code, attempts } = await failed;
  assert.deepEqual({ code, attempts }, { code: "timeout", attempts: 1 });
});

test("retries end when the timeout is over", async (t) => {
  const { client, move } = await faked(t);
  const fetch = stub((n, url, { signal }) => hang(signal));
  const failed = rejection(client(fetch, { attemptTimeout: 5000, timeout: 8000 }).getAgent("a"));
  await move(8100);
  const { code, attempts } = await failed;
  assert.deepEqual({ code, attempts }, { code: "timeout", attempts: 2 });
});

test("windows pass", async (t) => {
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

test("a rounded timer moves no clock: no window is shorter than configured", async () => {
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const client = new Centerfy({ apiKey: "cfy_real_timers", baseUrl: "http://api.test", fetch, rateLimit: { requests: 1, perMs: 3 } });
  await Promise.all(Array.from({ length: 100 }, () => client.getAgent("a")));
  const times = fetch.sent.map(({ at }) => at);
  for (let i = 1; i < times.length; i++) assert.ok(times[i] - times[i - 1] >= 2, `${times[i] - times[i - 1]} ms`);
});
