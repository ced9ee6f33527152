// onEvent: the events, their order, and what a listener may do.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { answer, hang, makeWorld, rejection, stub, stubbed, until } from "./support.mjs";

const recorder = () => {
  const events = [];
  return { events, onEvent: (event) => events.push(event), types: () => events.map((event) => event.type) };
};

test("a call that succeeds at once is a request, a response and an end", async () => {
  const world = await makeWorld();
  const { events, onEvent } = recorder();
  await world.client({ onEvent }).getAgent(world.agents[0].id);
  const [request, response, end] = events;
  const url = new RegExp(`/functions/v1/crm-api/get-agent/${world.agents[0].id}$`);
  assert.deepEqual(Object.keys(request).sort(), ["attempt", "callId", "operation", "type", "url"]);
  assert.deepEqual([request.type, request.operation, request.attempt], ["request", "getAgent", 1]);
  assert.match(request.url, url);
  assert.deepEqual(Object.keys(response).sort(), ["attempt", "callId", "durationMs", "operation", "requestId", "status", "type", "url"]);
  assert.deepEqual([response.type, response.status, response.attempt], ["response", 200, 1]);
  assert.ok(response.durationMs > 0);
  assert.match(response.requestId, /^req_/);
  assert.deepEqual([end.type, end.outcome, end.attempts, end.queuedMs, end.url], ["end", "success", 1, 0, request.url]);
  assert.ok(end.durationMs >= response.durationMs);
  assert.deepEqual([response.callId, end.callId], [request.callId, request.callId]);
  assert.equal(events.length, 3);
});

