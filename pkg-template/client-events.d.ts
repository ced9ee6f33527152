import type { Operation } from "./types.js";

/**
 * What happened to a request; `type` tells the kinds apart. No event has a key, a body, or the query of a
 * signed URL.
 */
export type CenterfyEvent = QueuedEvent | RequestEvent | ResponseEvent | RetryEvent;

/** What all events have. */
export interface AttemptEvent {
    /** The operation. */
    operation: Operation;
    /** Which attempt of the call it is, from 1 up. */
    attempt: number;
    /** The URL of the request. */
    url: string;
}

/** An attempt is queued at the rate limiter. */
export interface QueuedEvent extends AttemptEvent {
    /** The kind of event. */
    type: "queued";
}

/** An attempt is sent. */
export interface RequestEvent extends AttemptEvent {
    /** The kind of event. */
    type: "request";
}

/** An attempt received a response. */
export interface ResponseEvent extends AttemptEvent {
    /** The kind of event. */
    type: "response";
    /** The HTTP status. */
    status: number;
    /** How long the attempt took, including reading the response body, in milliseconds. */
    durationMs: number;
}

/** An attempt failed, and the call will be retried. */
export interface RetryEvent extends AttemptEvent {
    /** The kind of event. */
    type: "retry";
    /** How long the call waits before its next attempt, in milliseconds. */
    delayMs: number;
}
