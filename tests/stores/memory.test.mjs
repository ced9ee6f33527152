// What only `memoryStore()` has: its queue and its clock.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { memoryStore } from "../proxy/support.mjs";

const info = { operation: "getAgent", attempt: 1 };

test("an aborted call does not block queued calls with another limit", { timeout: 20_000 }, async () => {
  const store = memoryStore();
  const strict = store.limiter({ requests: 1, perMs: 60_000 });
  await strict.acquire(info);
  const leaving = new AbortController();
  const left = assert.rejects(strict.acquire({ ...info, signal: leaving.signal }));
  const behind = store.limiter({ requests: 2, perMs: 60_000 }).acquire(info);
  leaving.abort();
  await Promise.all([left, behind]);
});

/** Waits for one turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Advances the fake timers by so many seconds; the runtime's clock hardly moves. */
const pass = async (t, seconds) => {
  await turn();
  for (let second = 0; second < seconds; second++) {
    t.mock.timers.tick(1_000);
    await turn();
  }
};

for (const apis of [["setTimeout"], ["setTimeout", "Date"]]) {
  test(`time passes by the fake timers, whatever the clock says (${apis})`, async (t) => {
    t.mock.timers.enable({ apis });
    const limiter = memoryStore().limiter({ requests: 2, perMs: 60_000 });
    let went = 0;
    for (let calls = 0; calls < 6; calls++) Promise.resolve(limiter.acquire(info)).then(() => went++);
    await pass(t, 50);
    assert.equal(went, 2);
    await pass(t, 60);
    assert.equal(went, 4);
    await pass(t, 60);
    assert.equal(went, 6);
  });

  test(`a pause ends by the fake timers, for calls that are queued before its end and after (${apis})`, async (t) => {
    t.mock.timers.enable({ apis });
    for (const waitsHere of [true, false]) {
      const limiter = memoryStore().limiter({ requests: 60, perMs: 60_000 });
      limiter.hold({ ms: 60_000 });
      let went = false;
      const ask = () => Promise.resolve(limiter.acquire(info)).then(() => (went = true));
      if (waitsHere) ask();
      await pass(t, 50);
      assert.equal(went, false);
      await pass(t, 10);
      if (!waitsHere) ask();
      await turn();
      assert.equal(went, true, `waits here: ${waitsHere}`);
    }
  });
}

test("a pause keeps no process alive", async () => {
  const program = 'import { memoryStore } from "centerfy/proxy"; memoryStore().limiter({ requests: 1, perMs: 1 }).hold({ ms: 600_000 });';
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { cwd: process.env.CENTERFY_PACKAGE, stdio: "inherit" });
  const [code] = await once(child, "exit", { signal: AbortSignal.timeout(30_000) });
  assert.equal(code, 0);
});
