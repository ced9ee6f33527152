// Nearly valid inputs of callers, and what they do with a client and with an error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, CenterfyError, answer, everyOperation, failure, freshCopy, hang, newAgent, newMessage, rejection, stub, stubbed, until } from "./support.mjs";

const body = (fetch, n = 0) => JSON.parse(fetch.sent[n].body);

test("the checked request is the one that is sent, also with getters", async () => {
  class Form {
    #content = "See you at ten.";
    get content() {
      return this.#content;
    }
    toJSON() {
      return { ...newMessage, content: this.#content };
    }
  }
  const fetch = stub();
  const client = stubbed(fetch);
  await client.sendMessage(new Form());
  await client.sendMessage(new Form());
  assert.deepEqual(body(fetch, 0), { ...newMessage, content: "See you at ten." });
  assert.deepEqual(body(fetch, 1), body(fetch, 0));
});

test("inherited fields are not sent, so they are missing", async () => {
  const fetch = stub();
  const client = stubbed(fetch);
  await failure(client.createAgent(Object.create(newAgent)), { code: "validation", field: "request" });
  await failure(client.createAgent(Object.create(newAgent, { name: { value: "n", enumerable: true } })), { code: "validation", field: "voice_id" });
  await failure(client.updateAgent("a", Object.create({ is_active: false })), { code: "validation", field: "patch" });
  assert.equal(fetch.sent.length, 0);
});

test("fields that JSON would drop are refused, not omitted", async () => {
  class Model {
    is_active = true;
    get name() {
      return "from a getter";
    }
  }
  const fetch = stub();
  const client = stubbed(fetch);
  const partly = Object.assign(Object.create({ name: "inherited" }), { webhook: true, webhook_url: "https://x.test" });
  for (const patch of [new Model(), partly]) {
    await failure(client.updateAgent("a", patch), { code: "validation", field: "name", message: /an own property/ });
  }
  await failure(client.sendMessage(Object.assign(Object.create({ content: "c" }), { ai: false })), { field: "content", message: /content is required$/ });
  assert.equal(fetch.sent.length, 0);
});

test("an object that JSON cannot represent is not a request", async () => {
  const fetch = stub();
  const client = stubbed(fetch);
  const strange = { promise: Promise.resolve({ name: "n" }), map: new Map([["name", "n"]]), form: new FormData(), set: new Set(), headers: new Headers(), bytes: new Uint8Array(2), buffer: Buffer.from("{}"), list: [{ name: "n" }], date: new Date(), error: Object.assign(new Error("e"), { code: 1 }), own: Object.assign(Promise.resolve(), { name: "n" }) };
  for (const [what, request] of Object.entries(strange)) {
    const error = await failure(client.updateAgent("a", request), { code: "validation", field: "patch", message: /a plain object/ });
    assert.equal(error.message.includes("await it"), what === "promise" || what === "own");
    await failure(client.createAgent(request), { code: "validation", field: "request" });
    await failure(client.getContactMessages("k", request), { code: "validation", field: "query" });
  }
  assert.equal(fetch.sent.length, 0);
  for (const empty of [{}, Object.create(null)]) await client.updateAgent("a", empty);
});

test("a client works behind a JavaScript Proxy, and a detached method rejects", async () => {
  const fetch = stub(() => answer({ messages: [] }));
  const client = new Proxy(stubbed(fetch), {});
  for (const call of Object.values(everyOperation(client))) await call();
  for await (const message of client.contactMessages("k")) assert.fail(message);
  const { getAgent, contactMessages } = client;
  assert.ok((await rejection(getAgent("a"))) instanceof Error);
  assert.ok((await rejection(contactMessages("k").next())) instanceof Error);
});

test("a relative base URL is resolved when a call is made", async (t) => {
  t.after(() => {
    delete globalThis.document;
    delete globalThis.location;
  });
  const fetch = stub();
  // As in SvelteKit's load: its fetch resolves relative URLs.
  const client = new Centerfy({ baseUrl: "/api/centerfy/", fetch });
  await client.getAgent("a");
  assert.equal(fetch.sent[0].url, "/api/centerfy/get-agent/a");
  const without = new Centerfy({ baseUrl: "/api/centerfy" });
  await failure(without.getAgent("a"), { code: "validation", field: "baseUrl", attempts: 0 });
  await failure(new Centerfy({ proxy: "/api/centerfy" }).getAgent("a"), { code: "validation", field: "proxy", attempts: 0 });
  globalThis.location = { href: "http://worker.test/x/y.js" };
  await client.getAgent("a");
  assert.equal(fetch.sent[1].url, "http://worker.test/api/centerfy/get-agent/a");
  // A page's base is used before its address, which is not a base URL in a frame of `srcdoc`.
  globalThis.document = { baseURI: "http://page.test/base/" };
  globalThis.location = { href: "about:srcdoc" };
  await new Centerfy({ baseUrl: "api", fetch }).getAgent("a");
  assert.equal(fetch.sent[2].url, "http://page.test/base/api/get-agent/a");
});

test("a client can be made before fetch exists", async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  delete globalThis.fetch;
  const client = new Centerfy({ apiKey: "cfy_before_fetch", rateLimit: false });
  globalThis.fetch = stub(() => answer({ id: "later" }));
  assert.deepEqual(await client.getAgent("a"), { id: "later" });
});

