/** What a caller is told when a request is refused: in the API's own shape, and no more than that. */

/** Headers of an answer. */
export type Headers = Record<string, string>;

/**
 * Headers of every answer. No answer is cached, read as anything but JSON, shown in a frame, or taken
 * into another origin's process.
 */
export const EVERY: Headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
};

/** An answer that ends a request before it goes anywhere. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers: Headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Milliseconds as `retry-after` has them: whole seconds, one at least. */
export const retryAfter = (ms: number): Headers => ({ "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) });
