// A client with a store: its rate limit, and idempotency keys without a proxy.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { failure, makeWorld, baseUrl } from "../node/support.mjs";
import { Centerfy, CenterfyError, createProxy, createSandbox, memoryStore, redisStore, settle, untilTrue } from "../proxy/support.mjs";
import { delivered, neverTwice, operations } from "../support/samples.mjs";
import { Ioredis } from "./clients.mjs";
import { startRedis } from "./redis.mjs";

const server = await startRedis();
const connection = new Ioredis(server.url);
after(async () => {
  connection.disconnect();
  await server.stop();
});

let prefixes = 0;
const STORES = {
  "memoryStore()": () => memoryStore(),
  "redisStore()": () => redisStore(connection, { prefix: `client-${++prefixes}` }),
};

/** A sandbox in this process, and clients on it. */
async function app(store, options) {
  const sandbox = await createSandbox();
  const client = (more) => new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, store, ...options, ...more });
  const message = { content: "See you at ten.", ai: false, conversation_id: sandbox.contacts()[0].conversation_id, channel: "sms" };
  return { sandbox, client, message, count: () => sandbox.deliveries().length };
}

const KEY = { idempotencyKey: "visit-7" };
const UNKNOWN = { maybeDelivered: true, status: 409 };

for (const [name, makeStore] of Object.entries(STORES)) {
  describe(name, () => {
    for (const operation of neverTwice) {
      test(`${operation} with a key is sent once, and its answer is replayed to every client of the store`, async () => {
        const world = await makeWorld();
        const store = makeStore();
        const client = () => new Centerfy({ apiKey: world.api_key, baseUrl, store });
        const call = () => operations[operation].call(client(), world, KEY);
        const first = await call();
        assert.deepEqual(await call(), first);
        assert.equal(delivered(await world.deliveries()), 1);
        await operations[operation].call(client(), world, { idempotencyKey: "visit-8" });
        await operations[operation].call(client(), world);
        assert.equal(delivered(await world.deliveries()), 3);
      });
    }

    test("a replayed answer is marked in the headers", async () => {
      const { client, message } = await app(makeStore());
      const call = () => client().sendMessage(message, KEY).withResponse();
      const [first, second] = [await call(), await call()];
      assert.deepEqual(second.data, first.data);
      assert.deepEqual([first, second].map(({ headers }) => headers.get("idempotency-replayed")), [null, "true"]);
      await assert.rejects(client().sendMessage({ ...message, content: "No." }, KEY).withResponse(), { status: 422 });
    });

    test("a call with a key that is in flight elsewhere waits for its answer", async () => {
      const { sandbox, client, message, count } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "delay", ms: 150 });
      const answers = await Promise.all(Array.from({ length: 5 }, () => client().sendMessage(message, KEY)));
      assert.deepEqual(answers, Array(5).fill(answers[0]));
      assert.equal(count(), 1);
    });

    test("another request with the same key is refused", async () => {
      const { client, message, count } = await app(makeStore());
      await client().sendMessage(message, KEY);
      const refused = await failure(client().sendMessage({ ...message, content: "No." }, KEY), { status: 422, maybeDelivered: false });
      assert.equal(refused.message, "sendMessage: This idempotency key belongs to a different request (status 422)");
      await client().sendMessage(Object.fromEntries(Object.entries(message).reverse()), KEY);
      assert.equal(count(), 1);
    });

    test("after a lost answer the outcome is unknown, and nothing is sent again", async () => {
      const { sandbox, client, message, count } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "drop", when: "after" });
      await failure(client().sendMessage(message, KEY), { code: "network", maybeDelivered: true });
      for (let i = 0; i < 2; i++) {
        const { message: text } = await failure(client().sendMessage(message, KEY), UNKNOWN);
        assert.match(text, /^sendMessage: An earlier request with this idempotency key has an unknown outcome/);
      }
      assert.equal(count(), 1);
    });

    test("a 5xx is recorded, and is the error of every later call with the key", async () => {
      const { sandbox, client, message } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "answer", status: 502 });
      const first = await failure(client().sendMessage(message, KEY), { code: "server", status: 502, maybeDelivered: true });
      const again = await failure(client().sendMessage(message, KEY), { code: "server", status: 502, maybeDelivered: true });
      assert.equal(again.message, first.message);
      assert.equal(sandbox.log().length, 1);
    });

    test("a call that is aborted in flight has an unknown outcome", async () => {
      const { sandbox, client, message } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "stall_headers" });
      const controller = new AbortController();
      const onEvent = ({ type }) => type === "request" && setImmediate(() => controller.abort());
      await assert.rejects(client({ onEvent }).sendMessage(message, { ...KEY, signal: controller.signal }), { name: "AbortError" });
      await failure(client().sendMessage(message, KEY), UNKNOWN);
    });

    test("what was not executed can be sent again with the key", async () => {
      const { sandbox, client, message, count } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "answer", status: 403 });
      await failure(client().sendMessage(message, KEY), { status: 403, maybeDelivered: false });
      sandbox.fail("sendMessage", { type: "answer", status: 429, headers: { "retry-after": "0" } });
      await failure(client({ maxRetries: 0 }).sendMessage(message, KEY), { status: 429, maybeDelivered: false });
      await failure(client().sendMessage({ ...message, channel: "pigeon" }, KEY), { code: "validation", field: "channel" });
      const controller = new AbortController();
      const onEvent = ({ type }) => type === "queued" && controller.abort();
      await assert.rejects(client({ onEvent }).sendMessage(message, { ...KEY, signal: controller.signal }), { name: "AbortError" });
      assert.equal(count(), 0);
      await client().sendMessage(message, KEY);
      assert.equal(count(), 1);
    });

    test("a 429 is retried with the same key", async () => {
      const { sandbox, client, message, count } = await app(makeStore());
      sandbox.fail("sendMessage", { type: "answer", status: 429, headers: { "retry-after-ms": "5" }, times: 2 });
      const events = [];
      await client({ onEvent: ({ type }) => events.push(type) }).sendMessage(message, KEY);
      assert.equal(events.filter((type) => type === "retry").length, 2);
      await client().sendMessage(message, KEY);
      assert.equal(count(), 1);
    });

    test("an aborted call in the queue leaves its key unused", async () => {
      const { client, message, count } = await app(makeStore(), { rateLimit: { requests: 1, perMs: 60_000 } });
      await client().sendMessage(message);
      const controller = new AbortController();
      const queued = client().sendMessage(message, { ...KEY, signal: controller.signal });
      setImmediate(() => controller.abort());
      await assert.rejects(queued, { name: "AbortError" });
      await client({ rateLimit: false }).sendMessage(message, KEY);
      assert.equal(count(), 2);
    });

    test("settle() as delivered: later calls succeed without an answer", async () => {
      const store = makeStore();
      const { sandbox, client, message, count } = await app(store);
      assert.equal(await settle(store, { key: "visit-7" }, "delivered"), false);
      sandbox.fail("sendMessage", { type: "drop", when: "after" });
      await failure(client().sendMessage(message, KEY), { maybeDelivered: true });
      assert.equal(await settle(store, { key: "visit-7", subject: "mia" }, "delivered"), false);
      assert.equal(await settle(store, { key: "visit-7" }, "delivered"), true);
      assert.deepEqual(await client().sendMessage(message, KEY), {});
      assert.equal(await settle(store, { key: "visit-7" }, "not delivered"), false);
      assert.equal(count(), 1);
    });

    test("settle() as not delivered: the key can be used again", async () => {
      const store = makeStore();
      const { sandbox, client, message, count } = await app(store);
      sandbox.fail("sendMessage", { type: "drop", when: "before" });
      await failure(client().sendMessage(message, KEY), { maybeDelivered: true });
      assert.equal(await settle(store, { key: "visit-7" }, "not delivered"), true);
      await client().sendMessage(message, KEY);
      assert.equal(count(), 1);
      assert.equal(await settle(store, { key: "visit-7" }, "not delivered"), false);
    });

    test("settle() settles the records of a proxy, too, and no request in flight", async () => {
      const store = makeStore();
      const { sandbox, message, count } = await app(store);
      const { apiKey } = sandbox;
      let lose;
      const fetch = (url, init) => (lose ? sandbox.fetch(url, init) : new Promise((_, reject) => (lose = reject)));
      const proxy = createProxy({ apiKey, fetch, store, path: "/api", allow: ["sendMessage"], authorize: () => "mia", origins: ["none"] });
      const client = new Centerfy({ proxy: "http://app.test/api", fetch: (url, init) => proxy(new Request(url, init)) });
      const record = { key: "visit-7", subject: "mia" };
      const sending = failure(client.sendMessage(message, KEY), { maybeDelivered: true });
      await untilTrue(() => lose);
      assert.equal(await settle(store, record, "not delivered"), false);
      lose(new TypeError("fetch failed"));
      await sending;
      assert.equal(await settle(store, record, "not delivered"), true);
      await client.sendMessage(message, KEY);
      assert.equal(count(), 1);
    });

    test("the record of a key is kept for keepMs", async () => {
      const { client, message, count } = await app(makeStore(), { keepMs: 100 });
      await client().sendMessage(message, KEY);
      await untilTrue(async () => (await client().sendMessage(message, KEY), count() === 2));
    });
  });
}

