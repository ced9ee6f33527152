// Made by `cargo xtask build`. Do not edit.

/* tslint:disable */
/* eslint-disable */

import type { Agent, Message } from "../../types.js";
import type { Deliveries, ListedCall, ListedContact, LogEntry } from "../types.js";


/**
 * An answer, and how it is handed over.
 */
export interface Reply {
    status: number;
    headers: [string, string][];
    body: Uint8Array<ArrayBuffer>;
    manner: Handover;
}

/**
 * At most so many requests in any window of that length.
 */
export interface Limit {
    requests: number;
    perMs: number;
}

/**
 * How a sandbox of one world is made.
 */
export interface Setup {
    /**
     * Decides all ids. The well-known ones when left out.
     */
    seed: number | undefined;
    /**
     * The limit of each key; none when left out.
     */
    rateLimit: Limit | undefined;
    /**
     * Whether a contact answers two seconds after a message.
     */
    contactReplies: boolean;
    /**
     * Whether it begins without agents, contacts and calls.
     */
    empty: boolean;
}

/**
 * How an answer is handed over.
 */
export type Handover = { kind: "whole" } | { kind: "reset" } | { kind: "stall" } | { kind: "cut"; bytes: number } | { kind: "stuck"; bytes: number } | { kind: "trickle"; bytes: number; everyMs: number };

/**
 * The keys of a world, and what they reach.
 */
export interface Scopes {
    apiKey: string;
    organizationId: string;
    subAccountId: string;
    otherKey: string;
}

/**
 * What happens to a request whose head has come in.
 */
export interface Decision {
    /**
     * Names the request from now on.
     */
    ticket: number;
    /**
     * Whether the connection is reset before the body is read.
     */
    dropsUnread: boolean;
    /**
     * How long to wait before the request is carried out.
     */
    delayMs: number;
    /**
     * The line that a server may log for it, without ids and keys; nothing at the control door.
     */
    line: string | null;
    /**
     * The operation that was asked for.
     */
    operation: string | null;
}


/**
 * A sandbox, and the requests that are under way in it.
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
     * Carries a request out, now that its body is there too.
     */
    answer(ticket: number, body: Uint8Array | number[], now: number): Reply;
    /**
     * All calls.
     */
    calls(now: number): ListedCall[];
    /**
     * Takes back all faults that still wait.
     */
    clearFaults(now: number): void;
    /**
     * Forgets a request. If the client left before it had its answer, the log says so.
     */
    close(ticket: number, client_left: boolean): void;
    /**
     * All contacts.
     */
    contacts(now: number): ListedContact[];
    /**
     * The messages of a contact's conversation, oldest first.
     */
    conversation(contact_id: string, now: number): Message[];
    /**
     * What really happened.
     */
    deliveries(now: number): Deliveries;
    /**
     * Adds a fault, given as JSON.
     */
    fail(fault: string, now: number): void;
    /**
     * Whether a path leads to the API, the recordings or the control door.
     */
    static isFor(path: string): boolean;
    /**
     * Every request, oldest first.
     */
    log(now: number): LogEntry[];
    /**
     * A sandbox with the well-known world, and room for others, as the native server has it.
     * `options` are those of the command line that set how the well-known world behaves, each
     * with its value.
     */
    static ofManyWorlds(seed: number, options: [string, string][], now: number): Handler;
    /**
     * A sandbox with one world, under that key.
     */
    static ofOneWorld(key: string, setup: Setup, now: number): Handler;
    /**
     * Looks at a request's head, and decides what happens to it. `headers` are pairs, names in
     * small letters; `origin` is where the sandbox was found, if the headers do not say it.
     */
    receive(method: string, target: string, headers: [string, string][], origin: string | null | undefined, now: number): Decision;
    /**
     * The key, organization and sub-account of the world, and those of another organization.
     */
    scopes(now: number): Scopes;
    /**
     * A contact writes; the message is given as JSON. Gives the message that is now there.
     */
    write(message: string, now: number): Message;
}
