// Waits while time runs: with fake timers, with a fake clock, and with both.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentPath, ask, createSandbox, isPending, pair } from "./support.mjs";

const NOW = 1_775_000_000_000;

test("a delay takes a timer, and advance shortens it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  const sandbox = await createSandbox();
  for (const pass of [() => t.mock.timers.tick(60_000), () => sandbox.advance(60_000)]) {
    sandbox.fail("any", { type: "delay", ms: 60_000 });
    const answer = ask(sandbox, agentPath(sandbox));
    assert.ok(await isPending(answer));
    pass();
    assert.equal((await answer).status, 200);
  }
});

for (const apis of [["setTimeout", "Date"], ["setTimeout"]]) {
  test(`a delay of months waits, and is not over at once, with ${apis.join(" and ")} faked`, async (t) => {
    t.mock.timers.enable({ apis });
    const sandbox = await createSandbox();
    sandbox.fail("any", { type: "delay", ms: 2 ** 32 });
    const answer = ask(sandbox, agentPath(sandbox));
    let ticks = 0;
    for (; ticks < 9 && (await isPending(answer)); ticks++) t.mock.timers.tick(2 ** 31);
    assert.ok(ticks >= 2, `${ticks}`);
    assert.equal((await answer).status, 200);
  });
}

test("with only setTimeout faked, a delay ends when its timer fires, and that much time has passed", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { sandbox, client } = await pair();
  const [{ id }] = sandbox.agents();
  sandbox.fail("getAgent", { type: "delay", ms: 5_000 });
  const answer = client.getAgent(id);
  while (sandbox.log().length === 0) await null;
  t.mock.timers.tick(4_999);
  assert.ok(await isPending(answer));
  t.mock.timers.tick(1);
  assert.equal((await answer).id, id);
  await client.getAgent(id);
  const [delayed, next] = sandbox.log().map(({ at_ms }) => at_ms);
  assert.ok(next - delayed >= 5_000, `${next - delayed} ms`);
});

test("with only setTimeout faked, a body still trickles", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "trickle", bytes: 1, everyMs: 500, status: 200, body: "abc" });
  const reader = (await ask(sandbox, agentPath(sandbox))).body.getReader();
  for (const expected of ["a", "b", "c"]) {
    const piece = reader.read();
    assert.ok(await isPending(piece));
    t.mock.timers.tick(500);
    assert.equal(new TextDecoder().decode((await piece).value), expected);
  }
});

test("with only Date faked, a delay ends by itself", { timeout: 30_000 }, async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "delay", ms: 20 });
  assert.equal((await ask(sandbox, agentPath(sandbox))).status, 200);
});

test("a timer that was not cleared ends nothing, and does not move the time", async (t) => {
  const timers = [];
  t.mock.method(globalThis, "setTimeout", (ring) => ({ number: timers.push(ring) }));
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  const sandbox = await createSandbox();
  sandbox.fail("any", { type: "delay", ms: 5_000, times: 2 });
  const answer = ask(sandbox, agentPath(sandbox));
  while (timers.length === 0) await null;
  sandbox.advance(2_000);
  timers[0]();
  assert.ok(await isPending(answer));
  timers[1]();
  assert.equal((await answer).status, 200);

  const left = ask(sandbox, agentPath(sandbox));
  left.catch(() => {});
  while (timers.length === 2) await null;
  sandbox.reset();
  timers[2]();
  await ask(sandbox, agentPath(sandbox));
  assert.equal(sandbox.log()[0].at_ms, NOW);
});

test("a limit that was reached with an advanced clock ends after its own window, once the clock is real again", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  const sandbox = await createSandbox({ rateLimit: { requests: 1, perMs: 60_000 } });
  const path = agentPath(sandbox);
  t.mock.timers.setTime(NOW + 3_600_000);
  assert.equal((await ask(sandbox, path)).status, 200);
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  assert.equal((await ask(sandbox, path)).headers.get("retry-after"), "60");
  t.mock.timers.setTime(NOW + 60_000);
  assert.equal((await ask(sandbox, path)).status, 200);
});
