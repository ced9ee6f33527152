// Which origins may send requests, and the errors for those that may not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CenterfyError, app, createProxy } from "./support.mjs";

/** Reads an agent as a page does, or sends an empty message: an admitted request results in a 200 or a 400. */
const asking = async (options) => {
  const { proxy, sandbox } = await app({ origins: [], ...options });
  const agent = `/api/centerfy/get-agent/${sandbox.agents()[0].id}`;
  return (headers, { method = "GET", base = "http://localhost:3000" } = {}) => {
    const body = method === "POST" ? "{}" : undefined;
    const type = body ? { "content-type": "application/json" } : {};
    const path = body ? "/api/centerfy/send-message" : agent;
    return proxy(new Request(base + path, { method, body, headers: { ...type, ...headers } }));
  };
};

const isAdmitted = ({ status }) => status === 200 || status === 400;

test("hosts are compared as URLs are: with the scheme's default port, ignoring case", async () => {
  const ask = await asking();
  const origin = "https://app.example.com";
  for (const [host, from, admits] of [
    ["app.example.com:443", origin, true],
    ["APP.example.com", origin, true],
    ["App.Example.com:443", origin, true],
    ["app.example.com:80", "http://app.example.com", true],
    ["app.example.com:8443", "https://app.example.com:8443", true],
    ["[::1]:80", "http://[::1]", true],
    ["app.example.com:80", origin, false],
    ["app.example.com:8443", origin, false],
    ["app.example.com:443", "http://app.example.com", false],
    ["app.example.com.evil.test", origin, false],
    ["evil.test", origin, false],
  ]) {
    const answer = await ask({ host, origin: from }, { method: "POST" });
    assert.equal(isAdmitted(answer), admits, `${from} at ${host}: ${answer.status}`);
  }
});

test("the Host header must be a host, not end with one", async () => {
  const ask = await asking();
  for (const host of ["evil.test@app.example.com", "app.example.com/x", "app.example.com#", "app.example.com?", "app.example.com\\x"]) {
    assert.equal((await ask({ host, origin: "https://app.example.com" })).status, 403, host);
  }
});

test("behind a reverse proxy that rewrites Host, Sec-Fetch-Site identifies the same origin", async () => {
  const ask = await asking();
  const rewritten = { host: "127.0.0.1:8080", origin: "https://app.example.com" };
  for (const method of ["GET", "POST"]) {
    assert.ok(isAdmitted(await ask({ ...rewritten, "sec-fetch-site": "same-origin" }, { method })), method);
    // With `referrerPolicy: "no-referrer"` and the mode `same-origin` the browser sends the origin "null".
    assert.ok(isAdmitted(await ask({ host: "127.0.0.1:8080", origin: "null", "sec-fetch-site": "same-origin" }, { method })), method);
    for (const site of ["cross-site", "same-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN"]) {
      assert.equal((await ask({ ...rewritten, "sec-fetch-site": site }, { method })).status, 403, `${method} ${site}`);
    }
  }
});

test("the same host with another scheme is another origin", async () => {
  const ask = await asking();
  for (const origin of ["capacitor://localhost:3000", "chrome-extension://localhost:3000", "null", "localhost:3000", "https://", "://"]) {
    assert.equal((await ask({ origin, host: "localhost:3000" })).status, 403, origin);
  }
});

test("a refusal names the origin and the host, and says what to do", async () => {
  const ask = await asking();
  const refused = await ask({ origin: "https://app.example.com", host: "127.0.0.1:8080" });
  assert.equal(
    (await refused.json()).message,
    "Origin https://app.example.com is not allowed for the host 127.0.0.1:8080; add it to `origins`",
  );
  const unnamed = await ask({}, { method: "POST" });
  assert.match((await unnamed.json()).message, /no Origin header.*"none" to `origins`/);
  const long = await ask({ origin: `https://${"a".repeat(5_000)}` });
  assert.ok((await long.text()).length < 500);
});

test("requests without an origin may only read, unless `origins` has \"none\"", async () => {
  const [ask, open] = [await asking(), await asking({ origins: ["none"] })];
  const statuses = async (asks, site) => {
    const headers = site ? { "sec-fetch-site": site } : {};
    return [(await asks(headers)).status, (await asks(headers, { method: "POST" })).status];
  };
  assert.deepEqual(await statuses(ask), [200, 403]);
  assert.deepEqual(await statuses(open), [200, 400]);
  assert.deepEqual(await statuses(open, "cross-site"), [403, 403]);
  assert.deepEqual(await statuses(ask, "none"), [200, 403]);
  assert.deepEqual(await statuses(ask, "same-origin"), [200, 400]);
});

test("the origins of apps and extensions can be listed, and are compared exactly", async () => {
  const named = [
    "capacitor://localhost",
    "ionic://localhost",
    "tauri://localhost",
    "https://tauri.localhost",
    "app://-",
    "file://",
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://0fa1d9c2-5b0e-4b7e-9f5e-1d2c3b4a5968",
    "safari-web-extension://0FA1D9C2-5B0E-4B7E-9F5E-1D2C3B4A5968",
  ];
  const ask = await asking({ origins: named });
  for (const origin of named) {
    const answer = await ask({ origin, "sec-fetch-site": "cross-site" }, { method: "POST" });
    assert.equal(answer.headers.get("access-control-allow-origin"), origin);
    assert.ok(isAdmitted(answer), origin);
  }
  for (const origin of ["capacitor://localhost:1", "capacitor://LOCALHOST", "capacitor://", "tauri://localhost.evil.test"]) {
    assert.equal((await ask({ origin })).status, 403, origin);
  }
});

