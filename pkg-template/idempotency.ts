/** What is said between a client and `centerfy/proxy`, so that a call is carried out once, however often it is sent. */

/**
 * A key that no other call has. Not `randomUUID`: Node.js draws many of those ahead, and processes that are
 * started from one snapshot would have the same. 36 digits have as many bits as a UUID, nearly. Not everywhere is there a
 * `crypto`.
 */
const fresh = (): string =>
  globalThis.crypto?.getRandomValues(new Uint8Array(36)).join("").slice(0, 36) ?? `${Math.random()}${Math.random()}`;

/** The headers of a request with the key of its call, as the IETF's draft writes it: a string in quotes. */
export const withKey = (headers: Record<string, string>, key = fresh()) => ({
  ...headers,
  "idempotency-key": `"${key}"`,
});

/** Says how many milliseconds ago a call was sent for the first time. */
export const SINCE = "centerfy-since";
