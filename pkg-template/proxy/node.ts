/** The entry `centerfy/proxy/node`: a proxy behind Node's `http`, and in Express. */

/** What is used of Node's `IncomingMessage`, and of what Express adds to it. */
interface Incoming extends AsyncIterable<Uint8Array> {
  method?: string;
  url?: string;
  /** The whole URL where Express has cut off the path at which it mounted the handler. */
  originalUrl?: string;
  rawHeaders: string[];
  headers: { host?: string };
  socket: { encrypted?: boolean };
  /** What a parser of bodies has made of it. */
  body?: unknown;
}

/** What is used of Node's `ServerResponse`. */
interface Outgoing {
  /** Somebody has answered already, such as a middleware whose patience is over. */
  headersSent?: boolean;
  writableEnded?: boolean;
  once(event: "close", heard: () => void): unknown;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string | Uint8Array): unknown;
}

type Proxy = (request: Request) => Promise<Response>;

/** Those that belong to the connection, and those with which HTTP/2 begins. */
const isOfRequest = (name: string) => !/^(:|connection$|keep-alive$|expect$|upgrade$)/i.test(name);

const headersOf = ({ rawHeaders }: Incoming): Headers => {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!];
    if (isOfRequest(name)) headers.append(name, value);
  }
  return headers;
};

/** The body as it comes, or what a parser has left of it, as JSON again. */
const bodyOf = (incoming: Incoming): ReadableStream<Uint8Array> | string => {
  const { body } = incoming;
  if (typeof body === "string") return body;
  if (body !== undefined && !ArrayBuffer.isView(body)) return JSON.stringify(body);
  const pieces = incoming[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (ArrayBuffer.isView(body)) return (controller.enqueue(body as Uint8Array), controller.close());
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      await pieces.return?.();
    },
  });
};

/** Aborts when the connection ends before the answer. */
const leaving = (outgoing: Outgoing): AbortSignal => {
  const controller = new AbortController();
  outgoing.once("close", () => outgoing.writableEnded || controller.abort());
  return controller.signal;
};

const requestOf = (incoming: Incoming, outgoing: Outgoing): Request => {
  const { method = "GET", headers, socket } = incoming;
  const scheme = socket.encrypted ? "https" : "http";
  const url = new URL(`${scheme}://${headers.host ?? "localhost"}`);
  // Set, and not resolved: a path that begins with two slashes is no other host.
  const [path = "/", search = ""] = (incoming.originalUrl ?? incoming.url ?? "/").split(/\?(.*)/s);
  url.pathname = path;
  url.search = search;
  const body = method === "GET" || method === "HEAD" ? null : bodyOf(incoming);
  const signal = leaving(outgoing);
  return new Request(url, { method, headers: headersOf(incoming), body, signal, duplex: "half" } as RequestInit);
};

const send = (outgoing: Outgoing, status: number, headers: Record<string, string>, bytes: string | Uint8Array) => {
  if (outgoing.headersSent) return;
  outgoing.writeHead(status, headers);
  outgoing.end(bytes);
};

const refuse = (outgoing: Outgoing, status: number, message: string) =>
  send(outgoing, status, { "content-type": "application/json" }, JSON.stringify({ error: true, message }));

const respond = async (proxy: Proxy, request: Request, outgoing: Outgoing) => {
  const response = await proxy(request);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = { ...Object.fromEntries(response.headers), "content-length": String(bytes.length) };
  send(outgoing, response.status, headers, bytes);
};

/** Never rejects: Node's `http` leaves that to nobody, which ends the process. */
export const toNodeHandler = (proxy: Proxy) => async (incoming: Incoming, outgoing: Outgoing, next?: unknown) => {
  let request: Request;
  try {
    request = requestOf(incoming, outgoing);
  } catch {
    return refuse(outgoing, 400, "This is no request");
  }
  try {
    await respond(proxy, request, outgoing);
  } catch (error) {
    // What somebody has made around the proxy: Express tells it to its handlers of errors.
    if (typeof next === "function") return next(error);
    console.error(error);
    refuse(outgoing, 500, "The proxy failed");
  }
};
