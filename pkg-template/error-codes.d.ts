/**
 * Why a call failed.
 *
 * - `validation`: refused before anything was sent. `field` names the field, the message says what was
 *   expected.
 * - `bad_request`: the server answered 400.
 * - `authentication`: the server answered 401: the key is missing or invalid.
 * - `permission`: the server answered 403: the organization or sub-account is not the key's.
 * - `not_found`: the server answered 404.
 * - `rate_limited`: the server answered 429: too many requests. `retryAfter` says how long to wait.
 * - `server`: the server answered 500 or above.
 * - `http`: the server answered with any other status that is not a success, or with `"error": true` under a
 *   success.
 * - `network`: no response arrived. `cause` is what `fetch` rejected with.
 * - `timeout`: `attemptTimeout` or `timeout` expired.
 * - `parse`: the server answered with a success, but not with a JSON object.
 * - `load`: the client's WebAssembly could not be loaded.
 */
export type ErrorCode =
    | "validation"
    | "bad_request"
    | "authentication"
    | "permission"
    | "not_found"
    | "rate_limited"
    | "server"
    | "http"
    | "network"
    | "timeout"
    | "parse"
    | "load";
