// Waits end when the caller disconnects, at a timeout, and when a store does not respond. A request whose
// wait ended is not sent, and can be retried.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { failure } from "../node/support.mjs";
import { Centerfy, app, memoryStore, ticking, fakeTimers, toNodeHandler, untilTrue } from "./support.mjs";

const never = () => new Promise(() => {});

/** A store whose slots are granted when the test says so. `asked` has the signal of each `acquire`. */
const gated = () => {
  const asked = [];
  let open;
  const gate = new Promise((resolve) => (open = resolve));
  const acquire = ({ signal }) => (asked.push(signal), gate);
  return { store: { ...memoryStore(), limiter: () => ({ acquire }) }, asked, open };
};

/** A store with another implementation of one step. */
const storeWith = (part, step, act) => {
  const store = memoryStore();
  store[part][step] = act;
  return store;
};

/** The request of a message with an idempotency key. */
const asking = (message, signal) =>
  new Request("http://app.test/api/centerfy/send-message", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": '"k"' },
    body: JSON.stringify(message),
    signal,
  });

test("the caller disconnects while queued: the slot is released, nothing is sent, and the key can be used again", async () => {
  const { store, asked, open } = gated();
  const { sandbox, proxy, message, troubles } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await untilTrue(() => asked.length);
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.ok(asked[0].aborted);
  open();
  assert.deepEqual([sandbox.log(), troubles], [[], []]);
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});

test("the caller disconnects as its slot is granted: nothing is sent", async () => {
  const { store, asked, open } = gated();
  const { sandbox, proxy, message } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await untilTrue(() => asked.length);
  open();
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.deepEqual(sandbox.log(), []);
});

test("behind Node's http a closed connection is a disconnected caller", async (t) => {
  const { store, asked } = gated();
  const { sandbox, proxy } = await app({ store });
  const handling = [];
  const handler = toNodeHandler(proxy);
  const server = createServer((...both) => handling.push(handler(...both))).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const leaving = new AbortController();
  const url = `http://127.0.0.1:${server.address().port}/api/centerfy/get-agent/${sandbox.agents()[0].id}`;
  const fetching = assert.rejects(fetch(url, { signal: leaving.signal }));
  await untilTrue(() => asked.length);
  leaving.abort();
  await fetching;
  await Promise.all(handling);
  assert.ok(asked[0].aborted);
  assert.deepEqual(sandbox.log(), []);
});

test("the caller disconnects while it waits for another request with its key: the store is not polled again", async () => {
  let looks = 0;
  const store = storeWith("records", "read", async () => (looks++, { state: "running" }));
  const { proxy, message } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await untilTrue(() => looks);
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.equal(looks, 1);
});

test("a limiter that ignores its signal holds a request for attemptTimeout at most", async () => {
  const store = { ...memoryStore(), limiter: () => ({ acquire: never }) };
  const { client } = await app({ store, attemptTimeout: 30, client: { maxRetries: 0 } });
  await failure(client.getAgent("a"), { status: 429, message: "getAgent: Too many requests are queued; this request was not sent (status 429)" });
});

test("attemptTimeout may be a fraction, and longer than timers allow", async () => {
  for (const attemptTimeout of [1500.5, 1e12]) {
    const { sandbox, client } = await app({ attemptTimeout, client: { maxRetries: 0 } });
    const { id } = sandbox.agents()[0];
    assert.equal((await client.getAgent(id)).id, id);
  }
});

for (const [part, step] of [["records", "read"], ["records", "begin"], ["quotas", "admit"]]) {
  test(`a store whose ${part} do not respond is unavailable`, async (t) => {
    fakeTimers(t);
    let asked = false;
    const store = storeWith(part, step, () => ((asked = true), never()));
    const { sandbox, proxy, message, troubles } = await app({ store, limit: { requests: 1, perMs: 1 } });
    const answered = proxy(asking(message));
    await untilTrue(() => asked);
    assert.equal((await ticking(t, answered)).status, 503);
    assert.deepEqual(sandbox.log(), []);
    assert.match(String(troubles[0].error.cause), /StoreTimeout|TimeoutError|Timed out after/);
  });
}

test("a record that starts after its request timed out does not block the key", async (t) => {
  fakeTimers(t);
  const store = memoryStore();
  const { begin } = store.records;
  let goOn;
  store.records.begin = (...args) => new Promise((resolve) => (goOn = () => resolve(begin.apply(store.records, args))));
  const { sandbox, proxy, message } = await app({ store });
  const answered = proxy(asking(message));
  await untilTrue(() => goOn);
  assert.equal((await ticking(t, answered)).status, 503);
  goOn();
  store.records.begin = begin;
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});

test("without a slot nothing is sent, so the key can be used again", async () => {
  let isAway = true;
  const acquire = async () => isAway && Promise.reject(new Error("ECONNREFUSED"));
  const { sandbox, proxy, message } = await app({ store: { ...memoryStore(), limiter: () => ({ acquire }) } });
  assert.equal((await proxy(asking(message))).status, 503);
  isAway = false;
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});

test("a retry waits 20 seconds for the answer of the request in flight, by the timers only", async (t) => {
  fakeTimers(t);
  let looks = 0;
  const store = storeWith("records", "read", async () => (looks++, { state: "running" }));
  const { proxy, message } = await app({ store });
  let answer;
  proxy(asking(message)).then((response) => (answer = response));
  await untilTrue(() => looks);
  const pass = async (seconds) => {
    for (let second = 0; second < seconds; second++) {
      t.mock.timers.tick(1_000);
      await untilTrue(() => true);
    }
  };
  await pass(18);
  assert.equal(answer, undefined);
  await pass(6);
  assert.deepEqual([answer.status, answer.headers.get("centerfy-maybe-delivered")], [503, "true"]);
  assert.equal((await answer.json()).message, "A request with this idempotency key is still in flight");
});

test("a client whose call is aborted aborts its request", async () => {
  const { store, asked, open } = gated();
  const { sandbox, send, answers, message } = await app({ store });
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy", fetch: send, rateLimit: false });
  const leaving = new AbortController();
  const sending = client.sendMessage(message, { signal: leaving.signal });
  await untilTrue(() => asked.length);
  leaving.abort("enough");
  await assert.rejects(sending, (reason) => reason === "enough");
  open();
  await untilTrue(() => answers.length);
  assert.deepEqual(sandbox.deliveries(), []);
});
