/** What a framework gives the proxy: a `Request`, or something else that holds one. */
import { Refusal } from "./refusal.js";

const isRequest = (it: any): it is Request =>
  typeof it?.url === "string" && typeof it.method === "string" && typeof it.headers?.get === "function";

/** An `IncomingMessage`, whose headers are a plain object. */
const isNode = (it: any): boolean => typeof it?.method === "string" && it.headers === Object(it.headers) && !it.headers.get;

/** The handler that passes on the `Request`, by where a framework keeps it. */
const LINES: [holds: (it: any) => unknown, line: string][] = [
  [(it) => isRequest(it.req?.raw) || isRequest(it.raw), "(c) => proxy(c.req.raw)"],
  [(it) => isRequest(it.request), "({ request }) => proxy(request)"],
  [(it) => isRequest(it.req), "(event) => proxy(event.req)"],
  [(it) => it.node?.req, "(event) => proxy(toWebRequest(event))"],
  [
    (it) => [it, it.raw, it.req].some(isNode),
    "toNodeHandler(proxy) from centerfy/proxy/node, with Node's own request and response",
  ],
];

/** The line for what was given. It may be anything, so even reading it may throw. */
const lineFor = (given: unknown): string => {
  const holder: any = Object(given);
  for (const [holds, line] of LINES) {
    try {
      if (holds(holder)) return line;
    } catch {}
  }
  return "(request) => proxy(request)";
};

/** The request, and its URL. */
export const readRequest = (given: unknown): { request: Request; url: URL } => {
  if (!isRequest(given)) {
    throw new Refusal(500, `The proxy takes a Request and was given something else. Mount it as ${lineFor(given)}`);
  }
  try {
    return { request: given, url: new URL(given.url) };
  } catch {
    throw new Refusal(400, "The request's URL is not absolute");
  }
};
