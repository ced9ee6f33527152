// The key appears nowhere: not in a client, an error, the console or the sandbox's log.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Centerfy, answer, baseUrl, everyOperation, hang, makeWorld, rejection, stub, stubbed } from "./support.mjs";

// With characters that JSON escapes, and characters with a meaning in a replacement.
const apiKey = "cfy_secret/key$&_0123456789";

/** Everything that can be printed of a value. */
function shown(thing) {
  const texts = [inspect(thing, { showHidden: true, depth: 20, getters: true }), String(thing?.message), String(thing?.stack), String(thing)];
  try {
    texts.push(JSON.stringify(thing), JSON.stringify(Object.getOwnPropertyDescriptors(thing)));
  } catch {
    // Circular values have no JSON.
  }
  for (let at = thing?.cause, i = 0; at && i < 5; at = at.cause, i++) texts.push(inspect(at, { showHidden: true, depth: 20 }));
  return texts.join("\n");
}

function keeps(thing, what) {
  const text = shown(thing);
  for (const form of [apiKey, JSON.stringify(apiKey).slice(1, -1), encodeURIComponent(apiKey)]) {
    assert.ok(!text.includes(form), `${what} shows the key: ${text}`);
  }
}

test("a client and its properties", () => {
  for (const auth of ["x-api-key", "bearer"]) {
    const client = new Centerfy({ apiKey, auth });
    keeps(client, auth);
    keeps(Object.getPrototypeOf(client), "its class");
    assert.deepEqual(Object.getOwnPropertyNames(client), []);
    // The options are behind a function, so printing all properties does not show them.
    for (const symbol of Object.getOwnPropertySymbols(client)) keeps(client[symbol], "its options");
    assert.equal(inspect(client, { showHidden: true, getters: true }).includes(apiKey), false);
    assert.deepEqual({ ...client }, {});
    assert.equal(JSON.stringify(client), "{}");
  }
});

test("an error of any code, even if the server repeats the key everywhere", async () => {
  const escaped = JSON.stringify(apiKey).replaceAll("_", "\\u005f").replaceAll("/", "\\/");
  const bodies = [
    JSON.stringify({ error: true, message: `Key ${apiKey} is not valid`, key: apiKey, deep: [{ [apiKey]: apiKey }] }),
    `{"error":true,"message":${escaped},"list":[${escaped}]}`,
    `<p>${apiKey}</p>`.repeat(100),
    apiKey,
    JSON.stringify(apiKey),
  ];
  for (const body of bodies) {
    for (const status of [200, 302, 400, 401, 403, 404, 418, 429, 500]) {
      const fetch = stub(() => answer(body, status, { "x-request-id": `req ${apiKey}`, "retry-after-ms": "0" }));
      const client = stubbed(fetch, { apiKey, maxRetries: 0 });
      const { message } = await client.getAgent("a").then(
        (value) => ({ message: `resolved with ${JSON.stringify(value)}` }),
        (error) => (keeps(error, `status ${status}`), error),
      );
      // A successful JSON answer is not changed.
      if (message.startsWith("resolved")) assert.equal(status, 200);
    }
  }
});

test("an error of fetch that contains the key", async () => {
  const plain = new TypeError("fetch failed");
  assert.equal((await rejection(stubbed(() => Promise.reject(plain), { apiKey, maxRetries: 0 }).getAgent("a"))).cause, plain, "others stay as they are");
  const cycle = Object.assign(new Error("cycle"), { config: { headers: { "x-api-key": apiKey } } });
  cycle.config.self = cycle;
  const nested = new Error("outer", { cause: new Error("inner", { cause: new Error(`Invalid header ${apiKey}`) }) });
  const circular = new Error(apiKey);
  circular.cause = circular;
  for (const thrown of [
    new Error(`Invalid header value ${apiKey}`),
    Object.assign(new Error("with its request"), { request: { headers: { authorization: `Bearer ${apiKey}` } } }),
    cycle,
    nested,
    circular,
    apiKey,
    { message: apiKey },
    { toJSON: () => apiKey },
    Object.assign(new Error("with what was sent"), { request: new Request("http://x.test", { headers: { "x-api-key": apiKey } }) }),
    Object.assign(new Error("deeper"), { options: { headers: new Headers({ authorization: `Bearer ${apiKey}` }) } }),
    Object.assign(new Error("a map"), { context: new Map([["key", apiKey]]) }),
    Object.assign(new Error("a URL"), { url: new URL(`http://x.test/?key=${apiKey}`) }),
    Object.assign(new Error("a symbol"), { [Symbol("sent")]: apiKey }),
    Object.assign(new Error("an instance"), {
      request: new (class {
        get headers() {
          return { authorization: apiKey };
        }
      })(),
    }),
  ]) {
    for (const operation of Object.values(everyOperation(stubbed(() => Promise.reject(thrown), { apiKey, maxRetries: 0 })))) {
      const error = await rejection(operation());
      keeps(error, inspect(thrown));
      assert.equal(error.code, "network");
    }
  }
});

test("an error about an option or a field does not repeat its value", async () => {
  for (const options of [{ apiKey: `${apiKey}\n` }, { apiKey, baseUrl: `https://user:${encodeURIComponent(apiKey)}@h/` }, { apiKey, auth: apiKey }, { apiKey, rateLimit: apiKey }, { apiKey, fetch: apiKey }]) {
    assert.throws(() => new Centerfy(options), (error) => (keeps(error, "an option"), error.code === "validation"));
  }
  const client = stubbed(stub(), { apiKey });
  keeps(await rejection(client.updateAgent("a", { temperature: apiKey })), "a field");
  keeps(await rejection(client.getAgent("a", { timeout: apiKey })), "a call's option");
});

test("a timeout and an abort", async () => {
  const client = stubbed(stub((n, url, init) => hang(init.signal)), { apiKey });
  keeps(await rejection(client.getAgent("a", { timeout: 10 })), "a timeout");
  keeps(await rejection(client.getAgent("a", { signal: AbortSignal.timeout(10) })), "an abort");
});

test("nothing is written to the console, and the sandbox logs no key", async () => {
  const lines = [];
  const methods = ["log", "info", "warn", "error", "debug", "trace"];
  const before = Object.fromEntries(methods.map((name) => [name, console[name]]));
  for (const name of methods) console[name] = (...words) => lines.push(words);
  const world = await makeWorld();
  try {
    await Promise.allSettled(Object.values(everyOperation(world.client())).map((call) => call()));
    await rejection(world.client({ auth: "bearer" }).getAgent(world.api_key));
  } finally {
    Object.assign(console, before);
  }
  assert.deepEqual(lines, []);
  const log = JSON.stringify(await world.requests());
  assert.ok(log.includes("[key]") && !log.includes(world.api_key));
  assert.ok(baseUrl);
});

test("no redirect sends the key to another host", async () => {
  const world = await makeWorld();
  const elsewhere = await makeWorld();
  await world.fault({ type: "answer", status: 307, headers: { location: `${baseUrl}/get-agent/${elsewhere.agents[0].id}` } });
  const error = await rejection(world.client().getAgent(world.agents[0].id));
  assert.deepEqual([error.code, error.status], ["http", 307]);
  assert.equal((await world.requests()).length, 1);
});
