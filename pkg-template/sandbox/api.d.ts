import type { Agent, FetchLike, Message, Operation, RateLimit } from "../types.js";
import type { Delivery, FaultKind, ListedCall, ListedContact, LogEntry } from "./types.js";

export type { Agent, Message, Operation, RateLimit } from "../types.js";
export type * from "./types.js";

/**
 * Creates a sandbox: the Centerfy AI API in this process, for tests and demos, with the agents,
 * contacts, conversations and calls of a fictional dental practice. It sends no messages and places
 * no calls.
 *
 * Sandboxes share no state, and creating one takes about a millisecond, so each test can have its own.
 *
 * @example
 * ```ts
 * import { Centerfy } from "centerfy";
 * import { createSandbox } from "centerfy/sandbox";
 *
 * const sandbox = await createSandbox();
 * const centerfy = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch });
 * const [agent] = sandbox.agents();
 * await centerfy.getAgent(agent.id);
 * ```
 *
 * @throws TypeError if an option is invalid. The message names the option.
 */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** The options of a sandbox. */
export interface SandboxOptions {
    /**
     * Determines all ids, a non-negative integer. Without it, the ids are always those of the same
     * default organization.
     *
     * The same seed and the same calls produce the same ids and texts. Only `apiKey` differs, because
     * clients with the same key share their rate limit.
     */
    seed?: number | undefined;
    /**
     * The fixed time of the sandbox: a `Date`, or milliseconds since 1970. Only `advance` moves it.
     *
     * @default the runtime's clock, which fake timers may have replaced
     */
    now?: Date | number | undefined;
    /**
     * The rate limit of each key, or `false` for none.
     *
     * @default { requests: 60, perMs: 60_000 }, the API's own limit
     */
    rateLimit?: RateLimit | false | undefined;
    /**
     * Whether contacts reply two seconds after a message.
     *
     * @default false
     */
    contactReplies?: boolean | undefined;
    /**
     * Whether the sandbox starts without agents, contacts and calls.
     *
     * @default false
     */
    empty?: boolean | undefined;
    /**
     * The initial contacts, which have no messages and no calls: a number of made-up people, at most
     * 100,000, or an array of contacts.
     *
     * Made-up people are spread over 20 time zones. `seed` determines them. One in seventeen has no phone
     * number, one in nine no email address. Their numbers and addresses are reserved for examples.
     *
     * @default the contacts of the dental practice
     */
    contacts?: number | readonly NewContact[] | undefined;
}

/** An initial contact. A field that is omitted or `null` is generated if it is an id, and otherwise has no value. */
export type NewContact = { readonly [Field in keyof ListedContact]?: ListedContact[Field] | null | undefined };

/** The Centerfy AI API in this process. Its methods do not use `this`, so they can be destructured. */
export interface Sandbox extends SandboxDisposal {
    /** The API key of the sandbox. It is unique. */
    readonly apiKey: string;
    /** A key of another organization. Requests with it for agents of `apiKey` fail with 403. */
    readonly otherApiKey: string;
    /** The organization of `apiKey`, for requests. */
    readonly organizationId: string;
    /** The sub-account of `apiKey`, for requests. */
    readonly subAccountId: string;
    /**
     * The base URL of the sandbox, `https://sandbox.invalid/functions/v1/crm-api`. A client with the
     * default `baseUrl` reaches the sandbox, too.
     */
    readonly baseUrl: string;
    /**
     * A `fetch` that reaches only this sandbox: the API at `baseUrl` and at its own URL, and the
     * recordings. It rejects requests to other hosts with a `TypeError`.
     */
    readonly fetch: SandboxFetch;

    /**
     * Adds a fault for the next request of an operation, or of `"any"`. Each request uses up the oldest
     * pending fault that applies to its operation. Requests that fail with 401, 404 (for the path),
     * 405 or 429 use up none.
     *
     * @throws TypeError if the operation is unknown or the fault is invalid. The message names the
     * field and what was expected, and no fault is added.
     */
    fail(operation: Operation | "any", fault: Fault): void;
    /** Removes all pending faults. */
    clearFaults(): void;

    /** All agents, archived ones included, as `getAgent` returns them. */
    agents(): Agent[];
    /** All contacts. Of the dental practice, the first one has the longest conversation. */
    contacts(): ListedContact[];
    /**
     * The messages of a contact's conversation, oldest first.
     *
     * @throws TypeError if there is no such contact.
     */
    conversation(contactId: string): Message[];
    /** All calls: past ones, then those that were placed through the API. */
    calls(): ListedCall[];
    /**
     * The agents created, calls placed and messages sent through the API since the sandbox was created
     * or reset, oldest first, whatever the client received.
     */
    deliveries(): Delivery[];
    /** All requests with a key of the sandbox, oldest first. The log contains no keys. */
    log(): LogEntry[];

    /**
     * Adds a message that a contact writes, and returns it.
     *
     * @throws TypeError if there is no such contact, or a field is not a string.
     */
    receive(message: IncomingMessage): Message;

    /**
     * Advances the sandbox's time: calls progress, contacts reply, URLs expire, rate limits reset, and
     * delays end.
     *
     * @param ms the time in milliseconds, 0 or more
     * @throws TypeError if `ms` is not a non-negative number.
     */
    advance(ms: number): void;
    /**
     * Restores the initial state, time, log and faults, under the same keys and ids. Requests in
     * flight fail with a `TypeError`.
     */
    reset(): void;
    /**
     * Disposes of the sandbox and frees its memory. Requests in flight, and all later ones, fail with
     * a `TypeError`.
     */
    dispose(): void;
}

/** A message that a contact writes. */
export interface IncomingMessage {
    /** The id of the contact, one of `contacts()`. */
    contactId: string;
    /** The text. */
    content: string;
    /**
     * The channel.
     *
     * @default "sms"
     */
    messageType?: string | undefined;
    /**
     * The type of the sender.
     *
     * @default "contact"
     */
    senderType?: string | undefined;
}

/** A fault, and the number of requests to which it applies. */
export type Fault = FaultKind & {
    /**
     * The number of requests, 1 or more, or `null` for all requests.
     *
     * @default 1
     */
    times?: number | null | undefined;
};

/** The type of the runtime's `fetch`, if its types are available. */
export type SandboxFetch = typeof globalThis extends { fetch: infer Fetch } ? Fetch : FetchLike;

/** `[Symbol.dispose]()`, if the types of the runtime have it, so that `using` works. */
export type SandboxDisposal = {
    [Key in SymbolConstructor["dispose" & keyof SymbolConstructor] & symbol]: () => void;
};
