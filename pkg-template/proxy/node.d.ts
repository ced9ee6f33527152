import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Proxy } from "./index.js";

/** What a framework keeps outside of Node's request. */
export interface HandlerExtras {
    /**
     * The request body, if a body parser read the stream and did not set `request.body`: a parsed value, a
     * string or bytes. In Koa, it is `ctx.request.body`; in Fastify, `request.body`.
     */
    body?: unknown;
    /**
     * The `context` of `authorize`, for example a framework's own request.
     *
     * @default [request, response], which are Node's
     */
    context?: readonly unknown[] | undefined;
}

/**
 * Converts a proxy to a handler for Node's `http`, `https` and `http2`, and for frameworks built on them. It works
 * with and without a body parser in front. The proxy sees `request.headers` as middlewares left them.
 *
 * If a proxy that you wrapped in your own code rejects, the error is passed to `next`; without `next`, it is
 * logged, and the response is a 500. The handler itself rejects only if its arguments are not Node's request
 * and response.
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
