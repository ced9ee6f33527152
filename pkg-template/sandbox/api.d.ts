import type { Agent, FetchLike, Message, Operation, RateLimit } from "../types.js";
import type { Deliveries, FaultKind, ListedCall, ListedContact, LogEntry } from "./types.js";

export type { Agent, Message, Operation, RateLimit } from "../types.js";
export type * from "./types.js";

/**
 * Makes the Centerfy AI API in this process, for tests and demos: its operations, with the
 * agents, contacts, conversations and calls of a made-up dental practice behind them. No message
 * leaves it and no phone rings.
 *
 * Sandboxes share nothing, and making one takes about a millisecond, so each test can have its own.
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
 * @throws TypeError when an option is not as it must be; the message names it.
 */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** How a sandbox is made. */
export interface SandboxOptions {
    /**
     * Decides the ids of everything in it, a whole number of 0 or more. When left out they are those
     * of the practice that is always the same.
     *
     * The same seed and the same calls give the same ids and texts. Only `apiKey` is always another
     * one, since clients with the same key share their rate limit.
     */
    seed?: number | undefined;
    /**
     * The time at which the sandbox stands: a `Date`, or milliseconds since 1970. It then moves by
     * `advance` alone. The runtime's own clock when left out, which faked timers may have replaced.
     */
    now?: Date | number | undefined;
    /**
     * The limit of each key: a limit, or `false` for none. `{ requests: 60, perMs: 60_000 }`, which is
     * the API's own, when left out.
     */
    rateLimit?: RateLimit | false | undefined;
    /** Whether contacts answer two seconds after a message. `false` when left out. */
    contactReplies?: boolean | undefined;
    /** Whether it begins without agents, contacts and calls. `false` when left out. */
    empty?: boolean | undefined;
}

/** The Centerfy AI API in this process. Its methods need no `this`: it works behind a `Proxy`, and in pieces. */
export interface Sandbox extends SandboxDisposal {
    /** The key that the sandbox takes, another one for each. */
    readonly apiKey: string;
    /** A key of another organization: what `apiKey` made is a 403 for it. */
    readonly otherApiKey: string;
    /** The organization of `apiKey`, as requests need it. */
    readonly organizationId: string;
    /** The sub-account of `apiKey`, as requests need it. */
    readonly subAccountId: string;
    /**
     * Where the sandbox is, for who wants a URL: `https://sandbox.invalid/functions/v1/crm-api`. A
     * client that keeps the API's own `baseUrl` reaches the sandbox as well.
     */
    readonly baseUrl: string;
    /**
     * A `fetch` that only reaches this sandbox: the API at `baseUrl` and at the API's own URL, and
     * its recordings. A request to anywhere else is refused with a `TypeError`.
     */
    readonly fetch: SandboxFetch;

    /**
     * Has something go wrong with the next request for an operation, or for `"any"`. Faults wait for
     * their requests and meet them in the order in which they were asked for. Requests that are
     * refused at the door (401, 404 for the path, 405, 429) meet none.
     *
     * @throws TypeError when the operation or the fault does not exist, or a field is out of its
     * range. The message names it and what was expected, and nothing has changed.
     */
    fail(operation: Operation | "any", fault: Fault): void;
    /** Takes back the faults that still wait. */
    clearFaults(): void;

    /** All agents, archived ones included, as `getAgent` answers them. */
    agents(): Agent[];
    /** All contacts. The first one has the longest conversation. */
    contacts(): ListedContact[];
    /**
     * The messages with a contact, oldest first.
     *
     * @throws TypeError when there is no such contact.
     */
    conversation(contactId: string): Message[];
    /** All calls: those of the past, and then those that were made through the API. */
    calls(): ListedCall[];
    /** What really happened since the sandbox was made or reset, whatever the client was told. */
    deliveries(): Deliveries;
    /** Every request with one of the sandbox's keys, oldest first. No key is in it. */
    log(): LogEntry[];

    /**
     * Lets a contact write; gives the message that is now in the conversation.
     *
     * @throws TypeError when there is no such contact, or a field is no string.
     */
    receive(message: IncomingMessage): Message;

    /**
     * Moves the sandbox's time: calls go on, contacts answer, URLs expire, rate limits open, and
     * delays that have passed are over.
     *
     * @param ms how far, in milliseconds, 0 or more
     * @throws TypeError when it is anything else.
     */
    advance(ms: number): void;
    /**
     * Makes everything as it was in the beginning, under the same keys and ids: state, time, log and
     * faults. Requests that are under way end with a `TypeError`.
     */
    reset(): void;
    /**
     * Ends the sandbox and frees its memory. Requests that are under way, and all later ones, end
     * with a `TypeError`.
     */
    dispose(): void;
}

/** A message that a contact writes. */
export interface IncomingMessage {
    /** Who writes; one of `contacts()`. */
    contactId: string;
    /** The text. */
    content: string;
    /** The channel. `"sms"` when left out. */
    messageType?: string | undefined;
    /** Who it is from. `"contact"` when left out. */
    senderType?: string | undefined;
}

/** What goes wrong, and how often. */
export type Fault = FaultKind & {
    /** How often it happens, 1 or more, or `null` for always. Once when left out. */
    times?: number | null | undefined;
};

/** The type of the runtime's own `fetch`, where its types are known. */
export type SandboxFetch = typeof globalThis extends { fetch: infer Fetch } ? Fetch : FetchLike;

/** `[Symbol.dispose]()`, where the types of the runtime know it, so that `using` works. */
export type SandboxDisposal = {
    [Key in SymbolConstructor["dispose" & keyof SymbolConstructor] & symbol]: () => void;
};
