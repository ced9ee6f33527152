/** The entry `centerfy/proxy/node`: a proxy for Node's `http` and `http2`, and the frameworks on them. */
import { requestOf, BadRequest } from "./node/request.js";
import { refuse, write } from "./node/response.js";
import type { Incoming, Outgoing, HandlerExtras, Proxy } from "./node/shapes.js";

const WRONG_ARGUMENTS =
  "The handler takes the request and response of Node.js. In Koa, pass ctx.req and ctx.res; " +
  "in Fastify, request.raw and reply.raw";

const isNode = (incoming: Incoming, outgoing: Outgoing) =>
  Object(incoming?.headers) === incoming?.headers && typeof outgoing?.writeHead === "function";

/** Passes the request to the proxy, and writes its response. */
const handle = async (proxy: Proxy, incoming: Incoming, outgoing: Outgoing, extras: HandlerExtras) => {
  const { request, body } = requestOf(incoming, outgoing, extras, proxy.path);
  try {
    await write(outgoing, await proxy(request, ...(extras.context ?? [incoming, outgoing])));
  } finally {
    body.finish();
  }
};

/** Never rejects if there is a response, because `http` leaves rejections unhandled, which ends the process. */
export const toNodeHandler =
  (proxy: Proxy) =>
  async (incoming: Incoming, outgoing: Outgoing, next?: ((error: unknown) => void) | HandlerExtras): Promise<void> => {
    if (!isNode(incoming, outgoing)) throw new TypeError(WRONG_ARGUMENTS);
    try {
      await handle(proxy, incoming, outgoing, typeof next === "object" ? next : {});
    } catch (error) {
      if (error instanceof BadRequest) return refuse(outgoing, 400, error.message);
      // A wrapper around the proxy failed. Express passes the error to its error handlers.
      if (typeof next === "function") return next(error);
      console.error(error);
      refuse(outgoing, 500, "The proxy failed");
    }
  };