test("`origins` refuses what is not an origin", () => {
  const right = { apiKey: "cfy_right", path: "/api", allow: ["getAgent"], authorize: () => "mia" };
  for (const origin of ["null", "*", "", "app.example.com", "https://app.example.com/", "https://App.example.com", "https://app.example.com:443", "capacitor://localhost/", "https://*.example.com", "https://a@b.example", 7, undefined]) {
    assert.throws(
      () => createProxy({ ...right, origins: [origin] }),
      (error) => CenterfyError.is(error) && error.field === "origins" && /without a trailing slash/.test(error.message),
      String(origin),
    );
  }
});

/** The headers that a preflight allows, beyond those of every client. */
const allowed = async (options, asked, origin = "https://app.example.com") => {
  const { proxy } = await app({ origins: ["https://app.example.com"], ...options });
  const headers = { origin, "access-control-request-method": "POST", ...(asked && { "access-control-request-headers": asked }) };
  const answer = await proxy(new Request("https://api.example.com/api/centerfy/send-message", { method: "OPTIONS", headers }));
  const names = answer.headers.get("access-control-allow-headers")?.split(/, ?/) ?? [];
  const own = ["content-type", "accept", "authorization", "idempotency-key", "centerfy-since"];
  if (answer.status === 204) assert.deepEqual(names.slice(0, own.length), own);
  return [answer.status, ...names.slice(own.length)];
};

test("a page of a listed origin may send the app's own headers", async () => {
  assert.deepEqual(await allowed({}, "content-type,x-csrf-token,traceparent"), [204, "content-type", "x-csrf-token", "traceparent"]);
  assert.deepEqual(await allowed({}), [204]);
  assert.deepEqual(await allowed({ allowHeaders: ["x-session"] }, "x-csrf-token"), [204, "x-session"]);
  assert.deepEqual(await allowed({ allowHeaders: [] }, "x-csrf-token"), [204]);
  assert.deepEqual(await allowed({}, "x-session", "https://evil.test"), [403]);
});

test("a preflight response repeats valid header names only", async () => {
  for (const asked of ["x-a x-b", "x-a;x-b", "x-a,", '"', "x-ä"]) assert.deepEqual(await allowed({}, asked), [204], asked);
});

test("the constructor refuses what is not a list of header names", () => {
  const right = { apiKey: "cfy_right", path: "/api", allow: ["getAgent"], authorize: () => "mia" };
  for (const allowHeaders of ["x-session", ["*"], ["x session"], [""], [7], null]) {
    assert.throws(() => createProxy({ ...right, allowHeaders }), (error) => error.field === "allowHeaders");
  }
});

test("every response has headers against sniffing, caching and embedding", async () => {
  const ask = await asking({ origins: ["https://app.example.com"] });
  const origin = "https://app.example.com";
  const { proxy } = await app({ origins: [origin] });
  const preflight = await proxy(new Request("http://app.test/api/centerfy/x", { method: "OPTIONS", headers: { origin } }));
  for (const answer of [await ask({}), await ask({ origin }), await ask({}, { method: "POST" }), preflight]) {
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("cross-origin-resource-policy"), "same-origin");
    assert.match(answer.headers.get("content-security-policy"), /default-src 'none'; frame-ancestors 'none'/);
  }
});

test("onRefusal is called for each 4xx with its reason, onError is not", async () => {
  const refusals = [];
  const { proxy, sandbox, troubles, client } = await app({
    origins: ["none"],
    limit: { requests: 1, perMs: 60_000 },
    onRefusal: ({ message }, trouble) => refusals.push([trouble.status, trouble.operation, trouble.subject, message]),
    client: { maxRetries: 0 },
  });
  const url = "http://app.test/api/centerfy/";
  await proxy(new Request(`${url}nothing`));
  await proxy(new Request(`${url}get-agent/a`, { headers: { origin: "https://evil.test" } }));
  for (let times = 0; times < 2; times++) await client.getAgent(sandbox.agents()[0].id).catch(() => {});
  assert.deepEqual(refusals.map(([status, operation, subject]) => [status, operation, subject]), [
    [404, undefined, undefined],
    [403, undefined, undefined],
    [429, "getAgent", "mia"],
  ]);
  assert.match(refusals[1][3], /Origin https:\/\/evil\.test is not allowed/);
  assert.deepEqual(troubles, []);
});

test("onRefusal that throws or rejects changes nothing", async () => {
  for (const onRefusal of [() => assert.fail("mine"), () => Promise.reject(new Error("mine"))]) {
    const { proxy } = await app({ onRefusal });
    assert.equal((await proxy(new Request("http://app.test/api/centerfy/nothing"))).status, 404);
  }
});
