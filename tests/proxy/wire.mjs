// Servers for a test, and requests to them byte by byte or on one connection.

import { once } from "node:events";
import { Agent, createServer, request } from "node:http";

/** Starts a server on loopback until the test ends. Resolves to its URL. */
export const listen = async (t, handler) => {
  const server = typeof handler === "function" ? createServer(handler) : handler;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => (server.closeAllConnections?.(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
};

/** A keep-alive connection, and whether it was reused. */
export const connection = (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  return agent;
};

/** Sends one request. Resolves to its status, headers and JSON. */
export const ask = async (url, { method = "GET", headers, body, agent } = {}) => {
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  const asking = request(url, { method, agent, headers: { ...length, ...headers } });
  asking.end(body);
  const [response] = await once(asking, "response");
  let text = "";
  for await (const piece of response.setEncoding("utf8")) text += piece;
  const { statusCode: status, headers: answered } = response;
  return { status, headers: answered, json: text && JSON.parse(text), reused: asking.reusedSocket };
};
