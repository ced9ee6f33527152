// Nothing is executed twice: idempotency keys, lost answers, retries.

import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, stub, answer } from "../node/support.mjs";
import { Centerfy, app, memoryStore, ticking, fakeTimers, untilTrue } from "./support.mjs";

/** Loses the answers of so many requests after the proxy has executed them, like a broken connection. */
const losing = (times) => (send) => async (url, init) => {
  const response = await send(url, init);
  if (times-- > 0) throw new TypeError("fetch failed");
  return response;
};

/** An app whose client's connection is `broken`. */
async function behind(broken, options) {
  const made = await app(options);
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy", rateLimit: false, fetch: broken(made.send), ...options?.client });
  return { ...made, client };
}

test("a client sends operations that must not be repeated with a key, a new one for each call", async () => {
  const fetch = stub(() => answer({}));
  const client = new Centerfy({ proxy: "http://app.test/api", fetch, rateLimit: false });
  const message = { content: "Hi", ai: false, conversation_id: "c", channel: "sms" };
  await client.sendMessage(message);
  await client.sendMessage(message);
  await client.sendMessage(message, { idempotencyKey: "visit-7" });
  await client.updateAgent("a", { name: "N" });
  await client.getAgent("a");
  const keys = fetch.sent.map(({ headers }) => headers["idempotency-key"]);
  assert.match(keys[0], /^"[\w.-]{20,}"$/);
  assert.notEqual(keys[0], keys[1]);
  assert.deepEqual(keys.slice(2), ['"visit-7"', undefined, undefined]);
  assert.ok(fetch.sent.every(({ headers }) => !("centerfy-since" in headers) && !("authorization" in headers)));
  assert.equal(fetch.sent[0].url, "http://app.test/api/send-message");
});

test("a page in an insecure context, without randomUUID, has keys, too", async (t) => {
  const { randomUUID } = crypto;
  t.after(() => (crypto.randomUUID = randomUUID));
  crypto.randomUUID = undefined;
  const fetch = stub(() => answer({}));
  const client = new Centerfy({ proxy: "http://app.test/api", fetch, rateLimit: false });
  const call = () => client.sendMessage({ content: "Hi", ai: false, conversation_id: "c", channel: "sms" });
  await Promise.all([call(), call()]);
  const [one, other] = fetch.sent.map(({ headers }) => headers["idempotency-key"]);
  assert.match(one, /^"[\d.e-]{20,}"$/);
  assert.notEqual(one, other);
});

test("an invalid key is refused, and so is a key without a proxy", async () => {
  const client = new Centerfy({ proxy: "http://app.test/api", fetch: stub(), rateLimit: false });
  const message = { content: "Hi", ai: false, conversation_id: "c", channel: "sms" };
  for (const idempotencyKey of ["", 'a"b', "a\nb", "ü", 7, null]) {
    await failure(client.sendMessage(message, { idempotencyKey }), { code: "validation", field: "idempotencyKey", operation: "sendMessage" });
  }
  const direct = new Centerfy({ apiKey: "cfy_direct_key", fetch: stub(), rateLimit: false });
  await failure(direct.sendMessage(message, { idempotencyKey: "k" }), { code: "validation", field: "idempotencyKey" });
});

test("a request whose answer was lost is retried, and its answer is replayed; one message is delivered", async () => {
  const { sandbox, client, message, answers } = await behind(losing(2));
  const sent = await client.sendMessage(message);
  assert.equal(sent.content, message.content);
  assert.equal(sandbox.deliveries().length, 1);
  assert.deepEqual(answers.map(({ headers }) => headers.get("idempotency-replayed")), [null, "true", "true"]);
});

test("a call that loses every answer may have been delivered", async () => {
  const { sandbox, client, message } = await behind(losing(9));
  await failure(client.sendMessage(message), { code: "network", attempts: 3, maybeDelivered: true });
  await failure(client.getAgent("a"), { code: "network", attempts: 3, maybeDelivered: false });
  assert.equal(sandbox.deliveries().length, 1);
});

test("a request whose connection to the API was lost is not sent to the API again", async () => {
  for (const fault of [{ type: "drop", when: "after" }, { type: "answer", status: 503, carryOut: true }, { type: "cut_body", afterBytes: 3 }]) {
    const { sandbox, client, message } = await app();
    sandbox.fail("sendMessage", fault);
    const error = await failure(client.sendMessage(message, { idempotencyKey: "k" }), { maybeDelivered: true, attempts: 1 });
    await failure(client.sendMessage(message, { idempotencyKey: "k" }), { maybeDelivered: true, message: error.message });
    assert.equal(sandbox.deliveries().length, 1, fault.type);
  }
});

