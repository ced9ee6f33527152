import type { CenterfyEvent } from "./client-events.js";
import type { Operation } from "./types.js";

/** The options of a client. */
export interface CenterfyOptions {
    /**
     * The API key (`cfy_…`). Required unless `proxy` or `baseUrl` points to your own server, which adds it.
     *
     * It grants full access to its scope, so keep it on a server: in a page, a client with a key can only be
     * created with `dangerouslyAllowBrowser`.
     */
    apiKey?: string | undefined;
    /**
     * How the key is sent: `"bearer"` as `Authorization: Bearer`, `"x-api-key"` as that header.
     *
     * @default "bearer"
     */
    auth?: "x-api-key" | "bearer" | undefined;
    /**
     * The URL below which the operations are: the API's own, or that of a server that forwards to it. A
     * relative URL is resolved when a call is made, as `fetch` resolves it.
     *
     * @default "https://crmwebhook.com/functions/v1/crm-api"
     */
    baseUrl?: string | undefined;
    /**
     * The path or URL of a proxy created by `centerfy/proxy`, instead of `baseUrl` and `apiKey`. It performs
     * no request twice, so every operation is retried. Must end with a slash if the framework adds one to
     * every path.
     */
    proxy?: string | undefined;
    /**
     * The function that sends the requests. It is looked up when a call is made. A wrapper of Deno's `fetch`
     * has to pass on a body that can be read once: Deno resends a POST when its connection is lost.
     *
     * @default globalThis.fetch
     */
    fetch?: FetchLike | undefined;
    /**
     * The maximum duration of one attempt, including reading the response body, in milliseconds. 0 or `Infinity`
     * for no limit.
     *
     * @default 30_000
     */
    attemptTimeout?: number | undefined;
    /**
     * The maximum duration of a call, including all attempts and the delays between them, in milliseconds. 0 or
     * `Infinity` for no limit. Time in the queue of the rate limiter does not count, and neither does an
     * attempt that the server refused with 429.
     *
     * @default 60_000
     */
    timeout?: number | undefined;
    /**
     * The maximum number of retries of a call: a non-negative integer. Operations that are not safe to repeat are
     * retried only after a 429; the README lists them.
     *
     * @default 2
     */
    maxRetries?: number | undefined;
    /**
     * A limit, `false` for none, or your own limiter. Clients with the same key and base URL share one
     * limit within a page, a worker or a process.
     *
     * @default { requests: 60, perMs: 60_000 }
     */
    rateLimit?: RateLimit | RateLimiter | false | undefined;
    /**
     * The store of `centerfy/store`, `centerfy/redis` or `centerfy/durable` that this client shares with
     * other processes: it holds the rate limit, and the records of idempotency keys. It cannot be combined with
     * `proxy`: a proxy uses its own store.
     */
    store?: { attach(client: object, input: any, options: any): void } | undefined;
    /**
     * How long the record of an idempotency key is kept in `store`, in milliseconds. After that, the key can
     * be used for another request.
     *
     * @default 86_400_000 (24 hours)
     */
    keepMs?: number | undefined;
    /**
     * Allows a client with an `apiKey` in a page. Every user of the page can read the key and use it, so set
     * this only for pages whose users may have the key, such as internal tools.
     *
     * @default false
     */
    dangerouslyAllowBrowser?: boolean | undefined;
    /**
     * Called with every event of every call, for logs, metrics and traces. It runs in the async context
     * (`AsyncLocalStorage`) of the code that made the call. Its exceptions are ignored. Events contain neither
     * keys nor bodies.
     */
    onEvent?: ((event: CenterfyEvent) => void) | undefined;
}

