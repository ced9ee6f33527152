// A user's tests in Node.js, with real timers and with fake timers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { suite } from "./suite.mjs";
import { Centerfy, CenterfyError, createSandbox, pair } from "./support.mjs";

test("the tests of an app", async () => {
  const results = await suite({ Centerfy, CenterfyError, createSandbox });
  assert.deepEqual(
    results.filter(({ error }) => error).map(({ name, error }) => `${name}: ${error.stack}`),
    [],
  );
  assert.ok(results.length > 10);
});

test("with fake timers no call waits for one", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"], now: 1_775_000_000_000 });
  const { sandbox, client } = await pair();
  await client.getAgent(sandbox.agents()[0].id);
  assert.equal(sandbox.log()[0].at_ms, 1_775_000_000_000);
  t.mock.timers.tick(5_000);
  await client.getAgent(sandbox.agents()[0].id);
  assert.equal(sandbox.log()[1].at_ms, 1_775_000_005_000);
});
