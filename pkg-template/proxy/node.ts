/** The entry `centerfy/proxy/node`: a proxy behind Node's `http` and `http2`, and the frameworks on them. */
import { requestOf, Nonsense } from "./node/request.js";
import { refuse, write } from "./node/response.js";
import type { Incoming, Outgoing, Passed, Proxy } from "./node/shapes.js";

const WRONG =
  "toNodeHandler makes a handler of Node's request and response. In Koa call it with ctx.req and ctx.res, " +
  "in Fastify with request.raw and reply.raw";

const isNode = (incoming: Incoming, outgoing: Outgoing) =>
  Object(incoming?.headers) === incoming?.headers && typeof outgoing?.writeHead === "function";

/** Passes the request on, and the answer back. */
const handle = async (proxy: Proxy, incoming: Incoming, outgoing: Outgoing, passed: Passed) => {
  const { request, body } = requestOf(incoming, outgoing, passed, proxy.path);
  try {
    await write(outgoing, await proxy(request, ...(passed.context ?? [incoming, outgoing])));
  } finally {
    body.finish();
  }
};

/** Never rejects where there is a response: a rejection that `http` leaves unhandled ends the process. */
export const toNodeHandler =
  (proxy: Proxy) =>
  async (incoming: Incoming, outgoing: Outgoing, next?: ((error: unknown) => void) | Passed): Promise<void> => {
    if (!isNode(incoming, outgoing)) throw new TypeError(WRONG);
    try {
      await handle(proxy, incoming, outgoing, typeof next === "object" ? next : {});
    } catch (error) {
      if (error instanceof Nonsense) return refuse(outgoing, 400, error.message);
      // Something made around the proxy failed. Express tells its handlers of errors.
      if (typeof next === "function") return next(error);
      console.error(error);
      refuse(outgoing, 500, "The proxy failed");
    }
  };
