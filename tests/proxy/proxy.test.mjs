// An app behind a proxy: which requests pass, which are refused, and the errors of both sides.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { failure } from "../node/support.mjs";
import { everyName, newAgent, operations } from "../support/samples.mjs";
import { Centerfy, CenterfyError, app, createProxy, memoryStore, toNodeHandler } from "./support.mjs";

test("every operation works as without a proxy", async () => {
  const { sandbox, client, message } = await app();
  const { organizationId: organization_id, subAccountId: sub_account_id } = sandbox;
  const agent = await client.createAgent({ ...newAgent, organization_id, sub_account_id });
  assert.equal((await client.getAgent(agent.id)).name, newAgent.name);
  assert.equal((await client.updateAgent(agent.id, { name: "New" })).name, "New");
  const contact_id = sandbox.contacts()[0].id;
  assert.equal((await client.makeAiCall(agent.id, { contact_id, organization_id, sub_account_id })).agent_name, "New");
  assert.equal((await client.sendMessage(message)).content, message.content);
  assert.equal((await client.getContactMessages(contact_id, { limit: 1 })).messages[0].content, message.content);
  const { call_id } = sandbox.calls().find(({ recording }) => recording);
  assert.ok((await client.getCallRecording(call_id)).recording_url);
  assert.ok((await client.archiveAgent(agent.id)).archived_at);
  const called = new Set(sandbox.log().map(({ operation }) => operation));
  const ids = { organization_id, sub_account_id, agents: sandbox.agents(), contacts: sandbox.contacts(), calls: sandbox.calls() };
  for (const name of everyName.filter((name) => !called.has(name))) assert.ok(await operations[name].call(client, ids), name);
});

test("the constructor names the invalid option", () => {
  const right = { apiKey: "cfy_right", path: "/api", allow: ["getAgent"], authorize: () => "mia" };
  const wrong = {
    options: [undefined, 7],
    apiKey: [{ ...right, apiKey: undefined }, { ...right, apiKey: "a b" }],
    path: [{ ...right, path: "api" }, { ...right, path: "/a//b" }, { ...right, path: "/a?b" }, { ...right, path: undefined }],
    allow: [{ ...right, allow: ["deleteAgent"] }, { ...right, allow: "getAgent" }, { ...right, allow: undefined }],
    authorize: [{ ...right, authorize: undefined }, { ...right, authorize: "mia" }],
    origins: [{ ...right, origins: ["app.example.com"] }, { ...right, origins: ["https://app.example.com/"] }, { ...right, origins: ["*"] }],
    store: [{ ...right, store: {} }, { ...right, store: new Map() }, { ...right, store: null }],
    limit: [{ ...right, limit: { requests: 0, perMs: 1 } }],
    rateLimit: [{ ...right, rateLimit: 60 }],
    onError: [{ ...right, onError: "log" }],
    baseUrl: [{ ...right, baseUrl: "ftp://x" }],
    attemptTimeout: [{ ...right, attemptTimeout: -1 }],
  };
  for (const [field, all] of Object.entries(wrong)) {
    for (const options of all) {
      assert.throws(() => createProxy(options), (error) => CenterfyError.is(error) && error.code === "validation" && error.field === field, field);
    }
  }
  assert.equal(typeof createProxy(right), "function");
});

test("an option that does not exist is refused, and the error suggests the one that was meant", () => {
  const right = { apiKey: "cfy_right", path: "/api", allow: ["getAgent"], authorize: () => "mia" };
  const meant = { allowed: "allow", origin: "origins", authorise: "authorize", onRefused: "onRefusal", rate_limit: "rateLimit", keepMS: "keepMs" };
  for (const [name, option] of Object.entries(meant)) {
    const message = `${name} must be omitted: there is no such option; did you mean ${option}?`;
    assert.throws(() => createProxy({ ...right, [name]: undefined }), { message, field: name, code: "validation" });
  }
  assert.throws(() => createProxy({ ...right, cors: true }), { message: "cors must be omitted: there is no such option" });
});

test("a client has either a proxy or a key", () => {
  for (const options of [{ proxy: "/api", apiKey: "cfy_key_key" }, { proxy: "/api", baseUrl: "/other" }, { proxy: 7 }, { proxy: "/api?x" }]) {
    assert.throws(() => new Centerfy(options), (error) => error.field === "proxy", JSON.stringify(options));
  }
});