test("without fetch nothing is sent, and the error says so", async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  delete globalThis.fetch;
  const client = new Centerfy({ apiKey: "cfy_without_fetch", rateLimit: false });
  for (const call of Object.values(everyOperation(client))) {
    await failure(call(), { code: "validation", field: "fetch", attempts: 0, maybeDelivered: false, message: /fetch must be a function/ });
  }
});

test("one listener per signal, however many calls share it", async () => {
  const controller = new AbortController();
  let listeners = 0;
  const { addEventListener } = controller.signal;
  controller.signal.addEventListener = (...args) => (listeners++, addEventListener.apply(controller.signal, args));
  const fetch = stub((n, url, { signal }) => hang(signal));
  const client = stubbed(fetch);
  const calls = Array.from({ length: 50 }, () => rejection(client.getAgent("a", { signal: controller.signal })));
  await until(() => fetch.sent.length === 50);
  controller.abort("all");
  assert.deepEqual(new Set(await Promise.all(calls)), new Set(["all"]));
  assert.equal(listeners, 1);
});

test("an aborted signal without a reason is an AbortError", async () => {
  const signal = { aborted: true, addEventListener() {}, removeEventListener() {} };
  assert.equal((await rejection(stubbed(stub()).getAgent("a", { signal }))).name, "AbortError");
});

test("an error can be constructed, changed and distinguished", () => {
  const error = new CenterfyError("getAgent: Agent not found (status 404)", { code: "not_found", status: 404 }, "cause");
  assert.ok(error instanceof CenterfyError && error instanceof Error && CenterfyError.is(error));
  assert.deepEqual({ ...error }, { attempts: 0, maybeDelivered: false, code: "not_found", status: 404 });
  assert.equal(error.cause, "cause");
  assert.equal(String(error), "CenterfyError: getAgent: Agent not found (status 404)");
  error.name = "MyError";
  Object.assign(error, { attempts: 3 });
  assert.equal(error.attempts, 3);
});

test("a circular cause keeps its code, and contains no key", async () => {
  const apiKey = "cfy_self_reference";
  for (const said of ["reset", `reset of ${apiKey}`]) {
    const cause = Object.assign(new Error(said), { code: "ECONNRESET" });
    cause.self = cause;
    const error = await failure(stubbed(stub(() => Promise.reject(cause)), { apiKey, maxRetries: 0 }).getAgent("a"), { code: "network" });
    assert.equal(error.cause.code, "ECONNRESET");
    assert.equal(error.cause === cause, said === "reset");
    assert.ok(!error.cause.message.includes(apiKey));
  }
});

test("a string that is too short to be a key is not redacted", async () => {
  const fetch = stub(() => answer({ error: true, message: "the latest key" }, 401));
  const error = await failure(stubbed(fetch, { apiKey: "test" }).getAgent("a"));
  assert.equal(error.message, "getAgent: the latest key (status 401)");
});

test("without a message of the server, the client has its own", async () => {
  const fetch = stub(() => answer({ error: true, message: "" }, 400));
  assert.equal((await failure(stubbed(fetch).getAgent("a"))).message, "getAgent: the API rejected the request (status 400)");
});

