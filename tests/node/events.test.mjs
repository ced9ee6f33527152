// onEvent: what it is told, in what order, and what a listener may do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, hang, makeWorld, rejection, stub, stubbed, until } from "./support.mjs";

const recorder = () => {
  const events = [];
  return { events, onEvent: (event) => events.push(event), types: () => events.map((event) => event.type) };
};

test("a call that succeeds at once is a request and a response", async () => {
  const world = await makeWorld();
  const { events, onEvent } = recorder();
  await world.client({ onEvent }).getAgent(world.agents[0].id);
  const [request, response] = events;
  const url = new RegExp(`/functions/v1/crm-api/get-agent/${world.agents[0].id}$`);
  assert.deepEqual(Object.keys(request).sort(), ["attempt", "operation", "type", "url"]);
  assert.deepEqual([request.type, request.operation, request.attempt], ["request", "getAgent", 1]);
  assert.match(request.url, url);
  assert.deepEqual(Object.keys(response).sort(), ["attempt", "durationMs", "operation", "status", "type", "url"]);
  assert.deepEqual([response.type, response.status, response.attempt], ["response", 200, 1]);
  assert.ok(response.durationMs > 0);
  assert.equal(events.length, 2);
});

test("a retry event comes between two attempts and has the delay", async () => {
  const { events, onEvent, types } = recorder();
  const fetch = stub((n) => (n < 3 ? answer({}, 503, { "retry-after-ms": "7" }) : answer({ id: 1 })));
  await stubbed(fetch, { onEvent }).getAgent("a");
  assert.deepEqual(types(), ["request", "response", "retry", "request", "response", "retry", "request", "response"]);
  assert.deepEqual(events.map((event) => event.attempt), [1, 1, 1, 2, 2, 2, 3, 3]);
  assert.equal(events[2].delayMs, 7);
  assert.equal(events[1].status, 503);
});

test("a lost request has no response", async () => {
  const { onEvent, types } = recorder();
  const fetch = stub(() => Promise.reject(new TypeError("fetch failed")));
  await rejection(stubbed(fetch, { onEvent, maxRetries: 0 }).getAgent("a"));
  assert.deepEqual(types(), ["request"]);
});

test("a queued attempt has an event with its number", async () => {
  const { events, onEvent } = recorder();
  const client = stubbed(stub(), { onEvent, rateLimit: { requests: 1, perMs: 200 } });
  await Promise.all([client.getAgent("a"), client.getAgent("b")]);
  const queued = events.filter((event) => event.type === "queued");
  assert.equal(queued.length, 1, "a call that is not queued has no such event");
  assert.equal(queued[0].attempt, 1);
  assert.match(queued[0].url, /get-agent\/b$/);
});

test("a listener that throws changes nothing", async () => {
  const onEvent = () => {
    throw new Error("listener");
  };
  assert.deepEqual(await stubbed(stub(() => answer({ id: 1 })), { onEvent }).getAgent("a"), { id: 1 });
});

for (const type of ["request", "response", "retry", "queued"]) {
  test(`a listener may abort at "${type}": nothing is sent afterwards, other calls are not touched`, async () => {
    const controller = new AbortController();
    let sent = 0;
    const onEvent = (event) => event.operation === "getCallRecording" && event.type === type && controller.abort("enough");
    const fetch = stub((n, url) => {
      if (!url.includes("recording")) return answer({ id: "good" });
      sent++;
      return answer({}, 503, { "retry-after-ms": "1" });
    });
    const client = stubbed(fetch, { onEvent, rateLimit: { requests: 2, perMs: 50 } });
    // Not awaited before: on a busy machine their window would be over.
    const first = type === "queued" ? [client.getAgent("a"), client.getAgent("a")] : [];
    assert.equal(await rejection(client.getCallRecording("c", { signal: controller.signal })), "enough");
    await Promise.all(first);
    const before = sent;
    assert.equal(before, { request: 0, queued: 0, response: 1, retry: 1 }[type]);
    // Calls that take over the place of the aborted one in the module.
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

test("no event shows the key, even where it was given as an id", async () => {
  const world = await makeWorld();
  const { events, onEvent } = recorder();
  const client = world.client({ onEvent });
  await rejection(client.getAgent(world.api_key));
  await rejection(client.getAgent("x", { timeout: 1 }));
  const shown = JSON.stringify(events);
  assert.ok(events.length > 0 && !shown.includes(world.api_key), shown);
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
  assert.equal(events.length, 1);
});
