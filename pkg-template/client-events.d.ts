import type { ErrorCode, Operation } from "./types.js";

/**
 * What happened to a call. `type` distinguishes the kinds of events.
 *
 * The events of a call are, in order: for each attempt, a `"queued"` if it waits for the rate limiter, a
 * `"request"`, then a `"response"` or a `"failure"`, and a `"retry"` if another attempt follows; at the end, one
 * `"end"`. After an abort, only `"end"` follows.
 *
 * No event contains a key, a body, or the query of a signed URL.
 */
export type CenterfyEvent = QueuedEvent | RequestEvent | ResponseEvent | FailureEvent | RetryEvent | EndEvent;

/** The fields of all events. */
export interface CallEvent {
    /** The number of the call, the same in all of its events, and unique within the process or page. */
    callId: number;
    /** The operation. */
    operation: Operation;
}

/** The fields of all events of an attempt. */
export interface AttemptEvent extends CallEvent {
    /** The number of the attempt, starting at 1. */
    attempt: number;
    /** The URL of the request. */
    url: string;
}

/** An attempt is queued for a slot under the rate limit. */
export interface QueuedEvent extends AttemptEvent {
    /** The kind of event. */
    type: "queued";
}

/** An attempt is sent. */
export interface RequestEvent extends AttemptEvent {
    /** The kind of event. */
    type: "request";
}

/** An attempt got a response. */
export interface ResponseEvent extends AttemptEvent {
    /** The kind of event. */
    type: "response";
    /** The HTTP status. */
    status: number;
    /** The id that the server, or a gateway in front of it, assigned to the request. */
    requestId?: string | undefined;
    /** How long the attempt took, including reading the response, in milliseconds. */
    durationMs: number;
}

/** An attempt got no complete response. */
export interface FailureEvent extends AttemptEvent {
    /** The kind of event. */
    type: "failure";
    /** The HTTP status, 0 if no headers arrived. */
    status: number;
    /** The id that the server, or a gateway in front of it, assigned to the request. */
    requestId?: string | undefined;
    /** How long the attempt took, including reading the response, in milliseconds. */
    durationMs: number;
    /** Whether the connection was lost, or `attemptTimeout` or `timeout` expired. */
    reason: "network" | "timeout";
    /** The error that `fetch` rejected with, without the key. Absent after a timeout. */
    error?: unknown;
}

/** An attempt failed, and another one follows. Its `attempt` is the one that failed. */
export interface RetryEvent extends AttemptEvent {
    /** The kind of event. */
    type: "retry";
    /** Why: the HTTP status of the response, a lost connection, or a timeout. */
    reason: "status" | "network" | "timeout";
    /** How long the call waits before its next attempt, in milliseconds. */
    delayMs: number;
}

/** A call has ended. Every call has one such event. */
export interface EndEvent extends CallEvent {
    /** The kind of event. */
    type: "end";
    /** The number of the last attempt, 0 if no request was sent. */
    attempt: number;
    /** The URL of its requests. Absent if the call was refused before its first request. */
    url?: string | undefined;
    /**
     * How the call ended: `"success"`, `"aborted"` by its signal, the `code` of its `CenterfyError`, or `"error"` for
     * an error of another kind, such as one thrown by a custom rate limiter.
     */
    outcome: "success" | "aborted" | "error" | ErrorCode;
    /** How many requests were sent. */
    attempts: number;
    /** How long the call took, with all attempts and waits, in milliseconds. */
    durationMs: number;
    /** How much of that time the call was queued for slots under the rate limit, in milliseconds. */
    queuedMs: number;
}
