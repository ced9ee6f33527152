/** The outcome of a request, as idempotency records keep it. */

/** How long records are kept by default, in milliseconds: 24 hours. */
export const KEEP_MS = 86_400_000;

/** Headers of a response. */
export type Headers = Record<string, string>;

/** The outcome of a request: the response to its caller. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Headers;
  /** Whether the request was executed, as far as is known. */
  delivered: "yes" | "no" | "maybe";
  /** The error, for the proxy's operator. It is not recorded. */
  error?: unknown;
}

/** A `retry-after` header: whole seconds, at least one. */
export const retryAfter = (ms: number): Headers => ({ "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) });

/** The outcome of a request that failed and was not executed. */
export const failed = (status: number, message: string, headers: Headers = {}): Outcome => ({
  status,
  body: { error: true, message },
  headers,
  delivered: "no",
});

/** The outcome if it is not known whether an earlier request was executed. */
export const UNKNOWN: Outcome = {
  ...failed(409, "An earlier request with this idempotency key has an unknown outcome"),
  delivered: "maybe",
};

/** Runtimes accept any three digits as a status, but send only these. */
export const isErrorStatus = (status: number | undefined): status is number => status !== undefined && status >= 400 && status <= 599;

/** The text of a record. */
export const serialize = ({ status, body, headers, delivered }: Outcome): string => JSON.stringify({ status, body, headers, delivered });

export const deserialize = (answer: string): Outcome => JSON.parse(answer);

/** Marks an outcome as one of an earlier request. */
export const replayed = (outcome: Outcome): Outcome => ({ ...outcome, headers: { ...outcome.headers, "idempotency-replayed": "true" } });