test("a retry event comes between two attempts and has the delay", async () => {
  const { events, onEvent, types } = recorder();
  const fetch = stub((n) => (n < 3 ? answer({}, 503, { "retry-after-ms": "7" }) : answer({ id: 1 })));
  await stubbed(fetch, { onEvent }).getAgent("a");
  assert.deepEqual(types(), ["request", "response", "retry", "request", "response", "retry", "request", "response", "end"]);
  assert.deepEqual(events.map((event) => event.attempt), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
  assert.deepEqual([events[2].reason, events[2].delayMs], ["status", 7]);
  assert.equal(events[1].status, 503);
});

test("a lost connection is a failure with the error, and the retry says why", async () => {
  const { events, onEvent, types } = recorder();
  const error = new TypeError("fetch failed");
  const fetch = stub(() => Promise.reject(error));
  await rejection(stubbed(fetch, { onEvent, maxRetries: 1 }).getAgent("a"));
  assert.deepEqual(types(), ["request", "failure", "retry", "request", "failure", "end"]);
  const [, failed, retry] = events;
  assert.deepEqual([failed.reason, failed.error, failed.status, retry.reason], ["network", error, 0, "network"]);
  assert.deepEqual([events[5].outcome, events[5].attempts], ["network", 2]);
});

test("a body that breaks off is a failure with the status", async () => {
  const { events, onEvent } = recorder();
  const broken = { status: 200, headers: new Headers(), text: () => Promise.reject(new TypeError("terminated")) };
  await rejection(stubbed(stub(() => broken), { onEvent, maxRetries: 0 }).getAgent("a"));
  assert.deepEqual(events.map(({ type, status, reason }) => [type, status, reason]).slice(1, 2), [["failure", 200, "network"]]);
});

test("an attempt that times out is a failure without an error", async () => {
  const { events, onEvent, types } = recorder();
  const fetch = stub((n, url, init) => hang(init.signal));
  await rejection(stubbed(fetch, { onEvent, attemptTimeout: 5, maxRetries: 1 }).getAgent("a"));
  assert.deepEqual(types(), ["request", "failure", "retry", "request", "failure", "end"]);
  assert.deepEqual([events[1].reason, events[1].error, events[2].reason, events[5].outcome], ["timeout", undefined, "timeout", "timeout"]);
});

test("a key in the error of a lost connection is redacted", async () => {
  const { events, onEvent } = recorder();
  const apiKey = "cfy_secret_of_this_test";
  const fetch = stub(() => Promise.reject(new TypeError(`no route for ${apiKey}`)));
  await rejection(stubbed(fetch, { onEvent, apiKey, maxRetries: 0 }).getAgent("a"));
  assert.equal(events[1].error.message, "no route for [apiKey]");
});

test("every call has one end event with its outcome", async () => {
  const outcomes = async (call, fetch, options) => {
    const { events, onEvent } = recorder();
    await call(stubbed(fetch, { onEvent, maxRetries: 0, ...options })).catch(() => {});
    const ends = events.filter((event) => event.type === "end");
    assert.equal(ends.length, 1);
    assert.equal(events.at(-1).type, "end");
    return [ends[0].outcome, ends[0].attempts, typeof ends[0].url];
  };
  const get = (client) => client.getAgent("a");
  const ok = stub(() => answer({ id: 1 }));
  assert.deepEqual(await outcomes(get, ok), ["success", 1, "string"]);
  assert.deepEqual(await outcomes((client) => client.getAgent(""), ok), ["validation", 0, "undefined"]);
  assert.deepEqual(await outcomes((client) => client.getAgent("a", { timeout: -1 }), ok), ["validation", 0, "undefined"]);
  assert.deepEqual(await outcomes(get, stub(() => answer({}, 404))), ["not_found", 1, "string"]);
  assert.deepEqual(await outcomes((client) => client.getAgent("a", { signal: AbortSignal.abort() }), ok), ["aborted", 0, "undefined"]);
  const rateLimit = { acquire: () => Promise.reject(new Error("no limiter")) };
  assert.deepEqual(await outcomes(get, ok, { rateLimit }), ["error", 0, "string"]);
});

test("callId is the same in all events of a call, and no two calls share one", async () => {
  const { events, onEvent } = recorder();
  const client = stubbed(stub(() => answer({ id: 1 })), { onEvent, rateLimit: { requests: 1, perMs: 5 } });
  await Promise.all(["a", "b", "c"].map((id) => client.getAgent(id)));
  const ids = Map.groupBy ? Map.groupBy(events, ({ url }) => url) : new Map(["a", "b", "c"].map((id) => [id, events.filter(({ url }) => url.endsWith(id))]));
  const distinct = [...ids.values()].map((those) => [...new Set(those.map(({ callId }) => callId))]);
  assert.ok(distinct.every((those) => those.length === 1));
  assert.equal(new Set(distinct.flat()).size, 3);
});

test("a listener runs in the caller's async context: queued, retried, timed out, aborted", async () => {
  const context = new AsyncLocalStorage();
  const seen = [];
  const onEvent = ({ type, url }) => seen.push([type, url?.at(-1), context.getStore()]);
  const fetch = stub((n, url, init) => {
    if (url.endsWith("d")) return hang(init.signal);
    return url.endsWith("b") && n < 4 ? answer({}, 503, { "retry-after-ms": "1" }) : answer({ id: 1 });
  });
  const client = stubbed(fetch, { onEvent, rateLimit: { requests: 1, perMs: 5 } });
  const controller = new AbortController();
  const call = (id, options) => context.run(id, () => client.getAgent(id, options).catch(() => {}));
  const aborted = call("d", { signal: controller.signal });
  const calls = [call("a"), call("b"), call("c", { attemptTimeout: 1_000 })];
  context.run("elsewhere", () => controller.abort());
  await Promise.all([aborted, ...calls]);
  assert.deepEqual(seen.filter(([, id, store]) => id !== store), []);
  for (const type of ["queued", "request", "response", "retry", "end"]) assert.ok(seen.some(([seen]) => seen === type), type);
  assert.ok(seen.some(([type, id]) => type === "end" && id === "d"));
});

test("a queued attempt has an event with its number", async () => {
  const { events, onEvent } = recorder();
  const client = stubbed(stub(), { onEvent, rateLimit: { requests: 1, perMs: 200 } });
  await Promise.all([client.getAgent("a"), client.getAgent("b")]);
  const queued = events.filter((event) => event.type === "queued");
  assert.equal(queued.length, 1, "a call that is not queued has no such event");
  assert.equal(queued[0].attempt, 1);
  assert.match(queued[0].url, /get-agent\/b$/);
  const ends = events.filter((event) => event.type === "end");
  assert.deepEqual(ends.map(({ url, queuedMs }) => [url.at(-1), queuedMs > 0]), [["a", false], ["b", true]]);
});

test("a listener that throws changes nothing", async () => {
  const onEvent = () => {
    throw new Error("listener");
  };
  assert.deepEqual(await stubbed(stub(() => answer({ id: 1 })), { onEvent }).getAgent("a"), { id: 1 });
});

for (const type of ["request", "response", "retry", "queued"]) {
  test(`a listener may abort at "${type}": nothing is sent afterwards, other calls are not affected`, async () => {
    const controller = new AbortController();
    let sent = 0;
    const onEvent = (event) => event.operation === "getCallRecording" && event.type === type && controller.abort("enough");
    const fetch = stub((n, url) => {
      if (!url.includes("recording")) return answer({ id: "good" });
      sent++;
      return answer({}, 503, { "retry-after-ms": "1" });
    });
    const client = stubbed(fetch, { onEvent, rateLimit: { requests: 2, perMs: 50 } });
    // Not awaited before, since on a busy machine their window would end.
    const first = type === "queued" ? [client.getAgent("a"), client.getAgent("a")] : [];
    assert.equal(await rejection(client.getCallRecording("c", { signal: controller.signal })), "enough");
    await Promise.all(first);
    const before = sent;
    assert.equal(before, { request: 0, queued: 0, response: 1, retry: 1 }[type]);
    // Calls that reuse the module's memory of the aborted one.
    const others = await Promise.all(Array.from({ length: 6 }, () => client.getAgent("b")));
    assert.ok(others.every((agent) => agent.id === "good"));
    assert.equal(sent, before, "nothing more was sent");
  });
}

test("a listener may call the client", async () => {
  let inner;
  const fetch = stub((n, url) => answer({ url }));
  const client = stubbed(fetch, {
    rateLimit: { requests: 2, perMs: 25 },
    onEvent: (event) => (inner ??= event.type === "request" && client.getAgent("inner")),
  });
  const outer = await client.getAgent("outer");
  assert.match(outer.url, /outer$/);
  assert.match((await inner).url, /inner$/);
});

test("no event contains the key, even if it was passed as an id", async () => {
  const world = await makeWorld();
  const { events, onEvent } = recorder();
  const client = world.client({ onEvent });
  await rejection(client.getAgent(world.api_key));
  await rejection(client.getAgent("x", { timeout: 1 }));
  const shown = JSON.stringify(events);
  assert.ok(events.length > 4 && !shown.includes(world.api_key), shown);
});

test("an aborted call emits nothing after its end", async () => {
  const { events, onEvent } = recorder();
  const controller = new AbortController();
  const fetch = stub((n, url, init) => hang(init.signal));
  const call = rejection(stubbed(fetch, { onEvent }).getAgent("a", { signal: controller.signal }));
  await until(() => events.length === 1);
  controller.abort();
  await call;
  await new Promise(setImmediate);
  assert.deepEqual(events.map(({ type }) => type), ["request", "end"]);
});
