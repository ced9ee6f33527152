// Tests that fake the timers and not the clock: a timer that fired counts as elapsed time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { app, fakeTimers } from "./support.mjs";

const PAUSE = 5_000;

/** The milliseconds by which the fake timers advanced until the promise settled, at most one minute. */
const moved = async (t, promise) => {
  let over = false;
  const end = () => (over = true);
  promise.then(end, end);
  let ms = 0;
  for (; !over && ms < 60_000; ms += 100) {
    t.mock.timers.tick(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ms;
};

test("the pause that the API requests ends by the fake timers", async (t) => {
  const { sandbox, client } = await app();
  const { id } = sandbox.agents()[0];
  await client.getAgent(id);
  fakeTimers(t);
  sandbox.fail("getAgent", { type: "answer", status: 429, headers: { "retry-after": String(PAUSE / 1000) } });
  const ms = await moved(t, client.getAgent(id));
  assert.ok(ms >= PAUSE && ms < 2 * PAUSE, `it took ${ms} ms`);
  assert.deepEqual(sandbox.log().map(({ status }) => status), [200, 429, 200]);
});

test("a subject's limit admits requests again by the fake timers", async (t) => {
  const { sandbox, client } = await app({ limit: { requests: 1, perMs: PAUSE } });
  const { id } = sandbox.agents()[0];
  await client.getAgent(id);
  fakeTimers(t);
  const ms = await moved(t, client.getAgent(id));
  assert.ok(ms < 2 * PAUSE, `it took ${ms} ms`);
  assert.deepEqual(sandbox.log().map(({ status }) => status), [200, 200]);
});
