// withResponse(): the data with what is known about the response, for every operation.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { answer, baseUrl, Centerfy, entry, everyOperation, failure, makeWorld, stub, stubbed } from "./support.mjs";

const headers = { "x-request-id": "req_1", "x-more": "yes" };

for (const operation of Object.keys(everyOperation({}))) {
  test(`${operation}().withResponse() has data, status, headers, request id and attempts`, async () => {
    const client = stubbed(stub(() => answer({ id: "a" }, 200, headers)));
    const result = await everyOperation(client)[operation]().withResponse();
    assert.deepEqual(Object.keys(result).sort(), ["attempts", "data", "durationMs", "headers", "requestId", "status"]);
    assert.deepEqual([result.data, result.status, result.requestId, result.attempts], [{ id: "a" }, 200, "req_1", 1]);
    assert.equal(result.headers.get("x-more"), "yes");
  });
}

test("attempts counts retries, and the rest is that of the last response", async () => {
  const fetch = stub((n) => (n < 3 ? answer({}, 503, { "retry-after-ms": "1", "x-request-id": `req_${n}` }) : answer({ id: 1 }, 201, { "x-request-id": `req_${n}` })));
  const { status, requestId, attempts } = await stubbed(fetch).getAgent("a").withResponse();
  assert.deepEqual([status, requestId, attempts], [201, "req_3", 3]);
});

test("a response without an id has none", async () => {
  const { requestId } = await stubbed(stub(() => answer({ id: 1 }))).getAgent("a").withResponse();
  assert.equal(requestId, undefined);
});

test("it rejects with the call's error, which has the status, the id and the attempts", async () => {
  const client = stubbed(stub(() => answer({ error: true, message: "Agent not found" }, 404, headers)));
  const promise = client.getAgent("a").withResponse();
  await failure(promise, { code: "not_found", status: 404, requestId: "req_1", attempts: 1 });
  await failure(client.getAgent("").withResponse(), { code: "validation", attempts: 0 });
});

test("without it the promise is a plain one", async () => {
  const promise = stubbed(stub(() => answer({ id: 1 }))).getAgent("a");
  assert.equal(Object.getPrototypeOf(promise), Promise.prototype);
  assert.deepEqual(await promise, { id: 1 });
  assert.deepEqual((await promise.withResponse()).data, { id: 1 });
});

test("from a real server", async () => {
  const world = await makeWorld();
  const { data, status, headers, requestId } = await world.client().getAgent(world.agents[0].id).withResponse();
  assert.equal(data.id, world.agents[0].id);
  assert.equal(status, 200);
  assert.match(headers.get("content-type"), /^application\/json/);
  assert.equal(requestId, headers.get("x-request-id"));
});

test("behind a proxy: the API's request id, and whether the response is a replay", async () => {
  const world = await makeWorld();
  const { createProxy } = await import(pathToFileURL(join(entry, "../proxy/index.js")));
  const path = "/api";
  const allow = ["getAgent", "sendMessage"];
  const proxy = createProxy({ apiKey: world.api_key, baseUrl, path, allow, authorize: () => "mia", origins: ["none"] });
  const fetch = (url, init) => proxy(new Request(url, init));
  const client = new Centerfy({ proxy: `http://app.test${path}`, fetch, rateLimit: false });
  const { data, status, requestId, attempts } = await client.getAgent(world.agents[0].id).withResponse();
  assert.deepEqual([data.id, status, attempts], [world.agents[0].id, 200, 1]);
  assert.match(requestId, /^req_/);
  const { conversation_id } = world.contacts[0];
  const send = () => client.sendMessage({ content: "Hi", ai: false, conversation_id, channel: "sms" }, { idempotencyKey: "once" }).withResponse();
  const [first, again] = [await send(), await send()];
  assert.deepEqual(again.data, first.data);
  assert.deepEqual([first, again].map(({ headers }) => headers.get("idempotency-replayed")), [null, "true"]);
});