test("clients of one store share its rate limit, 60 a minute by default", async () => {
  const store = memoryStore();
  const { client, sandbox } = await app(store);
  const { id } = sandbox.agents()[0];
  await Promise.all(Array.from({ length: 60 }, () => client().getAgent(id)));
  const controller = new AbortController();
  const events = [];
  const queued = client({ onEvent: ({ type }) => events.push(type) }).getAgent(id, { signal: controller.signal });
  await untilTrue(() => events.length);
  controller.abort();
  await assert.rejects(queued, { name: "AbortError" });
  assert.ok(events[0] === "queued" && !events.includes("request"), events);
  const asked = [];
  const rateLimit = { acquire: ({ operation }) => void asked.push(operation) };
  await failure(client({ rateLimit, maxRetries: 0 }).getAgent(id), { status: 429 });
  assert.deepEqual(asked, ["getAgent"]);
});

test("a custom limiter is used with keys, too", async () => {
  const { client, message, count } = await app(memoryStore());
  const released = [];
  const rateLimit = { acquire: () => (sent) => released.push(sent) };
  await client({ rateLimit }).sendMessage(message, KEY);
  await client({ rateLimit }).sendMessage(message, KEY);
  assert.deepEqual([released, count()], [[true], 1]);
});

test("when the store is unavailable, nothing is sent, and the error says so", async () => {
  const store = memoryStore();
  const down = async () => Promise.reject(new Error("ECONNREFUSED"));
  const { client, message, count } = await app({ ...store, records: { ...store.records, read: down } });
  await assert.rejects(client().sendMessage(message, KEY), (error) => {
    const { code, maybeDelivered, message, cause } = error;
    assert.deepEqual([CenterfyError.is(error), code, maybeDelivered, `${cause}`], [true, "network", false, "Error: ECONNREFUSED"]);
    return message === "sendMessage: the store is unavailable; this request was not sent";
  });
  assert.equal(count(), 0);
});