test("errors have the API's message, its status and the headers that the client needs", async () => {
  const { sandbox, client, answers, troubles } = await app({ client: { maxRetries: 0 } });
  await failure(client.getAgent("nobody"), { code: "not_found", status: 404, message: "getAgent: Agent not found (status 404)" });
  const { id } = sandbox.agents()[0];
  const answer = (status, headers, body) => ({ type: "answer", status, headers, body });
  sandbox.fail("getAgent", answer(429, { "retry-after": "7", "x-request-id": "req_7", "x-secret": "s" }, { error: true, message: "slowly" }));
  await failure(client.getAgent(id), { code: "rate_limited", retryAfter: 7, requestId: "req_7", message: "getAgent: slowly (status 429)" });
  assert.equal(answers.at(-1).headers.get("x-secret"), null);
  sandbox.fail("getAgent", answer(401, {}, { error: true, message: `the key ${sandbox.apiKey} is no good` }));
  const error = await failure(client.getAgent(id), { code: "server", status: 502 });
  assert.equal(error.message, "getAgent: The API rejected the proxy's API key (status 502)");
  sandbox.fail("getAgent", answer(418, {}, "<h1>10.0.0.7</h1>"));
  await failure(client.getAgent(id), { code: "http", status: 418, message: "getAgent: unexpected response (status 418)" });
  assert.deepEqual(troubles.map(({ operation, subject, status }) => [operation, subject, status]), [["getAgent", "mia", 502]]);
  assert.ok(!JSON.stringify(troubles.map(({ error }) => [error.message, error.body])).includes(sandbox.apiKey));
});

test("an error whose message is blank has the client's message, as without a proxy", async () => {
  const { sandbox, client, answers } = await app({ client: { maxRetries: 0 } });
  const { id } = sandbox.agents()[0];
  const direct = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false, maxRetries: 0 });
  for (const message of ["   ", "\n", "", " \u00a0 ", " Call is busy \n"]) {
    const fault = { type: "answer", status: 409, body: { error: true, message } };
    sandbox.fail("getAgent", fault);
    const { message: words } = await failure(direct.getAgent(id), { status: 409 });
    sandbox.fail("getAgent", fault);
    await failure(client.getAgent(id), { message: words });
    // The message in the response, without a client.
    assert.equal(`getAgent: ${(await answers.at(-1).json()).message} (status 409)`, words);
  }
});

test("a request that is refused before it is sent is a 400 that names the field", async () => {
  const { send, sandbox } = await app();
  const post = (body) =>
    send("http://app.test/api/centerfy/send-message", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": '"k"' },
      body: JSON.stringify(body),
    });
  const refused = await post({ content: "Hi" });
  assert.equal(refused.status, 400);
  assert.deepEqual(await refused.json(), { error: true, message: "ai is required" });
  assert.deepEqual(sandbox.log(), []);
});

test("authorize gets the request, the operation and its arguments, and each subject has its own limit", async () => {
  const asked = [];
  const { sandbox, client, send } = await app({
    authorize: ({ request, operation, args }) => {
      asked.push([operation, ...args]);
      return request.headers.get("x-subject") ?? "mia";
    },
    limit: { requests: 2, perMs: 60_000 },
    client: { maxRetries: 0 },
  });
  const { id } = sandbox.agents()[0];
  await client.getAgent(id);
  await client.updateAgent(id, { name: "New" });
  assert.deepEqual(asked, [["getAgent", id], ["updateAgent", id, { name: "New" }]]);
  const error = await failure(client.getAgent(id), { code: "rate_limited", maybeDelivered: false });
  assert.ok(error.retryAfter > 50 && error.retryAfter <= 60);
  const other = await send(`http://app.test/api/centerfy/get-agent/${id}`, { headers: { "x-subject": "noah" } });
  assert.equal(other.status, 200);
  assert.equal(sandbox.log().length, 3);
});

