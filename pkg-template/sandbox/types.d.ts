// Made by `cargo xtask build` from the crate sandbox/. Do not edit.

import type { Operation } from "../types.js";

/**
 * What goes wrong with a request.
 */
export type FaultKind = ({ type: "answer" } & AnswerFault) | ({ type: "delay" } & DelayFault) | ({ type: "drop" } & DropFault) | ({ type: "stall_headers" } & StallHeadersFault) | ({ type: "stall_body" } & BodyFault) | ({ type: "cut_body" } & BodyFault) | ({ type: "trickle" } & TrickleFault);

/**
 * An answer that stands in for the operation's own.
 */
export interface AnswerFault {
    /**
     * The status, from 200 to 599. 200 when left out.
     */
    status?: number;
    /**
     * Headers beside, or instead of, the operation's own; `null` takes one away.
     */
    headers?: Record<string, string | number | string[] | null>;
    /**
     * The body: a string as it is (`text/html`), anything else as JSON. Empty when left out.
     */
    body?: unknown;
    /**
     * How often a body that is a string is repeated. Once when left out.
     */
    repeat?: number;
    /**
     * Whether the operation is carried out all the same. `false` when left out.
     */
    carryOut?: boolean;
}

/**
 * How long an answer is delayed.
 */
export interface DelayFault {
    /**
     * In milliseconds. The operation is carried out after them; who leaves earlier has asked for
     * nothing.
     */
    ms: number;
}

/**
 * When a connection is reset.
 */
export interface DropFault {
    /**
     * `"before"` the request was read, so that nothing happens, or `"after"` the operation was
     * carried out.
     */
    when: When;
}

/**
 * Before the request was read, or after the operation was carried out.
 */
export type When = "before" | "after";

/**
 * Whether anything happens while the client waits for ever.
 */
export interface StallHeadersFault {
    /**
     * Whether the operation is carried out. `true` when left out.
     */
    carryOut?: boolean;
}

/**
 * How much of an answer's body comes. It is the operation's own answer, carried out, unless
 * `status`, `headers` or `body` are given.
 */
export interface BodyFault extends AnswerFault {
    /**
     * So many bytes of the body come; at least one is always missing.
     */
    afterBytes: number;
}

/**
 * The pace at which an answer's body comes. It is the operation's own answer, carried out, unless
 * `status`, `headers` or `body` are given.
 */
export interface TrickleFault extends AnswerFault {
    /**
     * The length of a piece, in bytes.
     */
    bytes: number;
    /**
     * The time before each piece, in milliseconds.
     */
    everyMs: number;
}

/**
 * A contact of the sandbox.
 */
export interface ListedContact {
    /**
     * The contact's id.
     */
    id: string;
    /**
     * The contact's name; one contact has none.
     */
    name: string | null;
    /**
     * The address for the channel `email`.
     */
    email: string | null;
    /**
     * The number for calls and for the channels `sms` and `whatsapp`.
     */
    phone: string | null;
    /**
     * The conversation with the contact.
     */
    conversation_id: string;
}

/**
 * A call of the sandbox.
 */
export interface ListedCall {
    /**
     * The call's id.
     */
    call_id: string;
    /**
     * The call's id at the telephone carrier. `getCallRecording` takes it too.
     */
    call_sid: string;
    /**
     * The agent that calls.
     */
    agent_id: string;
    /**
     * The contact that is called.
     */
    contact_id: string;
    /**
     * How far it has come: `call_initiated`, `in_progress` after three seconds, `completed` after
     * ten.
     */
    status: string;
    /**
     * When it began, an ISO 8601 date and time.
     */
    started_at: string;
    /**
     * Whether its recording can be had by now.
     */
    recording: boolean;
    /**
     * Whether the URL of its recording expires.
     */
    expires: boolean;
}

/**
 * What really happened since the sandbox was made or reset, whatever the client was told.
 */
export interface Deliveries {
    /**
     * How many agents were created.
     */
    agents_created: number;
    /**
     * The calls that were placed, oldest first.
     */
    calls: DeliveredCall[];
    /**
     * The messages that went out, oldest first.
     */
    messages: DeliveredMessage[];
}

/**
 * A call that was placed.
 */
export interface DeliveredCall {
    /**
     * The call's id.
     */
    call_id: string;
    /**
     * The call's id at the telephone carrier.
     */
    call_sid: string;
    /**
     * The agent that calls.
     */
    agent_id: string;
    /**
     * The contact that is called.
     */
    contact_id: string;
    /**
     * When, in milliseconds since 1970.
     */
    at_ms: number;
}

/**
 * A message that went out to a person.
 */
export interface DeliveredMessage {
    /**
     * The message's id.
     */
    message_id: string;
    /**
     * The conversation that it is in.
     */
    conversation_id: string;
    /**
     * The channel that it went out on, for example `sms`.
     */
    channel: string;
    /**
     * The text that went out, also when the AI wrote it.
     */
    content: string;
    /**
     * Whether an agent wrote it.
     */
    ai: boolean;
    /**
     * When, in milliseconds since 1970.
     */
    at_ms: number;
}

/**
 * One request, as it reached the API. Keys are replaced by `[key]`.
 */
export interface LogEntry {
    /**
     * When, in milliseconds since 1970.
     */
    at_ms: number;
    /**
     * The operation; `null` where the path and the verb name none.
     */
    operation: Operation | null;
    /**
     * The verb.
     */
    method: string;
    /**
     * The path, from `/functions/` on.
     */
    path: string;
    /**
     * What came after the `?`.
     */
    query: string;
    /**
     * The status of the answer; `null` when there was none.
     */
    status: number | null;
    /**
     * All headers, names in small letters.
     */
    headers: Record<string, string>;
    /**
     * How the key was sent: `"bearer"` or `"x-api-key"`.
     */
    auth: "bearer" | "x-api-key" | null;
    /**
     * The body as JSON; `null` where it was something else or empty.
     */
    body: unknown;
    /**
     * Whether the operation was carried out, whatever the client was told.
     */
    carried_out: boolean;
    /**
     * Whether the client left before it had its answer.
     */
    closed_by_client: boolean;
}
