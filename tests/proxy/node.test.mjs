// What servers, frameworks and adapters pass to toNodeHandler, and the Request that the proxy gets from it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer as createHttp2Server } from "node:http2";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { test } from "node:test";
import { app, toNodeHandler } from "./support.mjs";
import { ask, listen } from "./wire.mjs";

const require = createRequire(import.meta.url);
const expresses = { "Express 4": require("express-4"), "Express 5": require("express-5") };
const serverlessHttp = require("serverless-http");
const serverlessExpress = require("@vendia/serverless-express");

const JSON_TYPE = { "content-type": "application/json" };
const PATH = "/api/centerfy";
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A handler, and the last Request that it made. */
const recorder = (path = `${PATH}/`) => {
  const seen = {};
  const proxy = async (request, ...context) => {
    const { url, method, headers } = request;
    Object.assign(seen, { url, method, headers, context, text: request.body?.locked ? "taken" : await request.text() });
    return new Response(null, { status: 204 });
  };
  return { seen, handler: toNodeHandler(Object.assign(proxy, { path })) };
};

/** A response that accepts everything. */
const response = () => ({ once() {}, writeHead() {}, end() {} });

/** Calls the handler with a request as an adapter makes it. */
const give = async (incoming, { path, extras } = {}) => {
  const { seen, handler } = recorder(path);
  await handler({ method: "GET", url: `${PATH}/get-agent/a`, headers: { host: "app.test" }, ...incoming }, response(), extras);
  return seen;
};

test("headers are those that the middlewares left, not those of the wire", async () => {
  const { headers } = await give({
    rawHeaders: ["X-User", "admin", "Host", "app.test", "X-Role", "owner"],
    headers: { host: "app.test", "x-user": "mia", "x-deleted": undefined, "x-number": 7 },
  });
  assert.equal(headers.get("x-user"), "mia");
  assert.equal(headers.get("x-role"), null);
  assert.equal(headers.get("x-deleted"), null);
  assert.equal(headers.get("x-number"), "7");
});

test("headers that an adapter passes as lists are joined, cookies as cookies", async () => {
  const { headers } = await give({ headers: { host: "app.test", cookie: ["a=1", "b=2"], accept: ["text/html", "application/json"] } });
  assert.equal(headers.get("cookie"), "a=1; b=2");
  assert.equal(headers.get("accept"), "text/html, application/json");
});

test("hop-by-hop and pseudo-headers are not in the Request", async () => {
  const { headers } = await give({
    headers: { ":method": "GET", ":path": "/", host: "app.test", connection: "x-user", "keep-alive": "1", expect: "100-continue", upgrade: "h2c" },
  });
  assert.deepEqual([...headers.keys()], ["host"]);
});

test("with HTTP/2 host and scheme come from pseudo-headers, and an additional Host is ignored", async () => {
  const own = { ":authority": "app.example.com", ":scheme": "https", ":path": `${PATH}/get-agent/a` };
  const { url, headers } = await give({ url: undefined, headers: own });
  assert.equal(url, `https://app.example.com${PATH}/get-agent/a`);
  assert.equal(headers.get("host"), "app.example.com");
  assert.equal((await give({ headers: { ...own, host: "evil.test" } })).headers.get("host"), "app.example.com");
});

test("a request without a host, a socket or a stream is accepted", async () => {
  const { url } = await give({ headers: {} });
  assert.equal(url, `http://localhost${PATH}/get-agent/a`);
  assert.equal((await give({ socket: { encrypted: true } })).url, `https://app.test${PATH}/get-agent/a`);
  assert.equal((await give({ protocol: "https" })).url, `https://app.test${PATH}/get-agent/a`);
});

test("the path is the whole path, however a router rewrote the URL", async () => {
  const whole = `http://app.test${PATH}/get-agent/a?x=1`;
  for (const [what, incoming] of Object.entries({
    "Express, mounted": { baseUrl: PATH, url: "/get-agent/a?x=1", originalUrl: `${PATH}/get-agent/a?x=1` },
    "Express, mounted, and rewritten before": { baseUrl: PATH, url: "/get-agent/a?x=1", originalUrl: "/old/get-agent/a?x=1" },
    "Express, not mounted": { baseUrl: "", url: `${PATH}/get-agent/a?x=1`, originalUrl: `${PATH}/get-agent/a?x=1` },
    "connect, mounted": { url: "/get-agent/a?x=1", originalUrl: `${PATH}/get-agent/a?x=1` },
    "connect, rewritten": { url: `${PATH}/get-agent/a?x=1`, originalUrl: "/old/get-agent/a?x=1" },
    "http": { url: `${PATH}/get-agent/a?x=1` },
  })) {
    assert.equal((await give(incoming)).url, whole, what);
    assert.equal((await give(incoming, { path: undefined })).url, whole, what);
  }
});

