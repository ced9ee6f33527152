// A keep-alive connection: a refused request does not block the next one.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { createRequire } from "node:module";
import { Socket, connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { app, toNodeHandler } from "./support.mjs";
import { ask, connection, listen } from "./wire.mjs";

const require = createRequire(import.meta.url);
const PATH = "/api/centerfy";
const LONG = JSON.stringify({ content: "x".repeat(200_000) });
const JSON_TYPE = { "content-type": "application/json" };

/** [status, path, headers]: requests of 200 KB, each refused at another stage. */
const refused = [
  [404, "nothing", {}],
  [405, "get-agent/a", {}],
  [403, "send-message", { origin: "https://evil.test" }],
  [403, "archive-agent", {}],
  [413, "send-message", JSON_TYPE],
  [415, "send-message", { "content-type": "text/plain" }],
  [400, "update-agent/a%2fb", JSON_TYPE, "PUT"],
];

const proxyOf = () => app({ origins: ["none"], allow: ["getAgent", "updateAgent", "sendMessage"], authorize: () => "mia" });

/** Like servers on Node.js with `fetch` handlers: the body is a stream of the request, and the response is written. */
const webServer = (proxy) => async (request, response) => {
  const { method, headers, url } = request;
  const body = method === "GET" ? null : Readable.toWeb(request);
  const answer = await proxy(new Request(`http://${headers.host}${url}`, { method, headers, body, duplex: "half" }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
};

const servers = {
  "Node's http": (proxy) => toNodeHandler(proxy),
  "Express 4": (proxy) => require("express-4")().use(PATH, toNodeHandler(proxy)),
  "Express 5, with a parser": (proxy) => {
    const express = require("express-5");
    return express().use(express.json({ limit: "1mb" })).use(PATH, toNodeHandler(proxy));
  },
  "a server with a fetch handler": webServer,
};

for (const [name, mount] of Object.entries(servers)) {
  test(`${name}: after a refused POST of 200 KB the connection serves the next request`, async (t) => {
    const { proxy, sandbox } = await proxyOf();
    const url = await listen(t, mount(proxy));
    const agent = connection(t);
    for (const [status, path, headers, method = "POST"] of refused) {
      const answer = await ask(`${url}${PATH}/${path}`, { method, headers, body: LONG, agent });
      assert.equal(answer.status, status, path);
      const next = await ask(`${url}${PATH}/get-agent/${sandbox.agents()[0].id}`, { agent });
      assert.equal(next.status, 200, path);
    }
  });
}

test("behind http2: after refused POSTs of 200 KB the session serves the next request", async (t) => {
  const { proxy, sandbox, message } = await proxyOf();
  const url = await listen(t, createHttp2Server(toNodeHandler(proxy)));
  const session = connectHttp2(url);
  t.after(() => session.close());
  const send = async (headers, body) => {
    const stream = session.request(headers);
    stream.on("error", () => {});
    stream.end(body);
    const [{ ":status": status }] = await once(stream, "response");
    stream.resume();
    return status;
  };
  for (const [status, path, headers, method = "POST"] of refused) {
    assert.equal(await send({ ":method": method, ":path": `${PATH}/${path}`, ...headers }, LONG), status, path);
  }
  assert.equal(await send({ ":path": `${PATH}/get-agent/${sandbox.agents()[0].id}` }), 200);
  const post = { ":method": "POST", ":path": `${PATH}/send-message`, ...JSON_TYPE };
  assert.equal(await send(post, JSON.stringify(message)), 200);
});

test("an endless request body: the connection is closed after the response", async (t) => {
  const { proxy } = await proxyOf();
  const server = createServer(toNodeHandler(proxy));
  const { port } = new URL(await listen(t, server));
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, "x"), Buffer.from("\r\n")]);
  for (const path of ["nothing", "send-message"]) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`POST ${PATH}/${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`);
    let all = "";
    socket.setEncoding("utf8").on("data", (piece) => (all += piece)).on("error", () => {});
    const write = () => socket.writable && !socket.destroyed && socket.write(chunk, () => setImmediate(write));
    write();
    // The server resets a connection that still sends.
    await new Promise((resolve) => socket.on("close", resolve));
    assert.match(all, path === "nothing" ? /^HTTP\/1\.1 404 / : /^HTTP\/1\.1 413 /);
  }
});

test("a request body that stalls: the connection is closed after a while", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { proxy } = await proxyOf();
  const { port } = new URL(await listen(t, toNodeHandler(proxy)));
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`POST ${PATH}/nothing HTTP/1.1\r\nhost: a\r\ncontent-length: 200000\r\n\r\nabc`);
  let answer = "";
  let isClosed = false;
  socket.setEncoding("utf8").on("data", (text) => (answer += text));
  socket.on("close", () => (isClosed = true)).on("error", () => {});
  while (!isClosed) {
    t.mock.timers.tick(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.match(answer, /^HTTP\/1\.1 404 /);
});

test("the caller disconnected before the handler was called: nothing is sent", async (t) => {
  const { proxy, sandbox, message } = await proxyOf();
  const handler = toNodeHandler(proxy);
  const handling = [];
  const socket = new Socket();
  // A slow middleware.
  const slow = async (request, response) => {
    request.body = JSON.parse(await text(request));
    socket.destroy();
    await once(response, "close");
    handling.push(handler(request, response));
  };
  const server = createServer((...both) => handling.push(slow(...both)));
  const { port } = new URL(await listen(t, server));
  const body = JSON.stringify(message);
  socket.connect(Number(port), "127.0.0.1");
  socket.write(`POST ${PATH}/send-message HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  await once(server, "request");
  for (const it of handling) await it;
  assert.equal(handling.length, 2);
  assert.deepEqual(sandbox.log(), []);
});
