/** What is said between a client and `centerfy/proxy`, so that a call is carried out once, however often it is sent. */

/** A key that no other call has. Not everywhere is there a `crypto`, nor all of it. */
const fresh = (): string => globalThis.crypto?.randomUUID?.() ?? `${Math.random()}${Math.random()}`;

/** The headers of a request with the key of its call, as the IETF's draft writes it: a string in quotes. */
export const withKey = (headers: Record<string, string>, key = fresh()) => ({
  ...headers,
  "idempotency-key": `"${key}"`,
});

/** Says of a call that failed whether it may have been carried out, `"true"` or `"false"`. */
export const MAYBE_DELIVERED = "centerfy-maybe-delivered";

/** Says how many milliseconds ago a call was sent for the first time. */
export const SINCE = "centerfy-since";