test("a request that the API refused can be retried with its key", async () => {
  const { sandbox, client, message } = await app({ client: { maxRetries: 0 } });
  for (const status of [429, 400, 403]) {
    sandbox.fail("sendMessage", { type: "answer", status });
    await failure(client.sendMessage(message, { idempotencyKey: "k" }), { status, maybeDelivered: false });
  }
  await client.sendMessage(message, { idempotencyKey: "k" });
  assert.equal(sandbox.deliveries().length, 1);
});

test("concurrent calls with one key send one message, and all get its answer", async () => {
  const { sandbox, client, message } = await app();
  sandbox.fail("sendMessage", { type: "delay", ms: 120 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.sendMessage(message, { idempotencyKey: "click" })));
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
  assert.equal(sandbox.deliveries().length, 1);
});

test("a key belongs to one request and one subject", async () => {
  const { sandbox, client, send, message } = await app();
  await client.sendMessage(message, { idempotencyKey: "k" });
  await failure(client.sendMessage({ ...message, content: "Other" }, { idempotencyKey: "k" }), { status: 422, maybeDelivered: false });
  const { organizationId: organization_id, subAccountId: sub_account_id } = sandbox;
  const call = client.makeAiCall(sandbox.agents()[0].id, { contact_id: sandbox.contacts()[0].id, organization_id, sub_account_id }, { idempotencyKey: "k" });
  await failure(call, { status: 422 });
  // Noah does not get Mia's answer, and Mia's key does not prevent Noah's message.
  const asNoah = (url, init) => send(url, { ...init, headers: { ...init.headers, "x-subject": "noah" } });
  const noah = new Centerfy({ proxy: "http://app.test/api/centerfy", rateLimit: false, fetch: asNoah });
  await noah.sendMessage(message, { idempotencyKey: "k" });
  assert.deepEqual(sandbox.deliveries().map(({ operation }) => operation), ["sendMessage", "sendMessage"]);
});

test("after a restart without its records the proxy reports an unknown outcome", async () => {
  const store = memoryStore();
  const { sandbox, client, message, send } = await app({ store });
  const lost = new Centerfy({
    proxy: "http://app.test/api/centerfy",
    rateLimit: false,
    fetch: async (url, init) => {
      if (!lost.forgot) {
        lost.forgot = true;
        await send(url, init);
        // The process ends and starts again.
        const { records } = memoryStore();
        store.records = records;
        throw new TypeError("fetch failed");
      }
      return send(url, init);
    },
  });
  await failure(lost.sendMessage(message), { status: 409, maybeDelivered: true, attempts: 2 });
  assert.equal(sandbox.deliveries().length, 1);
  await client.sendMessage(message);
  assert.equal(sandbox.deliveries().length, 2);
});

/** A store that fails to write records so many times. */
const failing = (step, tries) => {
  const store = memoryStore();
  const { [step]: act } = store.records;
  store.records[step] = (...args) => (tries-- > 0 ? Promise.reject(new Error("ECONNRESET")) : act(...args));
  return store;
};

test("an answer that cannot be recorded is returned, and the same process replays it", async (t) => {
  fakeTimers(t);
  const { sandbox, client, message, troubles } = await app({ store: failing("finish", Infinity) });
  const send = () => client.sendMessage(message, { idempotencyKey: "k" });
  const sent = ticking(t, send());
  assert.equal((await sent).content, message.content);
  assert.deepEqual(await send(), await sent);
  assert.equal(sandbox.deliveries().length, 1);
  // The proxy gives up after a while: it calls onError, and the record has an unknown outcome.
  await ticking(t, untilTrue(() => troubles.some(({ error }) => error.message === "ECONNRESET")), 500);
  await failure(ticking(t, send(), 500), { status: 409, maybeDelivered: true });
  assert.equal(sandbox.deliveries().length, 1);
});

/** Loses so many requests before they reach the proxy. */
const unreached = (times) => (send) => async (url, init) => {
  if (times-- > 0) throw new TypeError("fetch failed");
  return send(url, init);
};

test("with an unavailable store, the error still says that an earlier attempt may have been sent", async () => {
  const away = { store: failing("read", Infinity), client: { maxRetries: 1 } };
  const retried = await behind(unreached(1), away);
  const earlier = { status: 503, attempts: 2, maybeDelivered: true };
  const { message } = await failure(retried.client.sendMessage(retried.message), earlier);
  assert.equal(retried.answers[0].headers.get("centerfy-maybe-delivered"), "unsent");
  assert.match(message, /this request was not sent \(status 503\); an earlier attempt may have been processed/);
  await failure(retried.client.getAgent("a"), { attempts: 1, maybeDelivered: false });

  const first = await behind(unreached(0), { ...away, client: { maxRetries: 0 } });
  const refused = await failure(first.client.sendMessage(first.message), { status: 503, maybeDelivered: false });
  assert.equal(first.answers[0].headers.get("centerfy-maybe-delivered"), "false");
  assert.match(refused.message, /this request was not sent \(status 503\)$/);
  assert.equal(retried.sandbox.deliveries().length + first.sandbox.deliveries().length, 0);
});

