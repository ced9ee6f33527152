import type { IncomingMessage, ServerResponse } from "node:http";
import type { Proxy } from "./index.js";

/**
 * A proxy as a handler of Node's `http` and of Express, mounted with or without a parser of bodies
 * before it. It never rejects: a proxy within something of your own that does is a 500, or what Express's
 * handlers of errors make of it.
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
    request: IncomingMessage,
    response: ServerResponse,
    next?: (error: unknown) => void,
) => Promise<void>;
