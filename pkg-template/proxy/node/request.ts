/** A `Request` from Node's request, whichever server, framework or adapter has made that. */
import { bodyOf, type Body } from "./body.js";
import type { Incoming, Outgoing, Passed } from "./shapes.js";

/** The caller's own request makes no sense. */
export class Nonsense extends Error {}

/** The headers of the connection, and the pseudo-headers of HTTP/2. */
const isOfConnection = (name: string) => /^(:|connection$|keep-alive$|expect$|upgrade$)/i.test(name);

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The host. HTTP/2 has `:authority`, and a Host header besides is not believed (RFC 9113, 8.3.1). */
const hostOf = ({ headers }: Incoming): string => one(headers[":authority"]) ?? one(headers.host) ?? "localhost";

/** Cookies are one list, however many headers they came in. */
const separatorOf = (name: string) => (name.toLowerCase() === "cookie" ? "; " : ", ");

/**
 * The headers as middlewares see them and may have changed them, which is what `authorize` has to see,
 * and never those of the wire.
 */
const headersOf = (incoming: Incoming): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || value === null || isOfConnection(name)) continue;
    const text = Array.isArray(value) ? value.join(separatorOf(name)) : String(value);
    try {
      headers.append(name, text);
    } catch {
      throw new TypeError(`A middleware has set the header ${JSON.stringify(name)} to a value that a header cannot have`);
    }
  }
  headers.set("host", hostOf(incoming));
  return headers;
};

const isScheme = (scheme: string | undefined) => scheme === "http" || scheme === "https";

const schemeOf = ({ protocol, headers, socket }: Incoming): string =>
  [protocol, one(headers[":scheme"])].find(isScheme) ?? (socket?.encrypted ? "https" : "http");

/**
 * The path and query. A router may have cut off the path at which it mounted the handler, or rewritten
 * the URL before: what the proxy's own path fits is meant.
 */
const targetOf = ({ url, baseUrl, originalUrl, headers }: Incoming, path: string | undefined): string => {
  const target = url ?? one(headers[":path"]) ?? "/";
  // Mounted at the top: what was cut off is none of its business.
  if (path === "/") return target;
  const all = [target];
  if (originalUrl?.endsWith(target)) all.unshift(originalUrl);
  if (baseUrl) all.unshift(baseUrl + target);
  return all.find((it) => path && it.startsWith(path)) ?? all[0]!;
};

const urlOf = (incoming: Incoming, path: string | undefined): URL => {
  const host = hostOf(incoming);
  if (/[/?#@\\\s]/.test(host)) throw new Nonsense("The Host header is not a host");
  try {
    const url = new URL(`${schemeOf(incoming)}://${host}`);
    const [pathname = "/", search = ""] = targetOf(incoming, path).split(/\?(.*)/s);
    // Set, and not resolved: a path that begins with two slashes is no other host.
    url.pathname = pathname;
    url.search = search;
    return url;
  } catch {
    throw new Nonsense("The Host header is not a host");
  }
};

/** Aborts when the connection ends before the answer, or has ended already. */
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
    throw new Nonsense("The request's method is not one that can be answered");
  }
};

/** The request, and its body, of which something may be left. */
export const requestOf = (
  incoming: Incoming,
  outgoing: Outgoing,
  passed: Passed,
  path: string | undefined,
): { request: Request; body: Body } => {
  const { method = "GET" } = incoming;
  const url = urlOf(incoming, path);
  const headers = headersOf(incoming);
  const body = bodyOf(incoming, passed);
  const hasBody = method !== "GET" && method !== "HEAD";
  const signal = disconnection(outgoing);
  const init = { method, headers, body: hasBody ? body.content : null, signal, duplex: "half" };
  const request = make(url, init as RequestInit);
  // A body that somebody holds is one that was read: the proxy says so, to its operator too.
  if (hasBody && body.isTaken) request.body?.getReader();
  return { request, body };
};