test("a proxy whose path is / gets the path below the mount point", async () => {
  const mounted = { baseUrl: PATH, url: "/get-agent/a", originalUrl: `${PATH}/get-agent/a` };
  assert.equal((await give(mounted, { path: "/" })).url, "http://app.test/get-agent/a");
});

test("a path that starts with two slashes or a scheme does not change the host", async () => {
  for (const url of ["//evil.test/a", "http://evil.test/a", "/\\evil.test", "?a", ""]) {
    assert.equal(new URL((await give({ url })).url).host, "app.test", url);
  }
});

test("the parsed body is used where the stream was read", async () => {
  const post = { method: "POST", headers: { host: "app.test", ...JSON_TYPE } };
  const bytes = new TextEncoder().encode('{"a":1}');
  for (const [body, text] of [[{ a: 1 }, '{"a":1}'], ['{"a":1}', '{"a":1}'], [Buffer.from(bytes), '{"a":1}'], [bytes, '{"a":1}'], [null, "null"]]) {
    assert.equal((await give({ ...post, body })).text, text);
    assert.equal((await give(post, { extras: { body } })).text, text);
  }
  assert.equal((await give(post)).text, "taken");
});

test("authorize gets Node's request and response as context, or the `context` option", async () => {
  const { context } = await give({ user: "mia" });
  assert.equal(context[0].user, "mia");
  assert.equal(typeof context[1].writeHead, "function");
  const koa = { state: { user: "mia" } };
  assert.deepEqual((await give({}, { extras: { context: [koa] } })).context, [koa]);
});

test("an invalid header of a middleware is reported to the operator by name", async (t) => {
  const told = t.mock.method(console, "error", () => {});
  const statuses = [];
  const { handler } = recorder();
  const headers = { host: "app.test", "x-user": "Łukasz" };
  await handler({ method: "GET", url: "/", headers }, { ...response(), writeHead: (status) => statuses.push(status) });
  assert.deepEqual(statuses, [500]);
  assert.match(told.mock.calls[0].arguments[0].message, /"x-user"/);
});

test("an invalid host is a 400", async () => {
  for (const host of ["a b", "evil.test@app.test", "app.test/x", "app.test:99999"]) {
    const statuses = [];
    await recorder().handler({ method: "GET", url: "/", headers: { host } }, { ...response(), writeHead: (status) => statuses.push(status) });
    assert.deepEqual(statuses, [400], host);
  }
});

test("toNodeHandler that is called with a framework's objects names the expected ones", async () => {
  for (const both of [[{ req: {}, res: {} }, () => {}], [{ raw: {} }, { raw: {} }], [new Request("http://app.test")], []]) {
    await assert.rejects(recorder().handler(...both), { name: "TypeError", message: /request and response of Node\.js.*ctx\.req.*reply\.raw/ });
  }
});

/** A site whose proxy is mounted by `mount`. By default, a middleware identifies the caller in x-user. */
const site = async (t, mount, options) => {
  const world = await app({ origins: [], authorize: ({ request }) => request.headers.get("x-user") ?? false, ...options });
  const url = await listen(t, mount(toNodeHandler(world.proxy)));
  const send = (message, more) =>
    ask(`${url}${PATH}/send-message`, { method: "POST", body: JSON.stringify(message), ...more, headers: { ...JSON_TYPE, origin: url, ...more?.headers } });
  return { ...world, url, send };
};

/** A middleware that sets x-user from the session alone. */
const session = (request, response, next) => {
  delete request.headers["x-user"];
  const [, user] = /session=(\w+)/.exec(request.headers.cookie) ?? [];
  if (user) request.headers["x-user"] = user;
  next();
};

