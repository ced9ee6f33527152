// A sandbox works behind a JavaScript Proxy, as frameworks make one, and with destructured methods.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, forms, messageTo, refuses } from "./support.mjs";

/** A deep proxy, like Vue's `reactive`. */
const deep = (target) =>
  new Proxy(target, {
    get(...access) {
      const value = Reflect.get(...access);
      return typeof value === "object" && value !== null ? deep(value) : value;
    },
  });

const holds = {
  "a proxy": (sandbox) => new Proxy(sandbox, {}),
  "a proxy of an object that has it": (sandbox) => deep({ sandbox }).sandbox,
  "an object that inherits from it": (sandbox) => Object.create(sandbox),
  "a copy": (sandbox) => ({ ...sandbox }),
};

/** Everything that a test does with a sandbox, with destructured methods. */
async function use(sandbox) {
  const { apiKey, fetch, fail, clearFaults, agents, contacts, conversation } = sandbox;
  const { calls, deliveries, log, receive, advance, reset } = sandbox;
  const client = new Centerfy({ apiKey, fetch, rateLimit: false });
  fail("getAgent", { type: "answer", status: 404, times: null });
  clearFaults();
  assert.equal((await client.getAgent(agents()[0].id)).id, agents()[0].id);
  await client.sendMessage(messageTo({ contacts }));
  const [{ id }] = contacts();
  receive({ contactId: id, content: "Thank you" });
  advance(1_000);
  assert.equal(conversation(id).at(-1).content, "Thank you");
  assert.deepEqual([deliveries().length, log().length, calls().length > 0], [1, 2, true]);
  reset();
  assert.deepEqual([deliveries().length, log().length], [0, 0]);
}

for (const [form, createSandbox] of Object.entries(forms)) {
  for (const [name, hold] of Object.entries(holds)) {
    test(`${name}, by ${form}`, async () => {
      const sandbox = await createSandbox();
      const held = hold(sandbox);
      await use(held);
      assert.equal(held.agents().length, 4);
      held.dispose();
      for (const one of [held, sandbox]) await refuses(() => one.agents(), "disposed of");
    });
  }

  test(`a proxy of it is disposed of at the end of the block, by ${form}`, { skip: !Symbol.dispose }, async () => {
    const sandbox = await createSandbox();
    new Proxy(sandbox, {})[Symbol.dispose]();
    await refuses(() => sandbox.agents(), "disposed of");
  });
}