/** The options of one call. */
export interface RequestOptions {
    /** Aborts the call: the promise rejects with the signal's `reason`. */
    signal?: AbortSignalLike | undefined;
    /**
     * The maximum duration of one attempt, including reading the response body, in milliseconds. 0 or `Infinity`
     * for no limit. Defaults to the client's `attemptTimeout`.
     */
    attemptTimeout?: number | undefined;
    /**
     * The maximum duration of the call, including all attempts and the delays between them, in milliseconds. 0 or
     * `Infinity` for no limit. Time in the queue of the rate limiter does not count, and neither does an
     * attempt that the server refused with 429. Defaults to the client's `timeout`.
     */
    timeout?: number | undefined;
    /** The maximum number of retries: a non-negative integer. Defaults to the client's `maxRetries`. */
    maxRetries?: number | undefined;
    /**
     * Identifies a request that must be sent at most once, for a client with `proxy` or `store`: 1 to 255
     * visible ASCII characters without double quotes or backslashes. A later call with the same key and request
     * gets the answer of the first one. Set it if a button may be pressed twice or a program may be restarted.
     *
     * It has no effect on operations that are safe to repeat.
     *
     * @default a new key for each call with `proxy`, none with `store`
     */
    idempotencyKey?: string | undefined;
}

/** At most `requests` requests in any window of `perMs` milliseconds. */
export interface RateLimit {
    /** The maximum number of requests: an integer, 1 or more. */
    requests: number;
    /** The length of the window, in milliseconds. */
    perMs: number;
}

/** A custom rate limiter, for example one that several processes share. */
export interface RateLimiter {
    /**
     * Called before each attempt, retries included. The attempt is sent when it returns or when its promise
     * resolves. If it throws or its promise rejects, the call fails with that reason.
     *
     * It may return a function that the client calls when the slot is used or free again.
     */
    acquire: (info: AcquireInfo) => void | Release | PromiseLike<void | Release>;
    /** Called after every 429 with the wait that the server requested, in milliseconds; 0 if it requested none. */
    hold?: ((pause: { ms: number }) => void) | undefined;
}

/**
 * Returned by `acquire`. The client calls it at the end of the attempt:
 *
 * - with `true` when the response headers arrived, or when the attempt failed or was aborted after its
 *   request was passed to `fetch`. The request may have reached the API until now, so the slot counts for one
 *   window from now on.
 * - with `true` once more if `fetch` settles only after the attempt was aborted. The slot counts from then
 *   on.
 * - with `false`, once, if the request was never passed to `fetch`. The slot is free again.
 *
 * What it throws or rejects with is ignored.
 */
export type Release = (sent: boolean) => void;

/** The attempt that `acquire` is called for. */
export interface AcquireInfo {
    /** The operation. */
    operation: Operation;
    /** The number of the attempt, starting at 1. */
    attempt: number;
    /**
     * The maximum duration of the attempt, in milliseconds, `Infinity` for no limit. The function that `acquire`
     * returned is called within it. A client always sets it. If you call a limiter directly, omit it and do not
     * call the returned function: the slot then counts from the moment it was acquired.
     */
    attemptTimeout?: number;
    /** Aborts when the call is aborted. Stop waiting then. */
    signal?: AbortSignalLike;
}

/** The part of `fetch` that the client uses. The `fetch` of every runtime has it. */
export type FetchLike = (url: string, init: FetchInit) => PromiseLike<FetchResponse>;

/** The second argument of `fetch`. */
export interface FetchInit {
    /** The HTTP method. */
    method: "GET" | "POST" | "PUT";
    /** The headers: the key, `accept` and, if there is a body, `content-type`. */
    headers: Record<string, string>;
    /** The body, a JSON text. */
    body?: string;
    /** An `AbortSignal`. It has no type because each runtime's `fetch` requires its own. */
    signal?: any;
    /** Redirects are not followed: they could send the key to another server. */
    redirect?: "manual";
}

/** The part of a `Response` that the client reads. The responses of every runtime have it. */
export interface FetchResponse {
    /** The HTTP status. */
    readonly status: number;
    /** The headers. */
    readonly headers: {
        /** The value of a header, or `null` if it is missing. */
        get(name: string): string | null;
    };
    /** The body, if the runtime has it as a stream. */
    readonly body?: unknown;
    /** Reads the whole body. */
    text(): PromiseLike<string>;
}

/** The part of an `AbortSignal` that the client uses. The signals of every runtime have it. */
export interface AbortSignalLike {
    /** Whether it is aborted. */
    readonly aborted: boolean;
    /** The reason, with which a call rejects. */
    readonly reason?: unknown;
    /** Adds a listener. */
    addEventListener(type: "abort", listener: () => void): void;
    /** Removes a listener. */
    removeEventListener(type: "abort", listener: () => void): void;
}