for (const [name, express] of Object.entries(expresses)) {
  /** Each parser with its own types, and with others. */
  const parsers = {
    "without a parser": [],
    "with json()": [express.json()],
    "with urlencoded()": [express.urlencoded({ extended: true })],
    "with text()": [express.text()],
    "with text() for all types": [express.text({ type: "*/*" })],
    "with raw()": [express.raw()],
    "with raw() for all types": [express.raw({ type: "*/*" })],
    "with json() for other types": [express.json({ type: "application/vnd.api+json" })],
    "with all of them": [express.urlencoded({ extended: true }), express.text(), express.raw(), express.json()],
  };
  for (const [how, all] of Object.entries(parsers)) {
    test(`${name} ${how}: the body arrives`, async (t) => {
      const mount = (handler) => express().use(session, ...all).use(PATH, handler);
      const { send, message, sandbox, troubles } = await site(t, mount);
      const headers = { cookie: "session=mia" };
      assert.equal((await send(message, { headers })).status, 200);
      assert.equal((await send(message, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } })).status, 200);
      assert.equal((await send(message, { headers: { ...headers, ...FORM } })).status, 415);
      assert.equal(sandbox.deliveries().length, 2);
      assert.deepEqual(troubles, []);
    });
  }

  test(`${name}: authorize sees the headers that a middleware left, never the caller's own`, async (t) => {
    const { send, message, sandbox } = await site(t, (handler) => express().use(session).use(PATH, handler));
    for (const headers of [{ "x-user": "admin" }, { "X-User": "admin" }, { "x-user": ["mia", "admin"] }]) {
      assert.equal((await send(message, { headers })).status, 401);
    }
    assert.equal((await send(message, { headers: { "x-user": "admin", cookie: "session=mia" } })).status, 200);
    assert.equal(sandbox.deliveries().length, 1);
  });

  test(`${name}: authorize reads req.user`, async (t) => {
    const signIn = (request, response, next) => ((request.user = { id: "mia" }), next());
    const authorize = ({ context: [request] }) => request.user?.id ?? false;
    const { send, message } = await site(t, (handler) => express().use(signIn).use(PATH, handler), { authorize });
    assert.equal((await send(message)).status, 200);
  });

  test(`${name}: mounted in a router, and behind one that rewrites the URL`, async (t) => {
    const nested = (handler) => {
      const [outer, inner] = [express.Router(), express.Router()];
      outer.use("/centerfy", inner.use(handler));
      const rewrite = (request, response, next) => ((request.url = request.url.replace("/old/", "/api/")), next());
      return express().use(rewrite, session).use("/api", outer);
    };
    const { sandbox, url } = await site(t, nested);
    for (const path of [PATH, "/old/centerfy"]) {
      const { status } = await ask(`${url}${path}/get-agent/${sandbox.agents()[0].id}`, { headers: { cookie: "session=mia" } });
      assert.equal(status, 200, path);
    }
  });

  /** An event of an HTTP API of Amazon API Gateway. */
  const event = (method, path, { headers, body = "" }) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    cookies: ["theme=dark", "session=mia"],
    headers: { host: "app.example.com", origin: "https://app.example.com", "x-user": "admin", ...headers },
    requestContext: { http: { method, path, sourceIp: "192.0.2.1" }, domainName: "app.example.com", stage: "$default" },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  });

  for (const [adapter, wrap] of Object.entries({
    "serverless-http": (server) => serverlessHttp(server),
    "@vendia/serverless-express": (server) => serverlessExpress({ app: server }),
  })) {
    test(`${name} in a Lambda by ${adapter}`, async () => {
      const { proxy, sandbox, message } = await app({ origins: [], authorize: ({ request }) => request.headers.get("x-user") ?? false });
      for (const all of [[], [express.json()], [express.urlencoded({ extended: true })]]) {
        const lambda = wrap(express().use(session, ...all).use(PATH, toNodeHandler(proxy)));
        const read = await lambda(event("GET", `${PATH}/get-agent/${sandbox.agents()[0].id}`, {}), {});
        assert.equal(read.statusCode, 200, read.body);
        const sent = await lambda(event("POST", `${PATH}/send-message`, { headers: JSON_TYPE, body: JSON.stringify(message) }), {});
        assert.equal(sent.statusCode, 200, sent.body);
      }
      assert.equal(sandbox.deliveries().length, 3);
    });
  }
}

test("a parser that reads the body and keeps none: a 500, and onError says what to pass on", async (t) => {
  const consume = (handler) => async (request, response) => {
    for await (const piece of request) void piece;
    return handler(request, response);
  };
  const { send, message, troubles, sandbox } = await site(t, consume, { authorize: () => "mia" });
  const { status, json } = await send(message);
  assert.equal(status, 500);
  assert.match(json.message, /request body was read before it reached the proxy.*\{ body \}/);
  assert.equal(troubles.length, 1);
  assert.deepEqual([troubles[0].status, troubles[0].operation, troubles[0].error.message], [500, "sendMessage", json.message]);
  assert.deepEqual(sandbox.log(), []);
});

