// Whatever the operator's own functions do, the caller gets a response and the process keeps running.
// Node's test runner fails a test that leaves a rejection unhandled; `turn()` gives Node.js the time to
// report one.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { answer } from "../node/support.mjs";
import { app, fakeTimers, memoryStore, ticking, toNodeHandler, turn, untilTrue } from "./support.mjs";

const mistakes = {
  rejects: async () => Promise.reject(new Error("mine")),
  throws: () => {
    throw new Error("mine");
  },
};

/** One request for an agent, with these options. */
const ask = async (options, ...context) => {
  const { proxy, sandbox } = await app(options);
  const { id } = sandbox.agents()[0];
  const { status } = await proxy(new Request(`http://app.test/api/centerfy/get-agent/${id}`), ...context);
  await turn();
  return status;
};

for (const [how, mistake] of Object.entries(mistakes)) {
  test(`onError that ${how} changes nothing`, async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    assert.equal(await ask({ fetch, onError: mistake }), 502);
  });

  test(`onError that ${how} when an answer could not be recorded changes nothing`, async (t) => {
    const store = memoryStore();
    store.records.finish = mistakes.rejects;
    const onError = t.mock.fn(mistake);
    const { client, message } = await app({ store, onError });
    fakeTimers(t);
    assert.equal((await ticking(t, client.sendMessage(message))).content, message.content);
    // The proxy retries for one minute before it reports the error.
    await ticking(t, untilTrue(() => onError.mock.callCount() > 0));
    await turn();
  });

  test(`onEvent that ${how} changes nothing`, async () => {
    assert.equal(await ask({ onEvent: mistake }), 200);
  });

  test(`authorize that ${how} is a 500`, async () => {
    assert.equal(await ask({ authorize: mistake }), 500);
  });

  test(`a store whose hold() ${how} changes nothing`, async () => {
    const store = { ...memoryStore(), limiter: () => ({ acquire() {}, hold: mistake }) };
    assert.equal(await ask({ store, fetch: async () => answer({}, 429) }), 429);
  });

  test(`waitUntil that ${how} changes nothing`, async () => {
    assert.equal(await ask({}, { waitUntil: mistake }), 200);
  });
}

test("a status of the API that no Response may have is a 502", async () => {
  const odd = { status: 700, headers: new Headers(), text: async () => "{}" };
  assert.equal(await ask({ fetch: async () => odd }), 502);
});

/** Starts a server of Node.js with this handler, and resolves to the response to `GET /`. */
const serve = async (t, handler) => {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => (server.closeAllConnections(), server.close()));
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
  await response.arrayBuffer();
  await turn();
  return response.status;
};

test("a wrapper of the proxy that rejects is a 500, or an error for Express", async (t) => {
  const told = t.mock.method(console, "error", () => {});
  const handler = toNodeHandler(mistakes.rejects);
  assert.equal(await serve(t, handler), 500);
  assert.equal(told.mock.calls[0].arguments[0].message, "mine");
  const express = (request, response) => handler(request, response, ({ message }) => response.writeHead(503).end(message));
  assert.equal(await serve(t, express), 503);
});

test("a response that a middleware has already sent is not sent again", async (t) => {
  const handling = [];
  const late = toNodeHandler(async () => (await turn(), Response.json({})));
  const impatient = (request, response) => {
    handling.push(late(request, response));
    response.writeHead(503).end();
  };
  assert.equal(await serve(t, impatient), 503);
  await Promise.all(handling);
});