test("an answer that cannot be recorded is returned, and replayed by this process", async () => {
  const store = memoryStore();
  let isDown = true;
  const finish = async (...args) => (isDown ? Promise.reject(new Error("ECONNREFUSED")) : store.records.finish(...args));
  const { client, message, count } = await app({ ...store, records: { ...store.records, finish } });
  const first = await client().sendMessage(message, KEY);
  assert.deepEqual(await client().sendMessage(message, KEY), first);
  isDown = false;
  assert.equal(count(), 1);
});

test("idempotencyKey has no effect on operations that can be repeated", async () => {
  const { client, sandbox } = await app(memoryStore());
  const { id } = sandbox.agents()[0];
  assert.equal((await client().getAgent(id, KEY)).id, id);
  assert.equal((await client().getAgent(id, KEY)).id, id);
  assert.equal(sandbox.log().length, 2);
});

test("the request is the one of the call, whatever is changed afterwards", async () => {
  const { client, message, sandbox } = await app(memoryStore());
  const changed = { ...message };
  const sending = client().sendMessage(changed, KEY);
  changed.content = "Changed";
  await sending;
  assert.equal(sandbox.deliveries()[0].request.content, message.content);
  await client().sendMessage(message, KEY);
  await failure(client().sendMessage(changed, KEY), { status: 422 });
});

test("wrong options are refused, naming the option", async () => {
  const apiKey = "cfy_wrong_options";
  const store = memoryStore();
  const refused = (options, field) => assert.throws(() => new Centerfy(options), { name: "CenterfyError", code: "validation", field });
  for (const wrong of [{}, "redis", 7, true]) refused({ apiKey, store: wrong }, "store");
  for (const keepMs of [0, -1, NaN, Infinity, "1"]) refused({ apiKey, store, keepMs }, "keepMs");
  refused({ proxy: "/api", store }, "store");
  const message = { content: "Hi", ai: false, conversation_id: "c", channel: "sms" };
  for (const idempotencyKey of ["", "a b", "é", 7]) {
    await failure(new Centerfy({ apiKey, store }).sendMessage(message, { idempotencyKey }), { code: "validation", field: "idempotencyKey" });
  }
  await failure(new Centerfy({ apiKey }).sendMessage(message, KEY), { code: "validation", field: "idempotencyKey" });
  await assert.rejects(settle(store, { key: "k" }, "lost"), TypeError);
});
