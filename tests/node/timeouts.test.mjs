// attemptTimeout and timeout: they include connection, headers and body, and exclude the queue.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ownTime } from "../support/time.mjs";
import { Centerfy, answer, everyOperation, failure, hang, makeWorld, newMessage, once, rejection, stub, stubbed } from "./support.mjs";

const never = () => stub((n, url, init) => hang(init.signal));

test("an attempt that times out is retried only if that is safe", async () => {
  const fetch = never();
  for (const [operation, call] of Object.entries(everyOperation(stubbed(fetch, { attemptTimeout: 30, maxRetries: 1 })))) {
    fetch.sent.length = 0;
    const attempts = once.has(operation) ? 1 : 2;
    await failure(call(), { code: "timeout", attempts, maybeDelivered: once.has(operation), status: undefined });
    assert.equal(fetch.sent.length, attempts);
    assert.ok(fetch.sent.every(({ signal }) => signal.aborted), "the request is aborted");
  }
});

test("timeout ends the whole call, whatever retries remain", async () => {
  const started = performance.now();
  await failure(stubbed(never(), { timeout: 900, attemptTimeout: 100, maxRetries: 50 }).getAgent("a"), { code: "timeout" });
  const ms = performance.now() - started;
  assert.ok(ms < 60_000, `${ms} ms; all attempts would take minutes`);
  await failure(stubbed(never(), { timeout: 40 }).getAgent("a"), { code: "timeout", attempts: 1 });
});

test("a call's timeouts override the client's", async () => {
  const client = stubbed(never(), { timeout: 0, attemptTimeout: 0 });
  await failure(client.getAgent("a", { timeout: 30 }), { code: "timeout", attempts: 1 });
  await failure(client.getAgent("a", { attemptTimeout: 30, maxRetries: 0 }), { code: "timeout", attempts: 1 });
  const late = (n, url, init) => Promise.race([hang(init.signal), new Promise((resolve) => setTimeout(() => resolve(answer({ id: 1 })), 60))]);
  const short = stubbed(stub(late), { timeout: 20, attemptTimeout: 20 });
  for (const none of [0, Infinity]) assert.deepEqual(await short.getAgent("a", { timeout: none, attemptTimeout: none }), { id: 1 });
});

test("the attempt includes the response body", async () => {
  const world = await makeWorld();
  await world.fault({ type: "stall_body", afterBytes: 30, times: null });
  const send = { ...newMessage, conversation_id: world.contacts[0].conversation_id };
  await failure(world.client().sendMessage(send, { attemptTimeout: 400 }), { code: "timeout", attempts: 1, maybeDelivered: true, status: 200 });
  await failure(world.client().getAgent(world.agents[0].id, { timeout: 400 }), { code: "timeout", attempts: 1, maybeDelivered: false });
  assert.equal((await world.deliveries("sendMessage")).length, 1);
});

test("the timeout excludes the wait in the queue", async () => {
  const client = stubbed(stub(), { rateLimit: { requests: 1, perMs: 1_500 }, timeout: 1_000 });
  await Promise.all(Array.from({ length: 2 }, () => client.getAgent("a")));
  const slow = { acquire: () => new Promise((resolve) => setTimeout(resolve, 1_500)) };
  await stubbed(stub(), { rateLimit: slow, timeout: 1_000 }).getAgent("a");
});

test("the timeout includes the wait between attempts", async () => {
  const fetch = stub(() => answer({}, 503, { "retry-after-ms": "400" }));
  await failure(stubbed(fetch, { timeout: 1000, maxRetries: 50 }).getAgent("a"), { code: "server" });
  assert.ok(fetch.sent.length >= 2 && fetch.sent.length <= 4, String(fetch.sent.length));
});

test("a call that slept past its deadline sends no further request", async () => {
  // A page in the background, a sleeping laptop: the clock continues, timers do not.
  const now = performance.now;
  const fetch = stub(() => answer({}, 429, { "retry-after-ms": "20" }));
  try {
    const client = stubbed(fetch, {
      timeout: 5000,
      onEvent: (event) => {
        if (event.type === "retry") performance.now = () => now.call(performance) + 60_000;
      },
    });
    await failure(client.sendMessage(newMessage), { code: "timeout", attempts: 1, maybeDelivered: false });
    assert.equal(fetch.sent.length, 1);
  } finally {
    performance.now = now;
  }
});

test("a fetch that resolves to something else is a lost request, not a hanging call", async () => {
  for (const made of [undefined, null, 7, {}, { status: 200 }, { status: 503 }, { status: 200, text: () => Promise.reject() }, { status: 500, headers: {}, text: async () => "x" }]) {
    const error = await failure(stubbed(stub(() => made), { maxRetries: 0, timeout: 5000 }).getAgent("a"));
    assert.match(error.code, /^(network|server)$/, JSON.stringify(made));
  }
  // With as few properties as a stand-in in a user's tests.
  const little = { status: 200, text: async () => '{"id":1}' };
  assert.deepEqual(await stubbed(stub(() => little)).getAgent("a"), { id: 1 });
  await failure(stubbed(stub(() => ({ status: 200, text: async () => "<p>" }))).getAgent("a"), { code: "parse" });
  const thrown = new Error("at once");
  const throws = () => {
    throw thrown;
  };
  const error = await failure(stubbed(throws, { maxRetries: 0 }).getAgent("a"), { code: "network" });
  assert.equal(error.cause, thrown);
});

test("the time of an attempt with a 429 counts as queueing, which the timeout excludes", async (t) => {
  const time = ownTime(t);
  const held = (status) => stub(async (n) => {
    await time.sleep(20_000);
    return n < 3 ? answer({}, status, { "retry-after": "15", "centerfy-maybe-delivered": "false" }) : answer({ id: 1 });
  });
  for (const rateLimit of [false, undefined]) {
    const options = { apiKey: undefined, baseUrl: undefined, proxy: `http://app.test/${rateLimit}`, rateLimit };
    const before = time.now();
    const sent = await time.run(stubbed(held(429), options).sendMessage(newMessage));
    assert.deepEqual(sent, { id: 1 });
    // Three times at the proxy, and twice between: 90 seconds, where a call may take 60.
    assert.ok(time.now() - before >= 90_000);
    // Any other attempt of that length counts.
    const error = await time.run(rejection(stubbed(held(503), options).sendMessage(newMessage)));
    assert.deepEqual([error.code, error.attempts], ["server", 2]);
  }
});

test("66 messages at one proxy that queues each for 20 s at most are all delivered, with default options", async (t) => {
  const time = ownTime(t);
  const LIMIT = 60;
  const WINDOW = 60_000;
  const HELD = 20_000;
  const went = [];
  const room = () => went.filter((at) => time.now() - at < WINDOW).length < LIMIT;
  const fetch = async () => {
    for (const until = time.now() + HELD; time.now() < until; await time.sleep(500)) {
      if (!room()) continue;
      went.push(time.now());
      return answer({ id: 1 });
    }
    const left = WINDOW - (time.now() - went.at(-LIMIT));
    return answer({ error: true, message: "Nothing was sent" }, 429, { "retry-after": String(Math.ceil(left / 1000)), "centerfy-maybe-delivered": "false" });
  };
  // One page per message: each has its own limiter.
  const calls = Array.from({ length: 66 }, (_, i) => new Centerfy({ proxy: `http://app.test/${i}`, fetch }).sendMessage(newMessage));
  await time.run(Promise.all(calls));
  assert.equal(went.length, 66);
});
