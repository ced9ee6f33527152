/** Converts Node's request, from any server, framework or adapter, to a `Request`. */
import { bodyOf, type Body } from "./body.js";
import type { Incoming, Outgoing, HandlerExtras } from "./shapes.js";

/** The request is malformed. */
export class BadRequest extends Error {}

/** Whether a header concerns the connection, or is a pseudo-header of HTTP/2. */
const isConnectionHeader = (name: string) => /^(:|connection$|keep-alive$|expect$|upgrade$)/i.test(name);

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The host. In HTTP/2, `:authority` takes precedence over a Host header (RFC 9113, 8.3.1). */
const hostOf = ({ headers }: Incoming): string => one(headers[":authority"]) ?? one(headers.host) ?? "localhost";

/** Several Cookie headers are joined to one list. */
const separatorOf = (name: string) => (name.toLowerCase() === "cookie" ? "; " : ", ");

/**
 * The headers as middlewares left them, which is what `authorize` has to see, not those that were received.
 */
const headersOf = (incoming: Incoming): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || value === null || isConnectionHeader(name)) continue;
    const text = Array.isArray(value) ? value.join(separatorOf(name)) : String(value);
    try {
      headers.append(name, text);
    } catch {
      throw new TypeError(`A middleware set the header ${JSON.stringify(name)} to an invalid value`);
    }
  }
  headers.set("host", hostOf(incoming));
  return headers;
};

const isScheme = (scheme: string | undefined) => scheme === "http" || scheme === "https";

const schemeOf = ({ protocol, headers, socket }: Incoming): string =>
  [protocol, one(headers[":scheme"])].find(isScheme) ?? (socket?.encrypted ? "https" : "http");

/**
 * The path and query. A router may have removed the mount path, or rewritten the URL: this is the variant that
 * starts with the proxy's path.
 */
const targetOf = ({ url, baseUrl, originalUrl, headers }: Incoming, path: string | undefined): string => {
  const target = url ?? one(headers[":path"]) ?? "/";
  // With path "/", the URL is used as it is.
  if (path === "/") return target;
  const all = [target];
  if (originalUrl?.endsWith(target)) all.unshift(originalUrl);
  if (baseUrl) all.unshift(baseUrl + target);
  return all.find((it) => path && it.startsWith(path)) ?? all[0]!;
};

const urlOf = (incoming: Incoming, path: string | undefined): URL => {
  const host = hostOf(incoming);
  if (/[/?#@\\\s]/.test(host)) throw new BadRequest("The Host header is invalid");
  try {
    const url = new URL(`${schemeOf(incoming)}://${host}`);
    const [pathname = "/", search = ""] = targetOf(incoming, path).split(/\?(.*)/s);
    // Assigned, not resolved, because a path that starts with two slashes would replace the host.
    url.pathname = pathname;
    url.search = search;
    return url;
  } catch {
    throw new BadRequest("The Host header is invalid");
  }
};

/** Aborts when the connection closes before the response was sent. */
const disconnection = (outgoing: Outgoing): AbortSignal => {
  const controller = new AbortController();
  if (outgoing.destroyed) controller.abort();
  else outgoing.once("close", () => outgoing.writableEnded || controller.abort());
  return controller.signal;
};

const make = (url: URL, init: RequestInit): Request => {
  try {
    return new Request(url, init);
  } catch {
    throw new BadRequest("The method of the request is not supported");
  }
};

/** The request, and its body, which has to be finished. */
export const requestOf = (
  incoming: Incoming,
  outgoing: Outgoing,
  extras: HandlerExtras,
  path: string | undefined,
): { request: Request; body: Body } => {
  const { method = "GET" } = incoming;
  const url = urlOf(incoming, path);
  const headers = headersOf(incoming);
  const body = bodyOf(incoming, extras);
  const hasBody = method !== "GET" && method !== "HEAD";
  const signal = disconnection(outgoing);
  const init = { method, headers, body: hasBody ? body.content : null, signal, duplex: "half" };
  const request = make(url, init as RequestInit);
  // Locks the body, so that the proxy reports that it was read before.
  if (hasBody && body.isConsumed) request.body?.getReader();
  return { request, body };
};
