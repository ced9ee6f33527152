// Requests that are queued for a slot of the key's limit: an inner wait ends before an outer one, and a
// request that was not sent does not count against the quota.

import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../node/support.mjs";
import { Centerfy, app, memoryStore, ticking, fakeTimers } from "./support.mjs";

const PROXY = "http://app.test/api/centerfy";

test("66 messages of 66 clients with default options: all are delivered, and the API refuses none", async (t) => {
  fakeTimers(t, "Date");
  const { sandbox, send, message } = await app();
  const began = Date.now();
  // 66 processes, since the clients of one process share a limit.
  const clients = Array.from({ length: 66 }, (_, i) => new Centerfy({ proxy: `http://host-${i}.test/api/centerfy`, fetch: send }));
  await ticking(t, Promise.all(clients.map((client) => client.sendMessage(message))));
  assert.equal(sandbox.deliveries().length, 66);
  assert.deepEqual([...new Set(sandbox.log().map(({ status }) => status))], [200]);
  const took = Date.now() - began;
  assert.ok(took >= 60_000 && took < 70_000, `it took ${took} ms`);
});

test("a request that gets no slot in time is refused before its client gives up, with Retry-After", async (t) => {
  fakeTimers(t, "Date");
  const { client, answers, message, sandbox } = await app({ rateLimit: { requests: 1, perMs: 60_000 }, client: { maxRetries: 0 } });
  await client.sendMessage(message);
  const began = Date.now();
  const refused = failure(client.sendMessage(message), { code: "rate_limited", status: 429, maybeDelivered: false });
  const { retryAfter, message: words } = await ticking(t, refused);
  const waited = Date.now() - began;
  assert.ok(waited >= 19_000 && waited <= 25_000, `it waited ${waited} ms`);
  assert.ok(retryAfter >= 35 && retryAfter <= 41, `it says ${retryAfter} s`);
  assert.match(words, /was not sent/);
  assert.equal(answers.at(-1).headers.get("centerfy-maybe-delivered"), "false");
  assert.equal(sandbox.deliveries().length, 1);
});

test("a request that was not sent does not count against its subject's quota", async () => {
  let isAway = true;
  const acquire = async () => isAway && Promise.reject(new Error("ECONNREFUSED"));
  const { client, sandbox, message } = await app({
    store: { ...memoryStore(), limiter: () => ({ acquire }) },
    limit: { requests: 3, perMs: 60_000 },
    client: { maxRetries: 0 },
  });
  for (let calls = 0; calls < 3; calls++) await failure(client.sendMessage(message), { status: 503 });
  isAway = false;
  for (let calls = 0; calls < 3; calls++) await client.sendMessage(message);
  await failure(client.sendMessage(message), { status: 429, maybeDelivered: false });
  assert.equal(sandbox.deliveries().length, 3);
});

test("a lost answer of the quota does not count against it", async () => {
  const store = memoryStore();
  const { admit } = store.quotas;
  let losses = 3;
  store.quotas.admit = async (...args) => {
    const wait = await admit(...args);
    if (losses-- > 0) throw new Error("ECONNRESET");
    return wait;
  };
  const { client, sandbox, message } = await app({ store, limit: { requests: 3, perMs: 60_000 }, client: { maxRetries: 0 } });
  for (let calls = 0; calls < 3; calls++) await failure(client.sendMessage(message), { status: 503 });
  for (let calls = 0; calls < 3; calls++) await client.sendMessage(message);
  assert.equal(sandbox.deliveries().length, 3);
});

test("every error says whether the request may have been executed", async () => {
  const { proxy, sandbox, message } = await app({ authorize: ({ request }) => (request.headers.get("x-throw") ? JSON.parse("{") : "mia") });
  const ask = async (headers, body = message, path = "send-message") => {
    const all = { "content-type": "application/json", "idempotency-key": `"${Math.random()}"`, ...headers };
    const request = new Request(`${PROXY}/${path}`, { method: "POST", headers: all, body: JSON.stringify(body) });
    const { status, headers: answered } = await proxy(request);
    return [status, answered.get("centerfy-maybe-delivered")];
  };
  const retry = { "centerfy-since": "20000" };
  assert.deepEqual(await ask({ "x-throw": "1" }), [500, "false"]);
  assert.deepEqual(await ask({ "x-throw": "1", ...retry }), [500, "unsent"]);
  assert.deepEqual(await ask({}, message, "nothing"), [404, "false"]);
  assert.deepEqual(await ask({ "content-type": "text/plain" }), [415, "false"]);
  assert.deepEqual(await ask(retry), [409, "true"]);
  sandbox.fail("sendMessage", { type: "answer", status: 403 });
  assert.deepEqual(await ask({}), [403, "false"]);
  for (const fault of [{ type: "drop", when: "after" }, { type: "answer", status: 503 }]) {
    sandbox.fail("sendMessage", fault);
    assert.equal((await ask({}))[1], "true", fault.type);
  }
  assert.deepEqual(await ask({}), [200, null]);
});
