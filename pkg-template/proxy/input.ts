/** Checks the argument of a proxy: a `Request`, or by mistake something that holds one. */
import { Refusal } from "./refusal.js";

const isRequest = (it: any): it is Request =>
  typeof it?.url === "string" && typeof it.method === "string" && typeof it.headers?.get === "function";

/** Reading a property of an unknown value may throw. */
const satisfies = (test: (it: any) => unknown, it: unknown): boolean => {
  try {
    return !!test(it);
  } catch {
    return false;
  }
};

/** An `IncomingMessage`, whose headers are a plain object. */
const isNode = (it: any): boolean => typeof it?.method === "string" && it.headers === Object(it.headers) && !it.headers.get;

/** The handler to use, by where a framework keeps the `Request`. */
const MOUNTS: [test: (it: any) => unknown, line: string][] = [
  [(it) => isRequest(it.req?.raw) || isRequest(it.raw), "(c) => proxy(c.req.raw)"],
  [(it) => isRequest(it.request), "({ request }) => proxy(request)"],
  [(it) => isRequest(it.req), "(event) => proxy(event.req)"],
  [(it) => it.node?.req, "(event) => proxy(toWebRequest(event))"],
  [
    (it) => [it, it.raw, it.req].some(isNode),
    "toNodeHandler(proxy) from centerfy/proxy/node, with Node's own request and response",
  ],
];

const mountFor = (input: unknown): string =>
  MOUNTS.find(([test]) => satisfies(test, Object(input)))?.[1] ?? "(request) => proxy(request)";

/** The request and its URL. */
export const readRequest = (input: Request): { request: Request; url: URL } => {
  if (!satisfies(isRequest, input)) {
    throw new Refusal(500, `The proxy was called with something other than a Request. Mount it as ${mountFor(input)}`);
  }
  try {
    return { request: input, url: new URL(input.url) };
  } catch {
    throw new Refusal(400, "The URL of the request must be absolute");
  }
};
