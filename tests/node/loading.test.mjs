// The module is loaded once, on first use. Failures of loading.

import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { answer, asynchronousCopy, entry, everyOperation, freshCopy, ofLoading, rejection, stub, stubbed } from "./support.mjs";

/** Counts the compilations of the module, and makes every way to compile fail while `fails` is set. */
function counting(t) {
  const { Module, instantiate } = WebAssembly;
  t.after(() => Object.assign(WebAssembly, { Module, instantiate }));
  const state = { count: 0, fails: undefined };
  WebAssembly.Module = class {
    constructor(...args) {
      state.count++;
      if (state.fails) throw state.fails;
      return new Module(...args);
    }
  };
  WebAssembly.instantiate = (...args) => (state.fails ? Promise.reject(state.fails) : instantiate(...args));
  return state;
}

test("importing and making a client do no work", ofLoading, async (t) => {
  const state = counting(t);
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const client = stubbed(fetch, {}, Centerfy);
  assert.deepEqual([state.count, fetch.sent.length], [0, 0]);
  await Promise.all(Array.from({ length: 20 }, () => client.getAgent("a")));
  await stubbed(fetch, {}, Centerfy).getAgent("a");
  assert.equal(state.count, 1, "made once, for all clients");
});

test("a module that cannot be loaded is an error, and the next call retries", ofLoading, async (t) => {
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
    assert.match(error.message, /could not be loaded \(refused by a policy\)$/);
  }
  assert.equal(fetch.sent.length, 0);
  state.fails = undefined;
  assert.deepEqual(await client.getAgent("a"), { id: 1 });
});

test("the request of a first call is sent immediately", async () => {
  const { Centerfy } = await freshCopy();
  const fetch = stub();
  const call = stubbed(fetch, {}, Centerfy).getAgent("a");
  assert.equal(fetch.sent.length, 1);
  await call;
});

test("the inlined module is small enough for browsers that compile at most 4 KiB synchronously", ofLoading, async () => {
  assert.ok((await stat(join(entry, "../centerfy.wasm"))).size < 4096);
});

test("a module that is loaded asynchronously is awaited by every call", ofLoading, async () => {
  const { Centerfy } = await asynchronousCopy();
  const fetch = stub();
  const client = stubbed(fetch, {}, Centerfy);
  const request = { content: "as it was", ai: false, conversation_id: "c", channel: "sms" };
  const calls = [client.sendMessage(request), client.getAgent("a")];
  request.content = "changed meanwhile";
  assert.equal(fetch.sent.length, 0);
  await Promise.all(calls);
  // Each call waits separately, since in Workers no request may wait for another: the order may vary.
  const [get, post] = fetch.sent.sort((a, b) => (a.method < b.method ? -1 : 1));
  assert.equal(JSON.parse(post.body).content, "as it was");
  assert.match(get.url, /\/get-agent\/a$/);
});

test("the timeouts start once it is loaded", ofLoading, async () => {
  const { Centerfy } = await asynchronousCopy();
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 20 } }, Centerfy);
  await Promise.all(["a", "b", "c"].map((id) => client.getAgent(id)));
  // Each call loads the module separately, so the order may vary.
  assert.deepEqual(fetch.sent.map(({ url }) => url.at(-1)).sort(), ["a", "b", "c"]);
});
