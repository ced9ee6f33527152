// The options of a client and of a call, and their effect on requests.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Centerfy, CenterfyError, answer, entry, everyOperation, failure, makeWorld, stub, stubbed } from "./support.mjs";

/** Asserts that the constructor throws an error with this field. */
function thrown(options, field, words = "must be") {
  try {
    new Centerfy(options);
  } catch (error) {
    assert.ok(error instanceof CenterfyError, String(error));
    assert.equal(error.code, "validation");
    assert.equal(error.field, field, error.message);
    assert.equal(error.operation, undefined);
    assert.ok(error.message.includes(words), error.message);
    return error;
  }
  assert.fail(`no error for ${field}`);
}
const key = { apiKey: "cfy_k" };

test("a key that cannot be a header value is refused, and not repeated", () => {
  for (const apiKey of ["", " ", "cfy_\n", "cfy key", "cfy_ü", "cfy_\u0000", 'cfy_"', "cfy_\\", null, 7, {}, ["cfy_k"], true]) {
    const error = thrown({ apiKey }, "apiKey");
    if (typeof apiKey === "string" && apiKey.length > 1) assert.ok(!error.message.includes(apiKey));
  }
  thrown({}, "apiKey");
  thrown(undefined, "apiKey");
  new Centerfy({ baseUrl: "https://proxy.test/api" });
});

test("options must be an object", () => {
  for (const options of [null, 1, "cfy_k"]) thrown(options, "options");
});

/** Names as other clients, other conventions and typing errors have them, and what was meant. */
const MEANT = {
  maxRetry: "maxRetries", retries: "maxRetries", maxNetworkRetries: "maxRetries", api_key: "apiKey", apikey: "apiKey", baseURL: "baseUrl",
  timeoutMs: "timeout", timout: "timeout", attempt_timeout: "attemptTimeout", rateLimits: "rateLimit", onevent: "onEvent", proxyUrl: "proxy",
};

test("an option that does not exist is refused by its name", async () => {
  for (const name of [...Object.keys(MEANT), "headers", "idempotencyKey"]) {
    thrown({ ...key, [name]: undefined }, name, `${name} must be omitted: there is no such option`);
  }
  const client = stubbed(stub());
  await failure(client.getAgent("a", { maxRetry: 1 }), { code: "validation", field: "maxRetry", operation: "getAgent", attempts: 0 });
  await failure(client.getAgent("a", { apiKey: "cfy_k" }), { field: "apiKey" });
});

test("outside of pages, the error suggests the option that was meant", async () => {
  const { Centerfy } = await import(pathToFileURL(join(entry, "../server.js")));
  const message = (name) => {
    try {
      new Centerfy({ ...key, [name]: 1 });
    } catch (error) {
      return error.message;
    }
  };
  for (const [name, meant] of Object.entries(MEANT)) assert.equal(message(name), `${name} must be omitted: there is no such option; did you mean ${meant}?`);
  for (const name of ["headers", "organization", "logger", "x"]) assert.equal(message(name), `${name} must be omitted: there is no such option`);
});

test("base URLs", async () => {
  for (const baseUrl of ["", "ftp://h/", "file:///x", "javascript:1", "https://u@h/", "https://u:p@h/", "https://h/?a=1", "https://h/?", "https://h/#f", "https://h/#", 5, null]) {
    if (baseUrl !== null) thrown({ ...key, baseUrl }, "baseUrl", "without credentials, query or fragment");
  }
  const error = thrown({ ...key, baseUrl: "https://user:secret@h/?sig=signed" }, "baseUrl");
  assert.ok(!/secret|signed/.test(error.message + error.stack));
  for (const [baseUrl, url] of [
    ["https://h", "https://h/get-agent/a"],
    ["https://h/", "https://h/get-agent/a"],
    ["https://h/x//", "https://h/x/get-agent/a"],
    ["HTTP://H:80/a@b", "http://h/a@b/get-agent/a"],
    [new URL("https://h/y"), "https://h/y/get-agent/a"],
    [undefined, "https://crmwebhook.com/functions/v1/crm-api/get-agent/a"],
  ]) {
    const fetch = stub();
    await stubbed(fetch, { baseUrl }).getAgent("a");
    assert.equal(fetch.sent[0].url, url);
  }
});

test("the other options of a client", () => {
  for (const auth of ["", "Bearer", "basic", null, 1]) thrown({ ...key, auth }, "auth");
  for (const fetch of [1, "fetch", {}]) thrown({ ...key, fetch }, "fetch");
  for (const onEvent of [1, "x", {}]) thrown({ ...key, onEvent }, "onEvent");
  for (const rateLimit of [true, null, 5, {}, { requests: 10 }, { requests: 0, perMs: 1 }, { requests: 1.5, perMs: 1 }, { requests: -1, perMs: 1 }, { requests: 1, perMs: 0 }, { requests: 1, perMs: -1 }, { requests: 1, perMs: NaN }, { requests: 1, perMs: Infinity }, { requests: 1, perMs: "60" }, { requests: "1", perMs: 60 }, { acquire: 1 }]) {
    thrown({ ...key, rateLimit }, "rateLimit");
  }
});