test("a parser that keeps the body elsewhere: the `body` option passes it on", async (t) => {
  const koa = (handler) => async (request, response) => {
    const pieces = await Readable.from(request).toArray();
    return handler(request, response, { body: JSON.parse(Buffer.concat(pieces)), context: [{ state: { user: "mia" } }] });
  };
  const authorize = ({ context: [{ state }] }) => state.user;
  const { send, message, sandbox } = await site(t, koa, { authorize });
  assert.equal((await send(message)).status, 200);
  assert.equal(sandbox.deliveries().length, 1);
});

test("a parser that leaves the stream unread: the stream is read, whatever `body` is", async (t) => {
  for (const body of [{}, undefined, null, { csrf: "t" }]) {
    const mount = (handler) => (request, response) => handler(request, response, { body });
    const { send, message } = await site(t, mount, { authorize: () => "mia" });
    assert.equal((await send(message)).status, 200);
  }
});

test("a middleware that listens to the stream or sets its encoding takes nothing from the body", async (t) => {
  let heard = 0;
  for (const listens of [
    (request) => request.on("data", (piece) => (heard += piece.length)),
    (request) => request.setEncoding("utf8"),
    (request) => request.setEncoding("utf8").on("data", (piece) => (heard += piece.length)),
  ]) {
    const mount = (handler) => (request, response) => (listens(request), handler(request, response));
    const { send, message, sandbox } = await site(t, mount, { authorize: () => "mia" });
    assert.equal((await send({ ...message, content: "Grüße" })).status, 200);
    assert.equal(sandbox.deliveries()[0].request.content, "Grüße");
  }
  assert.ok(heard > 0);
});

test("a platform that parses the body on access, and throws for invalid JSON", async () => {
  const body = { get: () => assert.fail("Invalid JSON") };
  const incoming = Object.defineProperty({ method: "POST", url: PATH, headers: { host: "app.test", ...JSON_TYPE } }, "body", body);
  const { seen, handler } = recorder();
  await handler(incoming, response());
  assert.equal(seen.text, "");
});

test("a Request whose body was read gets the same response", async () => {
  const { proxy, message, troubles } = await app();
  const made = () => new Request("http://app.test/api/centerfy/send-message", { method: "POST", headers: JSON_TYPE, body: JSON.stringify(message) });
  const [read, held, copied] = [made(), made(), made()];
  await read.json();
  held.body.getReader();
  await copied.clone().json();
  assert.deepEqual(await Promise.all([read, held, copied].map(async (it) => (await proxy(it)).status)), [500, 500, 200]);
  assert.equal(troubles.length, 2);
});

test("behind http2: a read and a message, with pseudo-headers only", async (t) => {
  const { proxy, sandbox, message } = await app({ origins: [] });
  const url = await listen(t, createHttp2Server(toNodeHandler(proxy)));
  const session = connect(url);
  t.after(() => session.close());
  const send = async (headers, body) => {
    const stream = session.request({ origin: url, ...headers });
    stream.end(body);
    const [answered] = await once(stream, "response");
    stream.resume();
    await once(stream, "close");
    return answered[":status"];
  };
  assert.equal(await send({ ":path": `${PATH}/get-agent/${sandbox.agents()[0].id}` }), 200);
  const post = { ":method": "POST", ":path": `${PATH}/send-message`, ...JSON_TYPE };
  assert.equal(await send(post, JSON.stringify(message)), 200);
  const believed = { ":authority": new URL(url).host, host: "evil.test", origin: "http://evil.test" };
  assert.equal(await send({ ...post, ...believed }, "{}"), 403);
});

test("all cookies that a wrapper of the proxy sets arrive", async (t) => {
  const { proxy } = await app();
  const wrapped = async (request) => {
    const answer = await proxy(request);
    for (const cookie of ["a=1", "b=2"]) answer.headers.append("set-cookie", cookie);
    return answer;
  };
  const url = await listen(t, toNodeHandler(wrapped));
  assert.deepEqual((await ask(`${url}/`)).headers["set-cookie"], ["a=1", "b=2"]);
});
