/** Refused requests. Their responses have the shape of the API's errors, and no more details than needed. */
import type { Headers } from "../store/outcome.js";

/**
 * Headers of every response. A response must not be cached, sniffed as anything but JSON, framed, or loaded
 * into another origin's process.
 */
export const SECURITY_HEADERS: Headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
};

/** Ends a request before it is sent to the API. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers: Headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
