import type {
    Agent,
    AiCall,
    ArchivedAgent,
    CallRecording,
    CenterfyOptions,
    ContactMessages,
    ContactMessagesQuery,
    CreateAgentRequest,
    ErrorCode,
    FetchResponse,
    MakeAiCallRequest,
    Message,
    Operation,
    RequestOptions,
    SendMessageRequest,
    SentMessage,
    UpdateAgentRequest,
} from "./types.js";

export type * from "./types.js";

/**
 * A client for the Centerfy AI API: its operations, and an iteration over a conversation.
 *
 * Making a client sends nothing and starts nothing, so it may happen at the top level of a module. One
 * client serves a whole program.
 *
 * Every operation returns a promise. It rejects with a {@link CenterfyError}, or with the signal's
 * `reason` when {@link RequestOptions.signal} aborts. Operations never throw synchronously. The promise
 * has a method, {@link CallPromise.withResponse}, for the status, the headers and the request id.
 *
 * @example
 * ```ts
 * import { Centerfy } from "centerfy";
 *
 * const centerfy = new Centerfy({ apiKey: process.env.CENTERFY_API_KEY });
 * const agent = await centerfy.getAgent("3f0c1f5e-6d0f-4c53-9a55-1c1d6f8f2b11");
 * ```
 */
export class Centerfy {
    /**
     * Makes a client.
     *
     * @param options Every option has a default. Without an `apiKey`, `baseUrl` has to point at a
     * proxy that adds it.
     * @throws {CenterfyError} With the code `"validation"` when an option is not what it must be, or
     * when a client with an `apiKey` is made in a page without `dangerouslyAllowBrowser`.
     *
     * @example
     * ```ts
     * // In a page, with a proxy that keeps the key.
     * const centerfy = new Centerfy({ baseUrl: "/api/centerfy" });
     * ```
     */
    constructor(options?: CenterfyOptions);

    /**
     * Reads an agent.
     *
     * @param agentId The agent's id.
     * @param options The options of this call.
     * @returns The agent, as the server sent it.
     * @throws {CenterfyError} By rejecting: `"not_found"` when there is no such agent.
     *
     * @example
     * ```ts
     * const agent = await centerfy.getAgent(agentId);
     * console.log(agent.name, agent.is_active ? "is live" : "is paused");
     * ```
     */
    getAgent(agentId: string, options?: RequestOptions): CallPromise<Agent>;

    /**
     * Creates an agent. Is sent again only when the server refused it with 429, because a second
     * request would be a second agent.
     *
     * @param request The new agent.
     * @param options The options of this call.
     * @returns The new agent, with its id.
     * @throws {CenterfyError} By rejecting: `"validation"` when a field is missing or wrong, and
     * `"permission"` when the organization or sub-account is not the key's. When `maybeDelivered` is
     * true, the agent may exist although the call failed.
     *
     * @example
     * ```ts
     * const agent = await centerfy.createAgent({
     *     name: "Sales Bot",
     *     voice_id: "Sulafat",
     *     max_duration: 10,
     *     temperature: 0.4,
     *     silence_timeout: 5,
     *     voice_activity_timeout: 300,
     *     llm_model: "gpt-4o-mini",
     *     language: "en-US",
     *     background_noise: true,
     *     background_type: "call_center",
     *     voicemail_detection: true,
     *     voicemail_type: "leave_message",
     *     voicemail_message: "Hello, we will call again tomorrow.",
     *     backcchanneling: true,
     *     is_active: true,
     *     webhook: false,
     *     recording: true,
     *     organization_id,
     *     sub_account_id,
     * });
     * ```
     */
    createAgent(request: CreateAgentRequest, options?: RequestOptions): CallPromise<Agent>;

    /**
     * Changes an agent. Omitted fields keep their values.
     *
     * @param agentId The agent's id.
     * @param patch The fields to change.
     * @param options The options of this call.
     * @returns The agent after the change.
     * @throws {CenterfyError} By rejecting: `"validation"` when a field is wrong, `"not_found"` when
     * there is no such agent.
     *
     * @example
     * ```ts
     * await centerfy.updateAgent(agent.id, { webhook: true, webhook_url: "https://example.com/calls" });
     * ```
     */
    updateAgent(agentId: string, patch: UpdateAgentRequest, options?: RequestOptions): CallPromise<Agent>;

