//! The options of the npm package's client. Only TypeScript's source: in the package they are
//! JavaScript values, and nothing in Rust is made of these structs.

use crate::operations::Operation;

/// How a client sends, waits and reports. Every option has a default.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct CenterfyOptions {
    /// The API key (`cfy_…`). Needed unless `baseUrl` points at a proxy of your own that adds it.
    ///
    /// Whoever has it can do everything in its scope, so it belongs on a server: in a page, a client
    /// with a key can only be made with `dangerouslyAllowBrowser`.
    #[tsify(optional)]
    pub(super) api_key: String,
    /// How the key is sent: with `"bearer"` as `Authorization: Bearer`, which the reference of the API
    /// names first, or as the header `x-api-key`. `"bearer"` when left out.
    #[tsify(optional, type = "\"x-api-key\" | \"bearer\"")]
    pub(super) auth: String,
    /// The URL below which the operations are: the API's own, or that of a proxy. A relative one is
    /// resolved when a call is made, as `fetch` would do it.
    /// `"https://crmwebhook.com/functions/v1/crm-api"` when left out.
    #[tsify(optional)]
    pub(super) base_url: String,
    /// The path or URL at which a proxy made by `centerfy/proxy` stands, instead of `baseUrl` and
    /// `apiKey`. Through it nothing is carried out twice, so all operations are tried again alike.
    /// Ends with a slash if the framework puts one at the end of every path.
    #[tsify(optional)]
    pub(super) proxy: String,
    /// What sends the requests, for a proxy, a test or a runtime of your own. The global `fetch`,
    /// looked for when it is needed, when left out. One around Deno's has to pass on a body that can
    /// be read once: Deno by itself sends a POST again when its connection is lost.
    #[tsify(optional)]
    pub(super) fetch: FetchLike,
    /// The longest that one attempt may take, reading its answer included, in milliseconds. 30 000
    /// when left out; 0 or `Infinity` for no limit.
    #[tsify(optional)]
    pub(super) attempt_timeout: f64,
    /// The longest that a call may take with all its attempts and the waits between them, in
    /// milliseconds. Waiting for the rate limiter does not count, and neither does an attempt that the
    /// server answered with 429: it was not carried out. 60 000 when left out; 0 or `Infinity` for no
    /// limit.
    #[tsify(optional)]
    pub(super) timeout: f64,
    /// How often a failed call is tried again, a whole number from 0 up. 2 when left out.
    ///
    /// `createAgent`, `makeAiCall` and `sendMessage` are only tried again when the server refused
    /// them with 429, because a second request would be a second agent, call or message.
    #[tsify(optional)]
    pub(super) max_retries: f64,
    /// How many requests may go out in which time: a limit, `false` for none, or a limiter of your
    /// own. `{ requests: 60, perMs: 60_000 }`, which is the API's own limit, when left out.
    ///
    /// All clients with the same key and base URL share their places, as far as they run in one realm (a
    /// page, a worker, a process).
    #[tsify(optional, type = "RateLimit | RateLimiter | false")]
    pub(super) rate_limit: RateLimit,
    /// Allows a client with an `apiKey` in a page. `false` when left out.
    ///
    /// Whoever opens the page can read the key and use it. Set this only where that is meant, for
    /// example in an internal tool.
    #[tsify(optional)]
    pub(super) dangerously_allow_browser: bool,
    /// Called with every event of every call, for logs, metrics and traces. It runs in the async context
    /// (`AsyncLocalStorage`) of the code that made the call. Its exceptions are ignored. Events have neither
    /// a key nor a body.
    #[tsify(optional, type = "(event: CenterfyEvent) => void")]
    pub(super) on_event: (),
}

/// The options of one call.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestOptions {
    /// Ends the call when it aborts: the promise rejects with the signal's `reason`.
    #[tsify(optional)]
    pub(super) signal: AbortSignalLike,
    /// The longest that one attempt may take, reading its answer included, in milliseconds. The
    /// client's `attemptTimeout` when left out; 0 or `Infinity` for no limit.
    #[tsify(optional)]
    pub(super) attempt_timeout: f64,
    /// The longest that the call may take with all its attempts and the waits between them, in
    /// milliseconds. Waiting for the rate limiter does not count, and neither does an attempt that the
    /// server answered with 429: it was not carried out. The client's `timeout` when left out; 0 or
    /// `Infinity` for no limit.
    #[tsify(optional)]
    pub(super) timeout: f64,
    /// How often the call is tried again when it fails, a whole number from 0 up. The client's
    /// `maxRetries` when left out.
    #[tsify(optional)]
    pub(super) max_retries: f64,
    /// What is done once, however often it is asked for with the same key, for a client with `proxy`:
    /// 1 to 255 visible ASCII characters without quotes and backslashes. A fresh one for each call
    /// when left out. Keep one of your own where a person may press twice, or reload.
    ///
    /// Of no effect on operations that may be repeated anyway.
    #[tsify(optional)]
    pub(super) idempotency_key: String,
}

