// The module: loaded once, on first use; what happens when that fails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, everyOperation, freshCopy, rejection, stub, stubbed } from "./support.mjs";

/** Counts how often the module is made, and makes that fail while `fails` is set. */
function counting(t) {
  const before = WebAssembly.instantiate;
  t.after(() => (WebAssembly.instantiate = before));
  const state = { count: 0, fails: undefined };
  WebAssembly.instantiate = (...args) => {
    state.count++;
    return state.fails ? Promise.reject(state.fails) : before(...args);
  };
  return state;
}

test("importing and making a client do no work", async (t) => {
  const state = counting(t);
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const client = stubbed(fetch, {}, Centerfy);
  assert.deepEqual([state.count, fetch.sent.length], [0, 0]);
  await Promise.all(Array.from({ length: 20 }, () => client.getAgent("a")));
  await stubbed(fetch, {}, Centerfy).getAgent("a");
  assert.equal(state.count, 1, "made once, for all clients");
});

test("a module that cannot be loaded is told, and the next call tries again", async (t) => {
  const state = counting(t);
  const { Centerfy, CenterfyError } = await freshCopy();
  const fetch = stub(() => answer({ id: 1 }));
  const client = stubbed(fetch, {}, Centerfy);
  state.fails = new WebAssembly.CompileError("refused by a policy");
  for (const [operation, call] of Object.entries(everyOperation(client))) {
    const error = await rejection(call());
    assert.ok(error instanceof CenterfyError);
    assert.deepEqual({ ...error }, { code: "load", operation, attempts: 0, maybeDelivered: false });
    assert.equal(error.cause, state.fails);
    assert.match(error.message, /could not be loaded/);
  }
  assert.equal(fetch.sent.length, 0);
  // Those that ask at the same time fail together, by one attempt.
  state.count = 0;
  await Promise.all(Array.from({ length: 5 }, () => rejection(client.getAgent("a"))));
  assert.equal(state.count, 1);
  state.fails = undefined;
  assert.deepEqual(await client.getAgent("a"), { id: 1 });
});

test("the timeouts start once it is loaded, and calls keep their order", async () => {
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 20 } }, Centerfy);
  await Promise.all(["a", "b", "c"].map((id) => client.getAgent(id)));
  assert.deepEqual(fetch.sent.map(({ url }) => url.at(-1)), ["a", "b", "c"]);
});