test("pages of listed origins may send requests, and read the headers that the client needs", async () => {
  const { sandbox, proxy } = await app({ origins: ["https://app.example.com"] });
  const url = `https://api.example.com/api/centerfy/get-agent/${sandbox.agents()[0].id}`;
  const origin = "https://app.example.com";
  const answer = await proxy(new Request(url, { headers: { origin } }));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("access-control-allow-origin"), origin);
  assert.match(answer.headers.get("access-control-expose-headers"), /retry-after.*centerfy-maybe-delivered/);
  const preflight = await proxy(new Request(url, { method: "OPTIONS", headers: { origin } }));
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get("access-control-allow-headers"), /idempotency-key/);
  const own = await proxy(new Request(url, { headers: { origin: "https://api.example.com" } }));
  assert.deepEqual([own.status, own.headers.get("access-control-allow-origin"), own.headers.get("vary")], [200, null, "origin"]);
});

test("a page of the Host header's host is of the same origin, whatever the URL of the Request", async () => {
  const { sandbox, proxy } = await app({ origins: [] });
  // As Next.js passes it to a route.
  const url = `http://localhost:3000/api/centerfy/get-agent/${sandbox.agents()[0].id}`;
  const asks = async (origin) => (await proxy(new Request(url, { headers: { origin, host: "app.example.com" } }))).status;
  assert.deepEqual(await Promise.all(["https://app.example.com", "https://evil.test", "null"].map(asks)), [200, 403, 403]);
});

test("with an unavailable store nothing is sent, and the error says so", async () => {
  const away = async () => Promise.reject(new Error("ECONNREFUSED 10.0.0.7:6379"));
  const broken = memoryStore();
  for (const [what, store] of [
    ["records", { ...broken, records: { ...broken.records, read: away } }],
    ["quotas", { ...broken, quotas: { ...broken.quotas, admit: away } }],
    ["slots", { ...broken, limiter: () => ({ acquire: away, hold() {} }) }],
  ]) {
    const { sandbox, client, message, troubles } = await app({ store, limit: { requests: 9, perMs: 1 }, client: { maxRetries: 0 } });
    const error = await failure(client.sendMessage(message), { code: "server", status: 503, retryAfter: 1 });
    assert.match(error.message, /store of the proxy is unavailable; this request was not sent/, what);
    assert.deepEqual(sandbox.log(), [], what);
    assert.match(String(troubles[0].error.cause), /ECONNREFUSED/);
  }
});

test("all callers share the slots of the API's limit, first come, first served", async () => {
  const limit = { requests: 2, perMs: 1_000 };
  const { sandbox, client } = await app({ rateLimit: limit, sandbox: { rateLimit: limit } });
  const ids = sandbox.agents().map(({ id }) => id);
  const order = [0, 1, 2, 3, 0, 1];
  await Promise.all(order.map((at) => client.getAgent(ids[at])));
  assert.deepEqual(sandbox.log().map(({ status, path }) => [status, path.split("/").at(-1)]), order.map((at) => [200, ids[at]]));
});

test("behind Express, with and without a body parser", async (t) => {
  const { proxy, sandbox, message } = await app({ origins: ["none"] });
  const handler = toNodeHandler(proxy);
  let parses = false;
  // What express.json() does, and what Express does to the URL of a mounted handler.
  const server = createServer(async (request, response) => {
    if (parses) {
      const pieces = [];
      for await (const piece of request) pieces.push(piece);
      request.body = pieces.length ? JSON.parse(Buffer.concat(pieces)) : {};
    }
    request.originalUrl = request.url;
    request.url = request.url.replace("/api/centerfy", "");
    handler(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const client = new Centerfy({ proxy: `http://127.0.0.1:${server.address().port}/api/centerfy`, rateLimit: false });
  for (parses of [false, true]) {
    await client.getAgent(sandbox.agents()[0].id);
    await client.sendMessage(message);
  }
  assert.equal(sandbox.deliveries().length, 2);
});

test("started work is passed to waitUntil where the runtime has it", async () => {
  const waited = [];
  const { proxy, sandbox } = await app();
  const request = new Request(`http://app.test/api/centerfy/get-agent/${sandbox.agents()[0].id}`);
  const answer = await proxy(request, {}, { waitUntil: (promise) => waited.push(promise) });
  assert.equal(answer.status, 200);
  assert.equal(waited.length, 1);
});
