/** What a framework gives the proxy: a `Request`, or something else that holds one. */
import { Refusal } from "./refusal.js";

const isRequest = (it: any): it is Request =>
  typeof it?.url === "string" && typeof it.method === "string" && typeof it.headers?.get === "function";

/** Reading what is given may throw: then it is not what it is taken for. */
const holds = (test: (it: any) => unknown, it: unknown): boolean => {
  try {
    return !!test(it);
  } catch {
    return false;
  }
};

/** An `IncomingMessage`, whose headers are a plain object. */
const isNode = (it: any): boolean => typeof it?.method === "string" && it.headers === Object(it.headers) && !it.headers.get;

/** The handler that passes on the `Request`, by where a framework keeps it. */
const LINES: [test: (it: any) => unknown, line: string][] = [
  [(it) => isRequest(it.req?.raw) || isRequest(it.raw), "(c) => proxy(c.req.raw)"],
  [(it) => isRequest(it.request), "({ request }) => proxy(request)"],
  [(it) => isRequest(it.req), "(event) => proxy(event.req)"],
  [(it) => it.node?.req, "(event) => proxy(toWebRequest(event))"],
  [
    (it) => [it, it.raw, it.req].some(isNode),
    "toNodeHandler(proxy) from centerfy/proxy/node, with Node's own request and response",
  ],
];

const lineFor = (given: unknown): string =>
  LINES.find(([test]) => holds(test, Object(given)))?.[1] ?? "(request) => proxy(request)";

/** The request, and its URL. */
export const readRequest = (given: Request): { request: Request; url: URL } => {
  if (!holds(isRequest, given)) {
    throw new Refusal(500, `The proxy takes a Request and was given something else. Mount it as ${lineFor(given)}`);
  }
  try {
    return { request: given, url: new URL(given.url) };
  } catch {
    throw new Refusal(400, "The request's URL is not absolute");
  }
};
