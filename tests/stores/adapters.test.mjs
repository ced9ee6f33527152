// Invalid clients, and adapters that do not return a script's reply.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/load.mjs";

const info = { operation: "getAgent", attempt: 1 };
const request = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };

test("an invalid client is refused", () => {
  for (const client of [undefined, {}, "redis://127.0.0.1"]) {
    assert.throws(() => redisStore(client), /redisStore\(\) requires a client of node-redis, ioredis, Bun or Upstash/);
  }
});

test("a prefix that would break a cluster's hash tag is refused", () => {
  const client = { eval: async () => [] };
  for (const prefix of ["", "}x", "{x", "a}", 5, null]) assert.throws(() => redisStore(client, { prefix }), /prefix must be/, `${prefix}`);
  for (const prefix of ["app", "app:limits"]) redisStore(client, { prefix });
});

const steps = {
  acquire: (store) => store.limiter({ requests: 2, perMs: 1_000 }).acquire(info),
  admit: (store) => store.quotas.admit("mia", { requests: 2, perMs: 1_000 }, "id"),
  read: (store) => store.records.read("k", request),
  begin: (store) => store.records.begin("k", request),
  renew: (store) => store.records.renew("k", "one", 1_000),
  finish: (store) => store.records.finish("k", "one", "answer"),
  forget: (store) => store.records.forget("k", "one"),
  warnings: (store) => store.warnings(),
};

for (const reply of [undefined, "OK", {}, null, [], ["OK", "OK", "OK", "OK", "OK", "OK"], "", NaN]) {
  const shown = JSON.stringify(reply) ?? String(reply);
  test(`an adapter whose eval resolves to ${shown} is refused at its first reply`, async () => {
    for (const [name, step] of Object.entries(steps)) {
      let answers = 0;
      const store = redisStore({
        eval: async () => {
          answers++;
          return reply;
        },
      });
      await assert.rejects(step(store), /eval must resolve to the reply of the script, .+; got /, `${name} after ${answers} answers`);
      // A limiter releases the slot that it may have been granted.
      assert.ok(answers <= (name === "acquire" ? 2 : 1), `${name} asked ${answers} times`);
    }
  });
}

test("an adapter that grants more slots than requested is refused", async () => {
  const store = redisStore({ eval: async () => [0, 0, 0, 0, "a", 0, "b"] });
  await assert.rejects(steps.acquire(store), /the reply of the script, at most 1 slots/);
});
