/** Keep-alive connections of a browser or a reverse proxy: requests follow each other over HTTP/1.1 or HTTP/2. */
import { once } from "node:events";
import { Agent, request as overHttp } from "node:http";
import { connect as connect2 } from "node:http2";
import { Agent as TlsAgent, request as overHttps } from "node:https";

/** The maximum time of a response before the connection counts as hanging, in milliseconds. */
const PATIENCE = 15_000;

const textOf = async (stream) => {
  let text = "";
  for await (const piece of stream.setEncoding("utf8")) text += piece;
  return text;
};

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} is not answered`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

const http1 = (origin) => {
  const { protocol, host } = new URL(origin);
  const isTls = protocol === "https:";
  const [Kind, open] = isTls ? [TlsAgent, overHttps] : [Agent, overHttp];
  const agent = new Kind({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const begin = (method, path, headers, body) => {
    const request = open(`${protocol}//${host}${path}`, { method, headers, agent });
    // A server may close the connection before it has read everything; the response has the result.
    request.on("error", () => {});
    request.end(body);
    return request;
  };
  const attempt = async (...asked) => {
    const request = begin(...asked);
    const [response] = await once(request, "response");
    return { status: response.statusCode, headers: response.headers, text: await textOf(response) };
  };
  return { begin, attempt, leave: (request, isReset) => (isReset ? request.socket.resetAndDestroy() : request.destroy()), close: () => agent.destroy() };
};

const http2 = async (origin) => {
  const session = connect2(origin, { rejectUnauthorized: false });
  session.on("error", () => {});
  await once(session, "connect");
  const begin = (method, path, headers, body) => {
    const stream = session.request({ ":method": method, ":path": path, ...headers }, { endStream: body === undefined });
    stream.on("error", () => {});
    if (body !== undefined) stream.end(body);
    return stream;
  };
  const attempt = async (...asked) => {
    const stream = begin(...asked);
    const lost = once(stream, "close").then(() => []);
    const [headers] = await Promise.race([once(stream, "response"), lost]);
    if (!headers) throw new Error("the stream was reset before the answer");
    return { status: headers[":status"], headers, text: await textOf(stream) };
  };
  return { begin, attempt, leave: (stream) => stream.close(8), close: () => session.destroy() };
};

/** One connection to an origin. `ask` answers `{ status, headers, text }`; `leave` gives up what `begin` began. */
export const connect = async (origin, isHttp2 = false) => {
  const { attempt, ...wire } = isHttp2 ? await http2(origin) : http1(origin);
  return { ...wire, ask: (method, path, headers, body) => within(attempt(method, path, headers, body), `${method} ${path}`) };
};
