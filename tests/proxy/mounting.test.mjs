// Where the proxy can be mounted: below a path or at the root, with trailing slashes, and with the arguments
// that a framework passes to a handler.

import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { test } from "node:test";
import { failure } from "../node/support.mjs";
import { Centerfy, app, toNodeHandler } from "./support.mjs";
import { ask, listen } from "./wire.mjs";

const getAgent = (base, { sandbox }, end = "") => new Request(`${base}/get-agent/${sandbox.agents()[0].id}${end}`);

test("below any path, and at the root", async () => {
  for (const [path, base] of [["/", ""], ["/a", "/a"], ["/a/", "/a"], ["/docs/api/centerfy", "/docs/api/centerfy"]]) {
    const world = await app({ path });
    assert.equal((await world.proxy(getAgent(`http://app.test${base}`, world))).status, 200, path);
    assert.equal((await world.proxy(getAgent("http://app.test/b", world))).status, 404, path);
  }
});

test("the 404 of an unknown path names that path and the proxy's path", async () => {
  for (const [path, url, message] of [
    ["/api/centerfy", "/get-agent/a", "No operation has the path /get-agent/a; the proxy's `path` option is /api/centerfy"],
    ["/", "/api/centerfy/get-agent/a", "No operation has the path /api/centerfy/get-agent/a; the proxy's `path` option is /"],
  ]) {
    const { proxy } = await app({ path });
    const answer = await proxy(new Request(`http://app.test${url}`));
    assert.deepEqual([answer.status, (await answer.json()).message], [404, message]);
  }
});

test("a framework that removes the mount point: the proxy's path is /", async (t) => {
  const { proxy, sandbox } = await app({ path: "/" });
  const handler = toNodeHandler(proxy);
  // Like connect and Express.
  const mount = (request, response) => {
    request.originalUrl = request.url;
    request.url = request.url.replace("/api/centerfy", "");
    handler(request, response);
  };
  const url = await listen(t, mount);
  assert.equal((await ask(`${url}/api/centerfy/get-agent/${sandbox.agents()[0].id}`)).status, 200);
});

test("a trailing slash changes nothing", async () => {
  const world = await app();
  const { proxy, sandbox, message } = world;
  const base = "http://app.test/api/centerfy";
  assert.equal((await proxy(getAgent(base, world, "/"))).status, 200);
  const contact = sandbox.contacts()[0].id;
  assert.equal((await proxy(new Request(`${base}/get-contact-messages/${contact}/?limit=1`))).status, 200);
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(message) };
  assert.equal((await proxy(new Request(`${base}/send-message/`, post))).status, 200);
  for (const [path, status] of [["get-agent/", 400], ["get-agent//", 400], ["get-agent/a//", 400], ["get-agent/a/b/", 400], ["send-message//", 404], ["/", 404]]) {
    assert.equal((await proxy(new Request(`${base}/${path}`))).status, status, path);
  }
});

/** The responses of a site whose paths all have a trailing slash: a redirect, or a 404 from Astro's development server. */
const strict = (send, seen, elsewhere) => async (url, init) => {
  seen.push(`${init.method} ${new URL(url).pathname}`);
  if (new URL(url).pathname.endsWith("/")) return send(url, init);
  return elsewhere();
};

const redirects = {
  "307": () => new Response(null, { status: 307, headers: { location: "/elsewhere" } }),
  "308": () => new Response(null, { status: 308, headers: { location: "/elsewhere" } }),
  "301": () => new Response(null, { status: 301, headers: { location: "/elsewhere" } }),
  // The response that a page sees.
  "an opaque redirect": () => Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" }),
};

for (const [what, elsewhere] of Object.entries(redirects)) {
  test(`a client behind a framework that redirects to a trailing slash: ${what}`, async () => {
    const { sandbox, send, message } = await app();
    const seen = [];
    const client = new Centerfy({ proxy: "http://app.test/api/centerfy", fetch: strict(send, seen, elsewhere), rateLimit: false });
    const { id } = sandbox.agents()[0];
    assert.equal((await client.getAgent(id)).id, id);
    assert.equal((await client.getContactMessages(sandbox.contacts()[0].id, { limit: 1 })).messages.length, 1);
    assert.equal((await client.sendMessage(message)).content, message.content);
    assert.equal(sandbox.deliveries().length, 1);
    assert.deepEqual(seen.slice(-2), ["POST /api/centerfy/send-message", "POST /api/centerfy/send-message/"]);
  });
}

test("a call that is aborted during a redirect sends no further request", async () => {
  const abort = new AbortController();
  let asked = 0;
  const fetch = async () => (asked++, abort.abort("enough"), new Response(null, { status: 308, headers: { location: "/x/" } }));
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy", fetch, rateLimit: false });
  await assert.rejects(client.getAgent("a", { signal: abort.signal }), (reason) => reason === "enough");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked, 1);
});

