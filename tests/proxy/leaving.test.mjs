// Waits end: when the caller leaves, when the time is over, when a store says nothing. Who does not wait
// any more sends nothing, and may ask again.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { failure } from "../node/support.mjs";
import { Centerfy, app, memory, toNodeHandler } from "./support.mjs";

const never = () => new Promise(() => {});

/** A store whose places are given when the test says so. `asked` has the signals of those who asked for one. */
const gated = () => {
  const asked = [];
  let open;
  const gate = new Promise((resolve) => (open = resolve));
  const acquire = ({ signal }) => (asked.push(signal), gate);
  return { store: { ...memory(), limiter: () => ({ acquire }) }, asked, open };
};

/** A store of which this step is another's. */
const storeWith = (part, step, act) => {
  const store = memory();
  store[part][step] = act;
  return store;
};

/** Waits until it holds. */
const until = async (holds) => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (!holds());
};

/** A message as a request with an idempotency key. */
const asking = (message, signal) =>
  new Request("http://app.test/api/centerfy/send-message", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": '"k"' },
    body: JSON.stringify(message),
    signal,
  });

test("who leaves while waiting for a place gives it back at once, and sends nothing; the key may begin anew", async () => {
  const { store, asked, open } = gated();
  const { sandbox, proxy, message, troubles } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await until(() => asked.length);
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.ok(asked[0].aborted);
  open();
  assert.deepEqual([sandbox.log(), troubles], [[], []]);
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().messages.length, 1);
});

test("who leaves in the moment in which the place is there sends nothing, either", async () => {
  const { store, asked, open } = gated();
  const { sandbox, proxy, message } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await until(() => asked.length);
  open();
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.deepEqual(sandbox.log(), []);
});

test("behind Node's http a connection that ends is a caller who leaves", async (t) => {
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
  await until(() => asked.length);
  leaving.abort();
  await fetching;
  await Promise.all(handling);
  assert.ok(asked[0].aborted);
  assert.deepEqual(sandbox.log(), []);
});

test("who leaves while somebody else has the answer under way asks the store no more", async () => {
  let looks = 0;
  const store = storeWith("records", "begin", async () => (looks++, { state: "running" }));
  const { proxy, message } = await app({ store });
  const leaving = new AbortController();
  const answered = proxy(asking(message, leaving.signal));
  await until(() => looks);
  leaving.abort();
  assert.equal((await answered).status, 499);
  assert.equal(looks, 1);
});

test("a limiter that does not listen to its signal holds nobody for longer than attemptTimeout", async () => {
  const store = { ...memory(), limiter: () => ({ acquire: never }) };
  const { client } = await app({ store, attemptTimeout: 30, client: { maxRetries: 0 } });
  await failure(client.getAgent("a"), { status: 429, message: "getAgent: Too many requests are waiting (status 429)" });
});

test("an attemptTimeout may be a fraction, and longer than timers can be", async () => {
  for (const attemptTimeout of [1500.5, 1e12]) {
    const { sandbox, client } = await app({ attemptTimeout, client: { maxRetries: 0 } });
    const { id } = sandbox.agents()[0];
    assert.equal((await client.getAgent(id)).id, id);
  }
});

for (const [part, step] of [["records", "begin"], ["quotas", "admit"]]) {
  test(`a store whose ${part} say nothing is one that is away`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let asked = false;
    const store = storeWith(part, step, () => ((asked = true), never()));
    const { sandbox, proxy, message, troubles } = await app({ store, limit: { requests: 1, perMs: 1 } });
    const answered = proxy(asking(message));
    await until(() => asked);
    t.mock.timers.tick(10_000);
    assert.equal((await answered).status, 503);
    assert.deepEqual(sandbox.log(), []);
    assert.match(String(troubles[0].error.cause), /the store said nothing in 10000 ms/);
  });
}

test("a record that begins when nobody waits for it any more may begin anew", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const store = memory();
  const { begin } = store.records;
  let goOn;
  store.records.begin = (...args) => new Promise((resolve) => (goOn = () => resolve(begin.apply(store.records, args))));
  const { sandbox, proxy, message } = await app({ store });
  const answered = proxy(asking(message));
  await until(() => goOn);
  t.mock.timers.tick(10_000);
  assert.equal((await answered).status, 503);
  goOn();
  store.records.begin = begin;
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().messages.length, 1);
});

test("where no place could be given nothing was sent, so the key may begin anew", async () => {
  let isAway = true;
  const acquire = async () => isAway && Promise.reject(new Error("ECONNREFUSED"));
  const { sandbox, proxy, message } = await app({ store: { ...memory(), limiter: () => ({ acquire }) } });
  assert.equal((await proxy(asking(message))).status, 503);
  isAway = false;
  assert.equal((await proxy(asking(message))).status, 200);
  assert.equal(sandbox.deliveries().messages.length, 1);
});

test("who asks again waits 25 seconds for the answer, by the timers alone", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let looks = 0;
  const store = storeWith("records", "begin", async () => (looks++, { state: "running" }));
  const { proxy, message } = await app({ store });
  let answer;
  proxy(asking(message)).then((response) => (answer = response));
  await until(() => looks);
  const pass = async (seconds) => {
    for (let second = 0; second < seconds; second++) {
      t.mock.timers.tick(1_000);
      await until(() => true);
    }
  };
  await pass(24);
  assert.equal(answer, undefined);
  await pass(6);
  assert.deepEqual([answer.status, (await answer.json()).message], [503, "The same request is still under way"]);
});

test("a client that gives up takes its request back", async () => {
  const { store, asked, open } = gated();
  const { sandbox, send, answers, message } = await app({ store });
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy", fetch: send, rateLimit: false });
  const leaving = new AbortController();
  const sending = client.sendMessage(message, { signal: leaving.signal });
  await until(() => asked.length);
  leaving.abort("enough");
  await assert.rejects(sending, (reason) => reason === "enough");
  open();
  await until(() => answers.length);
  assert.deepEqual(sandbox.deliveries().messages, []);
});
