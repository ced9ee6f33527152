import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Proxy } from "./index.js";

/** What a framework keeps elsewhere than in Node's own request. */
export interface HandlerExtras {
    /**
     * The request body, if something in front has read the stream and left nothing in `request.body`:
     * what a JSON parser has made of it, or its text or bytes. In Koa that is `ctx.request.body`, in
     * Fastify `request.body`.
     */
    body?: unknown;
    /**
     * What `authorize` gets as `context`, for example a framework's own request. Node's request and
     * response when left out.
     */
    context?: readonly unknown[] | undefined;
}

/**
 * Makes a proxy a handler for Node's `http`, `https` and `http2`, and for frameworks on them. It works
 * behind a body parser and in front of one. The proxy sees `request.headers`, as middlewares left them.
 *
 * A proxy wrapped in code of your own may reject: then `next` gets the error, if there is one; else the
 * error is logged and answered with 500. The handler itself rejects only if it is not given Node's
 * request and response.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { createProxy } from "centerfy/proxy";
 * import { toNodeHandler } from "centerfy/proxy/node";
 *
 * const handler = toNodeHandler(createProxy(options));
 * createServer(handler).listen(3000);
 * ```
 */
export function toNodeHandler(proxy: Proxy): (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
    next?: ((error: unknown) => void) | HandlerExtras,
) => Promise<void>;