test("a retry of a request in flight is repeated as Retry-After says, until its answer is there", async (t) => {
  fakeTimers(t, "Date");
  const store = memoryStore();
  const { client, message, answers, sandbox } = await app({ store });
  const send = () => client.sendMessage(message, { idempotencyKey: "k" });
  const sent = await send();
  // The first request stays in flight until the proxy has told the second one.
  const { read } = store.records;
  store.records.read = async (...args) => (answers.length > 1 ? read(...args) : { state: "running" });
  assert.deepEqual(await ticking(t, send()), sent);
  const [, inFlight, replayed] = answers;
  assert.deepEqual([inFlight.status, inFlight.headers.get("centerfy-maybe-delivered")], [503, "true"]);
  assert.equal(replayed.headers.get("idempotency-replayed"), "true");
  assert.equal(sandbox.deliveries().length, 1);
});

test("an answer is recorded as soon as the store is available again", async (t) => {
  fakeTimers(t);
  const store = failing("finish", 3);
  const { sandbox, client, message } = await app({ store });
  const sent = await ticking(t, client.sendMessage(message, { idempotencyKey: "k" }));
  const other = await app({ store, fetch: sandbox.fetch, apiKey: sandbox.apiKey });
  assert.deepEqual(await ticking(t, other.client.sendMessage(message, { idempotencyKey: "k" })), sent);
  assert.equal(sandbox.deliveries().length, 1);
});

test("a key whose record could not be created can be used again: nothing was sent", async (t) => {
  fakeTimers(t);
  const { sandbox, proxy, message } = await app({ store: failing("begin", 1) });
  const ask = () =>
    proxy(
      new Request("http://app.test/api/centerfy/send-message", {
        method: "POST",
        headers: { "content-type": "application/json", origin: "http://app.test", "idempotency-key": '"k"' },
        body: JSON.stringify(message),
      }),
    );
  const refused = await ticking(t, ask());
  assert.deepEqual([refused.status, refused.headers.get("centerfy-maybe-delivered")], [503, "false"]);
  assert.equal((await ticking(t, ask())).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});

test("the order of the fields does not change a request", async () => {
  const { sandbox, client, message } = await app();
  const options = { idempotencyKey: "k" };
  const backwards = Object.fromEntries(Object.entries(message).reverse());
  assert.deepEqual(await client.sendMessage(backwards, options), await client.sendMessage(message, options));
  assert.equal(sandbox.deliveries().length, 1);
});

test("a record is kept for keepMs; afterwards its key is new", async (t) => {
  const { sandbox, client, message } = await app({ keepMs: 100 });
  await client.sendMessage(message, { idempotencyKey: "k" });
  await untilTrue(async () => {
    await client.sendMessage(message, { idempotencyKey: "k" });
    return sandbox.deliveries().length === 2;
  });
});

test("a custom limiter is notified of every 429", async () => {
  const told = [];
  const limiter = { acquire() {}, hold: (pause) => told.push(pause) };
  const fetch = stub((n) => (n > 2 ? answer({}) : answer({}, 429, n === 1 ? { "retry-after-ms": "5" } : {})));
  const client = new Centerfy({ apiKey: "cfy_limiter_hold", fetch, rateLimit: limiter });
  await client.getAgent("a");
  assert.deepEqual(told, [{ ms: 5 }, { ms: 0 }]);
  const careless = { acquire() {}, hold: async () => Promise.reject(new Error("away")) };
  const other = new Centerfy({ apiKey: "cfy_limiter_hold", fetch: stub(() => answer({}, 429)), rateLimit: careless, maxRetries: 0 });
  await failure(other.getAgent("a"), { code: "rate_limited" });
});

test("a retry that a new store has no record of has an unknown outcome", async () => {
  const { sandbox, proxy } = await app();
  const [{ conversation_id }] = sandbox.contacts();
  const ask = (key, since) =>
    proxy(
      new Request("http://app.test/api/centerfy/send-message", {
        method: "POST",
        headers: { "content-type": "application/json", origin: "http://app.test", "idempotency-key": `"${key}"`, ...since },
        body: JSON.stringify({ content: "Hi", ai: false, conversation_id, channel: "sms" }),
      }),
    );
  // A process that has just started may receive it seconds after it was sent.
  const late = await ask("late", { "centerfy-since": "1" });
  assert.deepEqual([late.status, late.headers.get("centerfy-maybe-delivered")], [409, "true"]);
  assert.equal(sandbox.deliveries().length, 0);
  // The outcome of a refused request is known, so it can be retried at once.
  sandbox.fail("sendMessage", { type: "answer", status: 403 });
  assert.equal((await ask("refused")).status, 403);
  assert.equal((await ask("refused", { "centerfy-since": "1" })).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});
