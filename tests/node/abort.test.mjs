// Aborting a call, at every point of it.

import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { answer, baseUrl, everyOperation, asynchronousCopy, hang, makeWorld, ofLoading, once, rejection, stub, stubbed, until } from "./support.mjs";

/** A signal that counts its listeners. */
function counted() {
  const controller = new AbortController();
  const { signal } = controller;
  // The test uses one signal for many calls, which is not a leak that Node.js has to warn about.
  setMaxListeners(0, signal);
  const state = { controller, signal, listeners: 0 };
  const { addEventListener: add, removeEventListener: remove } = signal;
  signal.addEventListener = (...args) => (state.listeners++, add.apply(signal, args));
  signal.removeEventListener = (...args) => (state.listeners--, remove.apply(signal, args));
  return state;
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

/** An aborted call rejects by itself: it waits for no timer and no I/O, so a few turns of the event loop are enough. */
const TURNS = 10;

/** Aborts, and asserts that the call rejects promptly with the reason, and leaves no listeners or timers. */
async function abortNow({ controller, signal, ...state }, call, before = 0) {
  const reason = Symbol("reason");
  let error;
  rejection(call).then((thrown) => (error = thrown));
  controller.abort(reason);
  for (let turn = 0; turn < TURNS && error === undefined; turn += 1) await new Promise(setImmediate);
  assert.equal(error, reason);
  assert.ok(timers() <= before, `${timers()} timers are left, there were ${before}`);
}

/** A response whose body yields a few bytes and then nothing. It records whether it was canceled. */
function stalled(status, signal, seen) {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"error":'));
      signal.addEventListener("abort", () => stream.error(signal.reason));
      seen.reading = true;
    },
  });
  return new Response(body, { status, headers: { "retry-after-ms": "1" } });
}

const points = {
  "while the request is out": (n, url, { signal }) => hang(signal),
  "while the body comes": (n, url, { signal }, seen) => stalled(200, signal, seen),
  "while an error's body comes": (n, url, { signal }, seen) => stalled(503, signal, seen),
  "while it waits to try again": () => answer({}, 503, { "retry-after": "30" }),
};

for (const [point, respond] of Object.entries(points)) {
  test(`an abort ${point}`, async () => {
    const before = timers();
    const state = counted();
    const seen = {};
    const fetch = stub((n, url, init) => respond(n, url, init, seen));
    const events = [];
    const client = stubbed(fetch, { onEvent: (event) => events.push(event.type) });
    const call = client.getAgent("a", { signal: state.signal });
    call.catch(() => {});
    await until(() => (point.includes("body") ? seen.reading : point.includes("again") ? events.includes("retry") : fetch.sent.length));
    await new Promise(setImmediate);
    assert.equal(state.listeners, 1);
    await abortNow(state, call, before);
    assert.equal(state.listeners, 0, "the listener is gone");
    assert.equal(fetch.sent[0].signal.aborted, !point.includes("again"), "the request is aborted too");
    await client.getAgent("b", { signal: AbortSignal.timeout(1) }).catch(() => {});
    assert.equal(fetch.sent.filter(({ url }) => url.endsWith("/a")).length, 1, "nothing is sent afterwards");
  });
}

test("an abort in the queue", async () => {
  const before = timers();
  const state = counted();
  const fetch = stub();
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 60_000 } });
  await client.getAgent("a");
  assert.equal(timers(), before, "no timer while no call is queued");
  const call = client.getAgent("b", { signal: state.signal });
  assert.equal(timers(), before + 1);
  await abortNow(state, call, before);
  assert.equal(state.listeners, 0);
  assert.equal(fetch.sent.length, 1);
});

test("an abort while a custom limiter is pending", async () => {
  const state = counted();
  let asked;
  let let_go;
  const acquire = (given) => ((asked = given), new Promise((resolve) => (let_go = resolve)));
  const fetch = stub();
  const call = stubbed(fetch, { rateLimit: { acquire } }).getAgent("a", { signal: state.signal });
  assert.equal(asked.signal.aborted, false);
  await abortNow(state, call, timers());
  assert.ok(asked.signal.aborted, "it is told that the call is given up");
  let_go();
  await new Promise(setImmediate);
  assert.equal(fetch.sent.length, 0, "nothing is sent for a place that comes too late");
  assert.equal(state.listeners, 0);
});

