// Redis clients, each closed at the end of its test.

import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { startRedis } from "./redis.mjs";

const require = createRequire(import.meta.url);

export const Ioredis = require("ioredis");

/** A Redis that stops at the end of its test. */
export async function redisFor(t, options) {
  const server = await startRedis(options);
  t.after(() => server.stop());
  return server;
}

/** ioredis, which reconnects every 20 ms. */
export function ioredis(t, { port }, options) {
  const client = new Ioredis({ port, retryStrategy: () => 20, maxRetriesPerRequest: null, ...options });
  client.on("error", () => {});
  t.after(() => client.disconnect());
  return client;
}

export async function nodeRedis(t, { port }, options) {
  const client = require("redis").createClient({ socket: { host: "127.0.0.1", port, reconnectStrategy: 20 }, ...options });
  client.on("error", () => {});
  t.after(() => client.destroy());
  return client.connect();
}

/**
 * Upstash's client, over a bridge in the place of its server, which is a Redis behind HTTP: a command is a
 * list in the request body. `bridge.loses` may cut a connection whose command has been executed.
 */
export async function upstash(t, server) {
  const client = await nodeRedis(t, server);
  const run = (command) => client.sendCommand(command.map(String)).then((result) => ({ result }), ({ message }) => ({ error: message }));
  const bridge = { loses: (_body) => false };
  const http = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = String(Buffer.concat(pieces));
    const given = JSON.parse(body);
    // Its client sends concurrent commands as one list.
    const answer = request.url === "/pipeline" ? await Promise.all(given.map(run)) : await run(given);
    if (bridge.loses(body)) return response.destroy();
    response.writeHead(answer.error ? 400 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
  t.after(() => {
    http.close();
    http.closeAllConnections();
  });
  const { Redis } = require("@upstash/redis");
  const options = { url: `http://127.0.0.1:${http.address().port}`, token: "none", responseEncoding: false };
  return { client: new Redis(options), bridge };
}

/** Waits until `check` is true, or until the test's timeout. */
export async function until(check) {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
}
