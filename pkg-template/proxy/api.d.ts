import type { Store } from "../stores/api.js";
import type { CenterfyEvent, FetchLike, Operation, RateLimit } from "../types.js";

export type * from "../stores/api.js";
export type { Operation } from "../types.js";

/** What a request asks for, as `authorize` is told. */
export interface AuthorizeContext {
    /** The request, of which the body has been read. Cookies and tokens of your own are in its headers. */
    readonly request: Request;
    /** The operation. */
    readonly operation: Operation;
    /** Its arguments, as the method of a client takes them: an id, a request, or both. */
    readonly args: readonly unknown[];
    /**
     * What the proxy was called with after the request: in Workers `env` and `ctx`; behind
     * `toNodeHandler` Node's request and response, so `context[0].user` and `context[0].session` are
     * what a middleware has set; with `(c) => proxy(c.req.raw, c)` Hono's context.
     */
    readonly context: readonly any[];
}

/** What went wrong, for the proxy's operator. */
export interface ErrorContext {
    /** The operation, where it is known by then. */
    readonly operation?: Operation;
    /** The subject, where it is known by then. */
    readonly subject?: string;
    /** The status that was answered. */
    readonly status: number;
}

/** How a proxy is made. */
export interface ProxyOptions {
    /** The API key (`cfy_…`). It stays here: no answer, error or event has it. */
    apiKey: string;
    /**
     * The path below which the proxy stands, for example `"/api/centerfy"`. `"/"` if the framework cuts
     * the path of a mount point off the URL, as `app.mount()` of Hono and h3 does.
     */
    path: string;
    /** The operations that may be asked for. Everything else is refused with 403. */
    allow: readonly Operation[];
    /**
     * Says who asks: a string that is the same for the same person, 1 to 200 characters, or `false`
     * for nobody, who is refused with 401. Throw what you like: that is a 500, and nothing is sent. It
     * has ten seconds.
     *
     * Whether that person may do that to that agent or contact is for you to say: the proxy knows
     * neither your people nor your contacts.
     */
    authorize: (context: AuthorizeContext) => string | false | PromiseLike<string | false>;
    /**
     * The origins whose pages may send requests, besides the proxy's own: `"https://app.example.com"`,
     * `"capacitor://localhost"`, `"chrome-extension://…"`. Each is compared exactly. `"none"` allows
     * requests without an Origin header, as servers and tests send them. None when left out.
     */
    origins?: readonly string[] | undefined;
    /**
     * The request headers that pages of `origins` may send besides the client's own, for example
     * `["x-session"]`. Every header that the page asks for when left out. Pages of the proxy's own
     * origin may always send any.
     */
    allowHeaders?: readonly string[] | undefined;
    /**
     * Where places under the rate limit and idempotency records are. `memoryStore()`, which one process
     * has for itself, when left out.
     */
    store?: Store | undefined;
    /** How much one subject may ask for. No limit when left out. */
    limit?: RateLimit | undefined;
    /**
     * How much the key may ask for, over all machines that share the store, or `false`.
     * `{ requests: 60, perMs: 60_000 }`, which is the API's own limit, when left out.
     */
    rateLimit?: RateLimit | false | undefined;
    /**
     * The longest that the API may take, in milliseconds. A request that waits for a slot under the rate
     * limit waits no longer than that either, and 20 000 at most; then it is answered with 429, and nothing
     * was sent.
     *
     * @default 30_000
     */
    attemptTimeout?: number | undefined;
    /**
     * For how long the record of an idempotency key is kept, in milliseconds. A key that is used again
     * later is a new one.
     *
     * @default 86_400_000 (24 hours)
     */
    keepMs?: number | undefined;
    /** How the key is sent. `"bearer"` when left out. */
    auth?: "x-api-key" | "bearer" | undefined;
    /** The API's URL. Its own when left out. */
    baseUrl?: string | undefined;
    /** What sends the requests, for example a sandbox's `fetch`. The global one when left out. */
    fetch?: FetchLike | undefined;
    /** Is told what happens to each request to the API. Never sees a key or a body. */
    onEvent?: ((event: CenterfyEvent) => void) | undefined;
    /** Is told of each 5xx that the proxy answers, and why, which the caller is not. */
    onError?: ((error: unknown, context: ErrorContext) => void) | undefined;
    /**
     * Is told of each 4xx that the proxy answers, and why: an origin that is not allowed, a path where
     * nothing is, a contact that does not exist. Any caller can cause these, so log them sparingly.
     */
    onRefusal?: ((error: unknown, context: ErrorContext) => void) | undefined;
}

/**
 * Answers a request. It takes a `Request` and gives a `Response`, so it is a Worker's `fetch`, a route
 * of Next.js, and a handler of Deno and Bun as it stands. Other frameworks need one line, for example
 * `(c) => proxy(c.req.raw, c)` in Hono and `({ request }) => proxy(request)` in SvelteKit. A caller who
 * disconnects while waiting for a slot gives it back, and nothing is sent. What the API has been asked is finished though the caller has
 * left; where a later argument has `waitUntil`, as in Workers, the runtime is asked for that.
 */
export type Proxy = (request: Request, ...context: any[]) => Promise<Response>;

/**
 * Makes a proxy that keeps the API key, for clients with the option `proxy`. What reaches a person is
 * carried out once for each idempotency key of a subject, however often it is asked for.
 *
 * @throws {CenterfyError} With the code `"validation"`, and the option in `field`, when an option is not
 * what it must be.
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

/** A store in this process, which forgets everything when the process ends. */
export function memoryStore(): Store;