    /**
     * Archives an agent. Archiving an archived agent again is no error. Only the platform's own pages
     * can restore it.
     *
     * @param agentId The agent's id.
     * @param options The options of this call.
     * @returns The agent's id, and when it was archived.
     * @throws {CenterfyError} By rejecting: `"not_found"` when there is no such agent.
     *
     * @example
     * ```ts
     * const { archived_at } = await centerfy.archiveAgent(agent.id);
     * ```
     */
    archiveAgent(agentId: string, options?: RequestOptions): CallPromise<ArchivedAgent>;

    /**
     * Has an agent call a contact: the contact's phone is dialed at once. Is sent again only when the
     * server refused it with 429, because a second request would be a second phone call.
     *
     * @param agentId The agent that calls.
     * @param request Whom it calls.
     * @param options The options of this call.
     * @returns The call that was started.
     * @throws {CenterfyError} By rejecting: `"permission"` when the organization or sub-account is
     * not the key's. When `maybeDelivered` is true, the phone may have rung although the call failed.
     *
     * @example
     * ```ts
     * const call = await centerfy.makeAiCall(agent.id, { contact_id, organization_id, sub_account_id });
     * console.log(call.agent_name, call.status);
     * ```
     */
    makeAiCall(agentId: string, request: MakeAiCallRequest, options?: RequestOptions): CallPromise<AiCall>;

    /**
     * Asks for the URL at which the recording of a call can be played or downloaded.
     *
     * @param callId The call's id, or its `call_sid`.
     * @param options The options of this call.
     * @returns The URL, and when it expires.
     * @throws {CenterfyError} By rejecting: `"not_found"` when there is no such call or recording.
     *
     * @example
     * ```ts
     * const recording = await centerfy.getCallRecording("CA1234567890abcdef");
     * audio.src = recording.recording_url;
     * ```
     */
    getCallRecording(callId: string, options?: RequestOptions): CallPromise<CallRecording>;

    /**
     * Reads one page of a contact's conversation, the newest message first. To read all of it, see
     * {@link Centerfy.contactMessages}.
     *
     * @param contactId The contact's id.
     * @param query Which part: at most `limit` messages (1 to 200, 50 by default), without the
     * `offset` newest ones (0 by default).
     * @param options The options of this call.
     * @returns The messages, the contact, and the conversation's id, which {@link Centerfy.sendMessage}
     * takes.
     * @throws {CenterfyError} By rejecting: `"not_found"` when there is no such contact.
     *
     * @example
     * ```ts
     * const { messages, total } = await centerfy.getContactMessages(contactId, { limit: 20 });
     * console.log(`${messages.length} of ${total}`);
     * ```
     */
    getContactMessages(
        contactId: string,
        query?: ContactMessagesQuery,
        options?: RequestOptions,
    ): CallPromise<ContactMessages>;

    /**
     * Sends a message to a real person. Is sent again only when the server refused it with 429,
     * because a second request would be a second message.
     *
     * @param request The message.
     * @param options The options of this call.
     * @returns The message that went out: with `ai: true` the text that the agent wrote.
     * @throws {CenterfyError} By rejecting: `"validation"` when a field is missing or wrong,
     * `"not_found"` when there is no such conversation. When `maybeDelivered` is true, the message may
     * have reached the person although the call failed.
     *
     * @example
     * ```ts
     * // As it is.
     * await centerfy.sendMessage({ content: "See you at ten.", ai: false, conversation_id, channel: "sms" });
     * ```
     *
     * @example
     * ```ts
     * // Written by an agent.
     * const sent = await centerfy.sendMessage({
     *     content: "Offer two times next week",
     *     ai: true,
     *     agent_id: agent.id,
     *     conversation_id,
     *     channel: "email",
     * });
     * console.log(sent.content);
     * ```
     */
    sendMessage(request: SendMessageRequest, options?: RequestOptions): CallPromise<SentMessage>;

    /**
     * Iterates over all messages of a contact's conversation, the newest first, asking for page after
     * page. Gives no message twice and loses none when new ones arrive meanwhile. Asks for nothing
     * more once the loop is left.
     *
     * @param contactId The contact's id.
     * @param query How many messages to ask for at a time: `limit`, 1 to 200.
     * @param options The options of each request.
     * @returns An iterable for `for await`. Each iteration starts at the newest message.
     * @throws {CenterfyError} By rejecting, within the loop, as {@link Centerfy.getContactMessages} does.
     *
     * @example
     * ```ts
     * for await (const message of centerfy.contactMessages(contactId)) {
     *     console.log(message.sender_type, message.content);
     * }
     * ```
     */
    contactMessages(
        contactId: string,
        query?: Pick<ContactMessagesQuery, "limit">,
        options?: RequestOptions,
    ): AsyncIterableIterator<Message>;
}

