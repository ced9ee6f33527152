import type { CenterfyEvent } from "../types.js";

/** The part of a `Span` of `@opentelemetry/api` that is used. */
export interface SpanLike {
    /** Sets attributes. */
    setAttributes(attributes: Record<string, string | number>): unknown;
    /** Adds an event. */
    addEvent(name: string, attributes?: Record<string, string | number>): unknown;
    /** Sets the status. */
    setStatus(status: { code: number }): unknown;
    /** Ends the span. */
    end(): void;
}

/** The part of a `Tracer` of `@opentelemetry/api` that is used. */
export interface TracerLike {
    /** Starts a span, as a child of the active one. */
    startSpan(name: string, options: { kind: number; attributes: Record<string, string | number> }): SpanLike;
}

/**
 * Creates a listener for `onEvent` that records one client span per call.
 *
 * A span has the attributes of OpenTelemetry's semantic conventions for HTTP clients: `http.request.method`,
 * `http.response.status_code`, `http.request.resend_count`, `url.template`, `url.full` (with `REDACTED` in place of
 * an id), `server.address`, `server.port` and `error.type`, which is the `code` of the error. It also has
 * `centerfy.operation`, `centerfy.queue_ms` (the time in the queue of the rate limiter, in milliseconds) and
 * `centerfy.request_id`. Attempts, responses, failures and retries are events of the span. Its status is an error
 * unless the call succeeded or was aborted.
 *
 * No attribute contains a key, a body, or the id of an agent, a call or a contact.
 *
 * @param tracer A tracer of `@opentelemetry/api`.
 *
 * @example
 * ```ts
 * import { trace } from "@opentelemetry/api";
 * import { Centerfy } from "centerfy";
 * import { traced } from "centerfy/otel";
 *
 * const centerfy = new Centerfy({ apiKey, onEvent: traced(trace.getTracer("centerfy")) });
 * ```
 */
export function traced(tracer: TracerLike): (event: CenterfyEvent) => void;