test("times and retries, of a client and of a call", async () => {
  const client = stubbed(stub());
  for (const field of ["timeout", "attemptTimeout"]) {
    for (const value of [-1, NaN, "100", {}, true, 5n]) {
      thrown({ ...key, [field]: value }, field);
      await failure(client.getAgent("a", { [field]: value }), { code: "validation", field, operation: "getAgent" });
    }
    for (const value of [0, Infinity, 1e9, undefined]) await client.getAgent("a", { [field]: value });
  }
  for (const maxRetries of [-1, 1.5, NaN, Infinity, "2", null]) {
    thrown({ ...key, maxRetries }, "maxRetries");
    await failure(client.getAgent("a", { maxRetries }), { code: "validation", field: "maxRetries" });
  }
  for (const signal of [1, "x", {}, true]) await failure(client.getAgent("a", { signal }), { code: "validation", field: "signal" });
  const { signal } = new AbortController();
  for (const options of [null, 1, "x", [], () => {}, signal, new Map([["maxRetries", 0]]), Promise.resolve({ maxRetries: 0 })]) {
    await failure(client.getAgent("a", options), { code: "validation", field: "options" });
  }
  await client.getAgent("a", { signal: undefined });
});

test("a client's options are read once", async () => {
  const fetch = stub(() => answer({}, 503));
  const options = { apiKey: "cfy_read_once", baseUrl: "https://h", rateLimit: false, maxRetries: 0, fetch };
  const client = new Centerfy(options);
  Object.assign(options, { apiKey: "other", baseUrl: "https://other", maxRetries: 9, fetch: undefined });
  await failure(client.getAgent("a"), { attempts: 1 });
  assert.equal(fetch.sent[0].url, "https://h/get-agent/a");
  assert.equal(fetch.sent[0].headers.authorization, "Bearer cfy_read_once");
});

test("a minimum of headers, no credentials, mode or cache, and no `this` for fetch", async () => {
  const fetch = stub();
  let self = "none";
  const client = stubbed(
    function (url, init) {
      self = this;
      return fetch(url, init);
    },
    { apiKey: "cfy_headers" },
  );
  for (const [operation, call] of Object.entries(everyOperation(client))) {
    await call();
    const { url, at, ...init } = fetch.sent.at(-1);
    const withBody = !operation.startsWith("get");
    assert.deepEqual(Object.keys(init).sort(), ["body", "headers", "method", "redirect", "signal"]);
    assert.deepEqual(init.headers, {
      accept: "application/json",
      authorization: "Bearer cfy_headers",
      ...(withBody && { "content-type": "application/json" }),
    });
    assert.equal(init.body !== undefined, withBody, operation);
    assert.equal(self, undefined);
  }
});

test("headers that a custom fetch adds apply to that request only", async () => {
  const fetch = stub();
  const seen = [];
  const client = stubbed((url, init) => {
    seen.push({ ...init.headers });
    init.headers["idempotency-key"] = String(seen.length);
    delete init.headers.accept;
    return fetch(url, init);
  });
  for (const call of Object.values(everyOperation(client))) {
    seen.length = 0;
    await call();
    await call();
    assert.deepEqual(seen[1], seen[0]);
    assert.equal(seen[1].accept, "application/json");
    assert.ok(!("idempotency-key" in seen[1]));
  }
});

test("both ways to send the key, and none through a proxy", async () => {
  const world = await makeWorld();
  const id = world.agents[0].id;
  assert.equal((await world.client().getAgent(id)).id, id);
  assert.equal((await world.client({ auth: "x-api-key" }).getAgent(id)).id, id);
  assert.deepEqual((await world.requests()).map((entry) => entry.auth), ["bearer", "x-api-key"]);
  const fetch = stub();
  await stubbed(fetch, { apiKey: undefined }).getAgent("a");
  assert.deepEqual(fetch.sent[0].headers, { accept: "application/json" });
});

test("without the option `fetch`, the global fetch is looked up for each request", async () => {
  const before = globalThis.fetch;
  const client = new Centerfy({ ...key, rateLimit: false });
  globalThis.fetch = stub(() => answer({ id: "patched" }));
  try {
    assert.deepEqual(await client.getAgent("a"), { id: "patched" });
  } finally {
    globalThis.fetch = before;
  }
});

test("in a page, a client with a key throws, unless an option allows it", () => {
  globalThis.window = globalThis.document = {};
  try {
    thrown(key, "apiKey", "dangerouslyAllowBrowser");
    new Centerfy({ ...key, dangerouslyAllowBrowser: true });
    new Centerfy({ baseUrl: "https://proxy.test" });
  } finally {
    delete globalThis.window;
    delete globalThis.document;
  }
});