/** The promise of an operation: a native promise with one more method. */
export interface CallPromise<T> extends Promise<T> {
    /**
     * Resolves with the data and with what is known about the response. Rejects like the promise itself; a
     * {@link CenterfyError} has the status, the request id and the number of attempts, too.
     *
     * @example
     * ```ts
     * const { data, requestId } = await centerfy.getAgent(agentId).withResponse();
     * console.log(data.name, requestId);
     * ```
     */
    withResponse(): Promise<WithResponse<T>>;
}

/** What {@link CallPromise.withResponse} resolves with. */
export interface WithResponse<T> {
    /** The data that the promise itself resolves with. */
    data: T;
    /** The HTTP status. */
    status: number;
    /** The headers of the response. */
    headers: FetchResponse["headers"];
    /** The id that the server, or a gateway in front of it, assigned to the request. */
    requestId?: string | undefined;
    /** How many requests were sent. */
    attempts: number;
    /** How long the last attempt took, including reading the response, in milliseconds. */
    durationMs: number;
}

/** The fields of a {@link CenterfyError}. */
export interface CenterfyErrorFields {
    /** Why the call failed. */
    code: ErrorCode;
    /** The operation that failed. */
    operation?: Operation | undefined;
    /** The HTTP status. */
    status?: number | undefined;
    /** The path of the first field that is wrong. */
    field?: string | undefined;
    /** The body of the answer. */
    body?: unknown;
    /** The id of the request. */
    requestId?: string | undefined;
    /** How long the server asks to wait, in seconds. */
    retryAfter?: number | undefined;
    /** How many requests were sent. 0 by default. */
    attempts?: number | undefined;
    /** Whether it may have been processed all the same. `false` by default. */
    maybeDelivered?: boolean | undefined;
}

/**
 * Why a call failed. No part of it ever has the key.
 *
 * @example
 * ```ts
 * try {
 *     await centerfy.sendMessage(message);
 * } catch (error) {
 *     if (!CenterfyError.is(error)) throw error;
 *     if (error.code === "validation") show(error.field, error.message);
 *     else if (error.maybeDelivered) show("The message may have gone out. Look before you send it again.");
 *     else show(error.message);
 * }
 * ```
 */
export class CenterfyError extends Error {
    /**
     * Makes an error, for tests of what a program does with one.
     *
     * @param message What went wrong.
     * @param fields Its fields: `code`, and what else it shall have.
     * @param cause What it came from.
     *
     * @example
     * ```ts
     * const error = new CenterfyError("getAgent: Agent not found (status 404)", { code: "not_found", status: 404 });
     * ```
     */
    constructor(message: string, fields: CenterfyErrorFields, cause?: unknown);

    /**
     * Whether a value is a `CenterfyError`. Unlike `instanceof` it also knows those of another frame or of
     * another copy of this package. What `postMessage` copies loses its fields, in every runtime: post
     * `{ ...error, message: error.message }` instead, and look at its `code`.
     *
     * @param value Anything, usually what was caught.
     */
    static is(value: unknown): value is CenterfyError;

    /** `"CenterfyError"`. */
    name: string;

    /** Why the call failed. */
    readonly code: ErrorCode;

    /** The operation that failed; absent when it was the making of a client. */
    readonly operation?: Operation;

    /** The HTTP status; absent when no answer came. */
    readonly status?: number;

    /**
     * With the code `"validation"`: the path of the first field that is wrong, for example
     * `"voicemail_message"`, `"limit"`, `"agentId"` or `"apiKey"`.
     */
    readonly field?: string;

    /** The body of the answer: what its JSON says, or its text when it is not JSON. */
    readonly body?: unknown;

    /** The id that the server, or a gateway in front of it, gave the request. */
    readonly requestId?: string;

    /** How long the server asks to wait, in seconds. */
    readonly retryAfter?: number;

    /** How many requests were sent. */
    readonly attempts: number;

    /**
     * Whether the request may have created an agent, or reached a person, although the call failed. Look
     * before you send it again.
     */
    readonly maybeDelivered: boolean;

    /** What the failure came from: with the code `"network"` what `fetch` rejected with. */
    readonly cause?: unknown;
}