/// A limit: at most so many requests in any window of so much time.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RateLimit {
    /// How many requests, a whole number from 1 up.
    pub(super) requests: f64,
    /// The length of the window, in milliseconds.
    pub(super) per_ms: f64,
}

/// A limiter of your own, for example one that several processes share.
#[derive(tsify::Tsify)]
pub(super) struct RateLimiter {
    /// Is called before each attempt, retries included, which goes out when it returns or its promise
    /// resolves. When it throws or its promise rejects, the call fails with that.
    ///
    /// It may give a function, which the client calls when the slot can be counted or given back.
    #[tsify(type = "(info: AcquireInfo) => void | Release | PromiseLike<void | Release>")]
    pub(super) acquire: (),
    /// Is told of every 429, with the milliseconds for which the server asks, 0 where it names none.
    /// What it does with them is its own.
    #[tsify(optional, type = "(pause: { ms: number }) => void")]
    pub(super) hold: (),
}

/// What a limiter of your own gives for an attempt. The client calls it at the end of the attempt.
///
/// With `true` when the answer's headers have come, or the attempt has failed or was given up after its
/// request was handed to `fetch`: until then the request may arrive at the API, so its slot counts for one
/// window from now on. With `true` once more where `fetch` settles only after the attempt was given up: the
/// request may have arrived until then, so count the slot from then on. With `false`, once, when the request
/// was never handed to `fetch`: its slot is free again. What it throws, or rejects with, changes nothing.
#[derive(tsify::Tsify)]
#[tsify(type = "(sent: boolean) => void")]
pub(super) struct Release;

/// The attempt for which a limiter of your own is asked for a place.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct AcquireInfo {
    /// The operation that is about to be sent.
    pub(super) operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub(super) attempt: f64,
    /// The longest that the attempt may take, in milliseconds, `Infinity` for no limit; the caller calls
    /// the function that `acquire` gave within it. A client always gives it. A program that asks a limiter
    /// directly may leave it out; then it calls no function, and the slot counts from its grant.
    #[tsify(optional)]
    pub(super) attempt_timeout: f64,
    /// Aborts when the call is given up. Stop waiting then.
    #[tsify(optional)]
    pub(super) signal: AbortSignalLike,
}

/// The part of an `AbortSignal` that the client uses. The signals of every runtime have it.
#[derive(tsify::Tsify)]
#[tsify(type = "{
    /** Whether it has aborted. */
    readonly aborted: boolean;
    /** Why it aborted: what a call rejects with. */
    readonly reason?: unknown;
    /** Has the listener called when it aborts. */
    addEventListener(type: \"abort\", listener: () => void): void;
    /** Takes the listener away. */
    removeEventListener(type: \"abort\", listener: () => void): void;
}")]
pub(super) struct AbortSignalLike;

/// The part of `fetch` that the client uses. The `fetch` of every runtime is one.
#[derive(tsify::Tsify)]
#[tsify(type = "(url: string, init: FetchInit) => PromiseLike<FetchResponse>")]
pub(super) struct FetchLike;

/// The request that a `fetch` gets, beside its URL.
#[derive(tsify::Tsify)]
pub(super) struct FetchInit {
    /// The HTTP method.
    #[tsify(type = "\"GET\" | \"POST\" | \"PUT\"")]
    pub(super) method: String,
    /// The headers: the key, `accept` and, where there is a body, `content-type`.
    #[tsify(type = "Record<string, string>")]
    pub(super) headers: (),
    /// The body, a JSON text.
    #[tsify(optional)]
    pub(super) body: String,
    /// An `AbortSignal` that aborts when the attempt is given up. Without a type, because each
    /// runtime's `fetch` wants its own.
    #[tsify(optional, type = "any")]
    pub(super) signal: (),
    /// Redirects are not followed: they could carry the key to somebody else.
    #[tsify(optional, type = "\"manual\"")]
    pub(super) redirect: String,
}

/// The part of a `Response` that the client reads. The responses of every runtime have it.
#[derive(tsify::Tsify)]
#[tsify(type = "{
    /** The HTTP status. */
    readonly status: number;
    /** The headers. */
    readonly headers: {
        /** The value of a header, or `null` when it is not there. */
        get(name: string): string | null;
    };
    /** The body, where the runtime gives it as a stream. */
    readonly body?: unknown;
    /** Reads the whole body. */
    text(): PromiseLike<string>;
}")]
pub(super) struct FetchResponse;