test("an abort while the module loads", ofLoading, async () => {
  const { Centerfy } = await asynchronousCopy();
  const state = counted();
  const fetch = stub();
  const call = stubbed(fetch, {}, Centerfy).getAgent("a", { signal: state.signal });
  await abortNow(state, call, timers());
  assert.equal(state.listeners, 0);
  await stubbed(stub(), {}, Centerfy).getAgent("b");
  assert.equal(fetch.sent.length, 0);
});

test("a signal that is already aborted", async () => {
  const fetch = stub();
  const client = stubbed(fetch);
  for (const [operation, call] of Object.entries(everyOperation(client, { signal: AbortSignal.abort("early") }))) {
    assert.equal(await rejection(call()), "early", operation);
  }
  assert.equal(fetch.sent.length, 0);
});

test("the call rejects with the reason, whatever it is", async () => {
  const plain = { not: "an error" };
  for (const reason of [new Error("mine"), "text", 0, false, null, NaN, plain, Symbol.iterator, () => {}]) {
    const controller = new AbortController();
    const call = rejection(stubbed(stub((n, url, init) => hang(init.signal))).getAgent("a", { signal: controller.signal }));
    await new Promise(setImmediate);
    controller.abort(reason);
    assert.ok(Object.is(await call, reason), String(reason));
  }
  const controller = new AbortController();
  const call = rejection(stubbed(stub((n, url, init) => hang(init.signal))).getAgent("a", { signal: controller.signal }));
  controller.abort();
  assert.equal((await call).name, "AbortError");
  const late = await rejection(stubbed(stub((n, url, init) => hang(init.signal))).getAgent("a", { signal: AbortSignal.timeout(5) }));
  assert.equal(late.name, "TimeoutError");
});

test("a fetch that ignores its signal does not delay an aborted call", async () => {
  const state = counted();
  let respond;
  const fetch = stub(() => new Promise((resolve) => (respond = resolve)));
  const call = stubbed(fetch).getAgent("a", { signal: state.signal });
  await until(() => fetch.sent.length);
  await abortNow(state, call, timers());
  let cancelled = false;
  // Its late response is discarded, even if that fails.
  respond(new Response(new ReadableStream({ cancel: () => ((cancelled = true), Promise.reject(new Error("cannot"))) })));
  await until(() => cancelled);
  await new Promise(setImmediate);
});

test("after a call has ended its signal has no effect", async () => {
  const state = counted();
  const client = stubbed(stub((n) => (n === 1 ? answer({ id: 1 }) : answer({}, 404))));
  assert.deepEqual(await client.getAgent("a", { signal: state.signal }), { id: 1 });
  await rejection(client.getAgent("a", { signal: state.signal }));
  await rejection(client.getAgent("", { signal: state.signal }));
  assert.equal(state.listeners, 0);
  state.controller.abort();
});

test("one signal for many calls", async () => {
  const state = counted();
  const fetch = stub((n, url, init) => hang(init.signal));
  const client = stubbed(fetch, { rateLimit: { requests: 50, perMs: 60_000 } });
  const calls = Array.from({ length: 100 }, (_, i) => rejection(client.getAgent(`a${i}`, { signal: state.signal })));
  await until(() => fetch.sent.length === 50);
  state.controller.abort("all");
  assert.deepEqual(new Set(await Promise.all(calls)), new Set(["all"]));
  assert.equal(state.listeners, 0);
});

test("over real HTTP the server sees that the client closed a stalled response", async () => {
  const faults = [{ type: "stall_headers" }, { type: "stall_body", afterBytes: 15 }, { type: "stall_body", afterBytes: 5, status: 500, body: { error: true } }];
  await Promise.all(
    faults.map(async (fault) => {
      const world = await makeWorld();
      await world.fault(fault);
      const state = counted();
      const call = everyOperation(world.client(), { signal: state.signal }).sendMessage;
      const rejected = rejection(call());
      const [entry] = await until(async () => {
        const log = await world.requests();
        return log.length && log;
      });
      assert.equal(entry.closed_by_client, false);
      // The headers and a part of the body were sent.
      await new Promise((resolve) => setTimeout(resolve, 30));
      state.controller.abort("enough");
      assert.equal(await rejected, "enough");
      await until(async () => (await world.requests())[0].closed_by_client, "the server notices");
      assert.equal((await world.requests()).length, 1);
      assert.equal(state.listeners, 0);
    }),
  );
  assert.ok(once.has("sendMessage") && baseUrl);
});
