/** The request headers with which `centerfy/proxy` performs a call at most once. */

/**
 * A unique key. Not a `randomUUID`: Node.js draws many UUIDs in advance, so processes that start from one
 * snapshot would share them. 36 digits have nearly as many bits as a UUID. Some runtimes have no `crypto`.
 */
const newKey = (): string =>
  globalThis.crypto?.getRandomValues(new Uint8Array(36)).join("").slice(0, 36) ?? `${Math.random()}${Math.random()}`;

/** Adds the call's key to the headers of its requests, as the IETF draft specifies: a quoted string. */
export const withKey = (headers: Record<string, string>, key = newKey()) => ({
  ...headers,
  "idempotency-key": `"${key}"`,
});

/** The header with the milliseconds since the call's first request. */
export const SINCE = "centerfy-since";
