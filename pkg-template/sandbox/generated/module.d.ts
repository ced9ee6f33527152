// Made by `cargo xtask build`. Do not edit.

/* tslint:disable */
/* eslint-disable */

import type { Agent, Message } from "../../types.js";
import type { Delivery, ListedCall, ListedContact, LogEntry } from "../types.js";


/**
 * A response, and how it is transferred.
 */
export interface Reply {
    status: number;
    headers: [string, string][];
    body: Uint8Array<ArrayBuffer>;
    transfer: ReplyTransfer;
}

/**
 * At most `requests` requests in any window of `perMs` milliseconds.
 */
export interface Limit {
    requests: number;
    perMs: number;
}

/**
 * How a request is treated whose head was received.
 */
export interface Decision {
    /**
     * The id of the request.
     */
    id: number;
    /**
     * Whether the connection is reset before the body is read.
     */
    dropsUnread: boolean;
    /**
     * How long to wait before the operation is performed, in milliseconds.
     */
    delayMs: number;
    /**
     * The line that a server may log for the request, without ids and keys; `null` for a control
     * endpoint.
     */
    line: string | null;
    /**
     * The requested operation.
     */
    operation: string | null;
}

/**
 * How a response is transferred.
 */
export type ReplyTransfer = { kind: "whole" } | { kind: "reset" } | { kind: "stall" } | { kind: "cut"; bytes: number } | { kind: "stuck"; bytes: number } | { kind: "trickle"; bytes: number; everyMs: number };

/**
 * The keys of an organization, and their scope.
 */
export interface Scopes {
    apiKey: string;
    organizationId: string;
    subAccountId: string;
    otherKey: string;
}

/**
 * The options of a sandbox with one organization.
 */
export interface Setup {
    /**
     * Determines all ids. Defaults to the ids of the default organization.
     */
    seed: number | undefined;
    /**
     * The rate limit of each key. Defaults to no limit.
     */
    rateLimit: Limit | undefined;
    /**
     * Whether contacts reply two seconds after a message.
     */
    contactReplies: boolean;
    /**
     * Whether the organization starts without agents, contacts and calls.
     */
    empty: boolean;
    /**
     * A number of made-up people, or a list of contacts, as JSON.
     */
    contacts: string | undefined;
}


/**
 * A sandbox and its requests in flight.
 */
export class Handler {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * All agents.
     */
    agents(now: number): Agent[];
    /**
     * All calls.
     */
    calls(now: number): ListedCall[];
    /**
     * Removes all pending faults.
     */
    clearFaults(now: number): void;
    /**
     * Removes a request. `disconnected` says whether the client disconnected before it received the whole
     * response; that is logged.
     */
    close(id: number, disconnected: boolean): void;
    /**
     * All contacts.
     */
    contacts(now: number): ListedContact[];
    /**
     * The messages of a contact's conversation, oldest first.
     */
    conversation(contact_id: string, now: number): Message[];
    /**
     * The agents created, calls placed and messages sent, oldest first.
     */
    deliveries(now: number): Delivery[];
    /**
     * Adds a fault, as JSON.
     */
    fail(fault: string, now: number): void;
    /**
     * Whether a path belongs to the API, the recordings, the control endpoints or the welcome page.
     */
    static isFor(path: string): boolean;
    /**
     * All requests, oldest first.
     */
    log(now: number): LogEntry[];
    /**
     * A sandbox with the default organization, to which others can be added, as in the native
     * server. `options` are command-line options for the default organization, each with its value.
     */
    static ofManyOrganizations(seed: number, options: [string, string][], now: number): Handler;
    /**
     * A sandbox with one organization, under the given key.
     */
    static ofOneOrganization(key: string, setup: Setup, now: number): Handler;
    /**
     * Reads the head of a request and decides how to treat it. `headers` are pairs with names in
     * lowercase; `origin` is the origin of the sandbox, if the header `host` does not name it.
     */
    receive(method: string, target: string, headers: [string, string][], origin: string | null | undefined, now: number): Decision;
    /**
     * Performs the operation of a request, with its body.
     */
    respond(id: number, body: Uint8Array | number[], now: number): Reply;
    /**
     * The keys of the organization, and their scope.
     */
    scopes(now: number): Scopes;
    /**
     * Adds a message that a contact writes, as JSON, and returns it.
     */
    write(message: string, now: number): Message;
}