test("a redirect is reported as one, also in a page, where it is opaque", async () => {
  const opaque = { status: 0, type: "opaqueredirect", headers: new Headers(), body: null, text: async () => "" };
  const seen = new Response(null, { status: 307, headers: { location: "https://elsewhere.test/" } });
  for (const response of [opaque, seen]) {
    const events = [];
    const client = stubbed(stub(() => response), { onEvent: ({ type }) => events.push(type) });
    await failure(client.getAgent("a"), { code: "http", message: /the server sent a redirect, which the client does not follow/ });
    assert.deepEqual(events, ["request", "response", "end"]);
  }
});

test("the request id, from the server or a gateway", async () => {
  const ids = { "x-request-id": "server", "sb-request-id": "functions", "cf-ray": "edge" };
  for (const [headers, requestId] of [[ids, "server"], [{ "cf-ray": "edge", "sb-request-id": "functions" }, "functions"], [{ "cf-ray": "edge" }, "edge"], [{}, undefined]]) {
    await failure(stubbed(stub(() => answer({}, 404, headers))).getAgent("a"), { requestId });
  }
});

test("a listener that fails later changes nothing", async () => {
  const client = stubbed(stub(), { onEvent: async () => Promise.reject(new Error("the listener's")) });
  await client.getAgent("a");
  await new Promise(setImmediate);
});

test("a success uses no random number and no time of day", async (t) => {
  const { random } = Math;
  const { now } = Date;
  t.after(() => Object.assign(Math, { random }) && Object.assign(Date, { now }));
  Math.random = Date.now = () => assert.fail("refused while a page is prerendered");
  for (const call of Object.values(everyOperation(stubbed(stub())))) await call();
});

test("a first call with fake timers is like every other", async (t) => {
  const { setTimeout, clearTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
  const timers = new Map();
  globalThis.setTimeout = (ring, ms, ...args) => (timers.set(timers.size, () => ring(...args)), timers.size - 1);
  globalThis.clearTimeout = (id) => timers.delete(id);
  const { Centerfy: Fresh } = await freshCopy();
  const fetch = stub((n) => (n === 1 ? answer({}, 503) : answer({ id: "again" })));
  const events = [];
  const onEvent = ({ type }) => events.push(type);
  const client = stubbed(fetch, { rateLimit: { requests: 1, perMs: 60_000 }, onEvent }, Fresh);
  const call = client.getAgent("a");
  assert.equal(fetch.sent.length, 1);
  // The clock is real, so time passes only by the timers: for the retry, and for its slot.
  for (const event of ["retry", "queued"]) {
    await until(() => events.includes(event), event);
    const [[id, ring]] = timers;
    timers.delete(id);
    ring();
  }
  assert.deepEqual(await call, { id: "again" });
});

test("an excessive pause of a header ends", async (t) => {
  const { now } = performance;
  t.after(() => (performance.now = now));
  const apiKey = "cfy_mistaken_header";
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after": "9999999999" }) : answer({ id: "a" })));
  const client = stubbed(fetch, { apiKey, rateLimit: { requests: 60, perMs: 60_000 } });
  await failure(client.getAgent("a"), { code: "rate_limited", retryAfter: 9999999999 });
  await failure(client.getAgent("a"), { code: "rate_limited", attempts: 0 });
  // A client with the same key at another URL does not share the pause.
  await stubbed(fetch, { apiKey, baseUrl: "http://other.test", rateLimit: { requests: 60, perMs: 60_000 } }).getAgent("a");
  performance.now = () => now.call(performance) + 3_600_001;
  await client.getAgent("a");
});

test("a clock that is set back does not block calls", async (t) => {
  const { now } = performance;
  t.after(() => (performance.now = now));
  performance.now = () => now.call(performance) + 3_600_000;
  const fetch = stub((n) => (n === 1 ? answer({}, 429, { "retry-after-ms": "30" }) : answer({ id: "a" })));
  const client = stubbed(fetch, { rateLimit: { requests: 60, perMs: 60_000 }, maxRetries: 0 });
  await failure(client.getAgent("a"), { code: "rate_limited" });
  performance.now = now;
  assert.deepEqual(await client.getAgent("a"), { id: "a" });
});
