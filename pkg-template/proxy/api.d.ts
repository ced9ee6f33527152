import type { Store } from "../store/api.js";
import type { CenterfyEvent, FetchLike, Operation, RateLimit } from "../types.js";

export type * from "../store/api.js";
export type { Operation } from "../types.js";

/** The request that `authorize` decides about. */
export interface AuthorizeContext {
    /** The request. Its body has been read; its headers include your own cookies and tokens. */
    readonly request: Request;
    /** The operation. */
    readonly operation: Operation;
    /** The arguments of the operation, as the client's method takes them: an id, a request, or both. */
    readonly args: readonly unknown[];
    /**
     * The arguments that followed the request when the proxy was called. In Workers: `env` and `ctx`. Behind
     * `toNodeHandler`: Node's request and response, so `context[0].user` and `context[0].session` are what
     * your middlewares set. With `(c) => proxy(c.req.raw, c)`: Hono's context.
     */
    readonly context: readonly any[];
}

/** The request that an error belongs to. */
export interface ErrorContext {
    /** The operation, if it is known. */
    readonly operation?: Operation;
    /** The subject, if it is known. */
    readonly subject?: string;
    /** The status of the response. */
    readonly status: number;
}

/** The options of a proxy. */
export interface ProxyOptions {
    /** The API key (`cfy_…`). No response, error or event contains it. */
    apiKey: string;
    /**
     * The path at which the proxy is mounted, for example `"/api/centerfy"`. Use `"/"` if the framework
     * removes the mount path from the URL, as `app.mount()` of Hono and h3 does.
     */
    path: string;
    /** The allowed operations. Other operations are refused with 403. */
    allow: readonly Operation[];
    /**
     * Returns the subject of a request: a string of 1 to 200 characters that identifies the user, always the
     * same for the same user. Return `false` to refuse the request with 401. If it throws, the response is a
     * 500 and nothing is sent. It must settle within ten seconds.
     *
     * Check here whether the user may do this to this agent or contact: the proxy has no list of your users
     * or contacts.
     */
    authorize: (context: AuthorizeContext) => string | false | PromiseLike<string | false>;
    /**
     * The origins, besides the proxy's own, whose pages may send requests: `"https://app.example.com"`,
     * `"capacitor://localhost"`, `"chrome-extension://…"`. They are compared exactly. `"none"` allows
     * requests without an Origin header, as servers and tests send them.
     *
     * @default []
     */
    origins?: readonly string[] | undefined;
    /**
     * The request headers that pages of `origins` may send besides the client's own, for example
     * `["x-session"]`. Pages of the proxy's own origin may always send any header.
     *
     * @default any header
     */
    allowHeaders?: readonly string[] | undefined;
    /**
     * Holds the slots under the rate limit and the idempotency records.
     *
     * @default memoryStore(), for one process
     */
    store?: Store | undefined;
    /**
     * The rate limit for each subject. Requests over the limit are refused with 429.
     *
     * @default no limit
     */
    limit?: RateLimit | undefined;
    /**
     * The rate limit of the API key, over all processes that share the store, or `false` for none. Requests
     * over the limit are queued.
     *
     * @default { requests: 60, perMs: 60_000 }, which is the API's own limit
     */
    rateLimit?: RateLimit | false | undefined;
    /**
     * How long the API may take, in milliseconds. A request waits no longer than that, and at most 20,000, for a
     * slot under the rate limit; then it is refused with 429 and is not sent.
     *
     * @default 30_000
     */
    attemptTimeout?: number | undefined;
    /**
     * How long the record of an idempotency key is kept, in milliseconds. After that, the key can be used for
     * another request.
     *
     * @default 86_400_000 (24 hours)
     */
    keepMs?: number | undefined;
    /**
     * How the API key is sent.
     *
     * @default "bearer"
     */
    auth?: "x-api-key" | "bearer" | undefined;
    /**
     * The base URL of the API.
     *
     * @default "https://crmwebhook.com/functions/v1/crm-api"
     */
    baseUrl?: string | undefined;
    /**
     * Sends the requests to the API, for example a sandbox's `fetch`.
     *
     * @default globalThis.fetch
     */
    fetch?: FetchLike | undefined;
    /** Called with events about each request to the API. Events never contain a key or a body. */
    onEvent?: ((event: CenterfyEvent) => void) | undefined;
    /** Called with the cause of each 5xx response. The caller does not learn the cause. */
    onError?: ((error: unknown, context: ErrorContext) => void) | undefined;
    /**
     * Called with the cause of each 4xx response: an origin that is not allowed, an unknown path, a contact
     * that does not exist. Any caller can cause these, so log them sparingly.
     */
    onRefusal?: ((error: unknown, context: ErrorContext) => void) | undefined;
}

/**
 * Handles a request. It takes a `Request` and returns a `Response`, so it can be used directly as the `fetch` of a
 * Worker, as a route of Next.js, and as a handler of Deno and Bun. Other frameworks need one line, for example
 * `(c) => proxy(c.req.raw, c)` in Hono and `({ request }) => proxy(request)` in SvelteKit.
 *
 * If the caller disconnects while queued, its slot is released and nothing is sent. A request that was sent is
 * completed even if the caller disconnects; if one of the other arguments has `waitUntil`, as in Workers, it is
 * used to keep the Worker alive.
 */
export type Proxy = (request: Request, ...context: any[]) => Promise<Response>;

/**
 * Creates a proxy that keeps the API key on your server, for clients with the option `proxy`. For each
 * idempotency key of a subject, a request that reaches a person is sent at most once, even if it is retried.
 *
 * @throws {CenterfyError} With the code `"validation"` and the option in `field`, if an option is invalid.
 *
 * @example
 * ```ts
 * import { createProxy } from "centerfy/proxy";
 *
 * const proxy = createProxy({
 *   apiKey,
 *   path: "/api/centerfy",
 *   allow: ["getAgent", "getContactMessages", "sendMessage"],
 *   authorize: async ({ request }) => (await userOf(request)) ?? false,
 * });
 * ```
 */
export function createProxy(options: ProxyOptions): Proxy;

export { memoryStore } from "../store/api.js";