test("a proxy URL with a trailing slash, and a framework that redirects to no slash", async () => {
  const { sandbox, send } = await app();
  const fetch = async (url, init) => (url.endsWith("/") ? redirects["308"]() : send(url, init));
  for (const proxy of ["http://app.test/api/centerfy/", new URL("http://app.test/api/centerfy/")]) {
    const client = new Centerfy({ proxy, fetch, rateLimit: false });
    const { id } = sandbox.agents()[0];
    assert.equal((await client.getAgent(id)).id, id);
  }
});

test("a proxy at the root of its host: paths have no trailing slash", async () => {
  const { sandbox, send } = await app({ path: "/" });
  const seen = [];
  const fetch = (url, init) => (seen.push(new URL(url).pathname), send(url, init));
  const { id } = sandbox.agents()[0];
  for (const proxy of ["http://app.test/", "http://app.test", new URL("http://app.test")]) {
    await new Centerfy({ proxy, fetch, rateLimit: false }).getAgent(id);
  }
  assert.deepEqual(new Set(seen), new Set([`/get-agent/${id}`]));
});

test("a proxy URL with a trailing slash: the first request has a trailing slash", async () => {
  const { sandbox, send, message } = await app();
  const seen = [];
  const fetch = strict(send, seen, () => new Response("<h1>Not found</h1>", { status: 404 }));
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy/", fetch, rateLimit: false });
  await client.getAgent(sandbox.agents()[0].id);
  await client.sendMessage(message);
  assert.equal(seen.length, 2);
});

test("a redirect to another URL is not followed, nor is a redirect of the API", async () => {
  const away = async () => new Response(null, { status: 302, headers: { location: "https://login.test/" } });
  const options = { fetch: away, rateLimit: false, maxRetries: 0 };
  for (const client of [
    new Centerfy({ ...options, proxy: "http://app.test/api/centerfy" }),
    new Centerfy({ ...options, apiKey: "cfy_key_key", baseUrl: "http://api.test/" }),
    new Centerfy({ ...options, baseUrl: "http://app.test/own/" }),
  ]) {
    await failure(client.getAgent("a"), { code: "http", status: 302, message: "getAgent: the server sent a redirect, which the client does not follow (status 302)" });
  }
});

/** The arguments that frameworks pass to a handler, and the line that passes the Request on. */
const given = (request) => {
  const node = Object.assign(new IncomingMessage(new Socket()), { url: "/", method: "GET" });
  return {
    "Hono's context": [{ req: { raw: request, url: request.url, method: "GET", header() {} } }, "(c) => proxy(c.req.raw)"],
    "Hono's request": [{ raw: request, url: request.url, method: "GET" }, "(c) => proxy(c.req.raw)"],
    "SvelteKit's event": [{ request, url: new URL(request.url), params: {}, cookies: {} }, "({ request }) => proxy(request)"],
    "Astro's or React Router's context": [{ request, url: new URL(request.url), locals: {} }, "({ request }) => proxy(request)"],
    "h3's event": [{ req: request, url: new URL(request.url), headers: request.headers, method: "GET" }, "(event) => proxy(event.req)"],
    "h3's event, version 1": [{ node: { req: node }, method: "GET", path: "/" }, "(event) => proxy(toWebRequest(event))"],
    "Node's request": [node, "toNodeHandler(proxy) from centerfy/proxy/node"],
    "Fastify's request": [{ raw: node, method: "GET", url: "/", headers: {} }, "toNodeHandler(proxy) from centerfy/proxy/node"],
    "Koa's context": [{ req: node, res: {}, request: { headers: {} } }, "toNodeHandler(proxy) from centerfy/proxy/node"],
    "a URL": ["http://app.test/", "(request) => proxy(request)"],
    nothing: [undefined, "(request) => proxy(request)"],
    "an object that cannot be read": [new Proxy({}, { get: () => assert.fail("secret") }), "(request) => proxy(request)"],
  };
};

for (const [what, [context, line]] of Object.entries(given(new Request("http://app.test/api/centerfy/get-agent/a")))) {
  test(`a handler that is called with ${what} shows the line that mounts it`, async () => {
    const { proxy, troubles } = await app();
    const answer = await proxy(context, () => {});
    const { message } = await answer.json();
    assert.equal(answer.status, 500);
    assert.ok(message.startsWith("The proxy was called with something other than a Request. Mount it as ") && message.includes(line), message);
    assert.deepEqual(troubles.map(({ status, error }) => [status, error.message]), [[500, message]]);
  });
}

test("authorize gets the arguments that follow the request", async () => {
  const contexts = [];
  const world = await app({ authorize: ({ context }) => (contexts.push(context), "mia") });
  const request = getAgent("http://app.test/api/centerfy", world);
  await world.proxy(request, { USERS: "db" }, { waitUntil() {} });
  await world.proxy(request);
  assert.equal(contexts[0][0].USERS, "db");
  assert.equal(contexts[0].length, 2);
  assert.deepEqual(contexts[1], []);
});
