/**
 * Why a call failed.
 *
 * - `validation`: refused before anything was sent. `field` names the field, and the message says what was
 *   expected.
 * - `bad_request`: the server responded with 400.
 * - `authentication`: the server responded with 401: the key is missing or invalid.
 * - `permission`: the server responded with 403: the organization or sub-account is outside the key's scope.
 * - `not_found`: the server responded with 404.
 * - `rate_limited`: the server responded with 429: too many requests. `retryAfter` says how long to wait.
 * - `server`: the server responded with 500 or above.
 * - `http`: the server responded with any other status that is not a success, or with `"error": true` and a
 *   success status.
 * - `network`: no response arrived. `cause` is what `fetch` rejected with.
 * - `timeout`: `attemptTimeout` or `timeout` expired.
 * - `parse`: the server responded with a success status, but not with a JSON object.
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
