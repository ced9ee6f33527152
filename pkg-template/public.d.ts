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
 * A client for the Centerfy AI API.
 *
 * Creating a client sends no request and starts no timer, so it can be created at the top level of a module.
 * One client serves a whole program.
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
     * Creates a client.
     *
     * @param options The options. Without an `apiKey`, `proxy` or `baseUrl` is required.
     * @throws {CenterfyError} With the code `"validation"` if an option is invalid, or if a client with an
     * `apiKey` is created in a page without `dangerouslyAllowBrowser`.
     *
     * @example
     * ```ts
     * // In a page, with a proxy that keeps the key.
     * const centerfy = new Centerfy({ baseUrl: "/api/centerfy" });
     * ```
     */
    constructor(options?: CenterfyOptions);

    /**
     * Retrieves an agent.
     *
     * @param agentId The agent's id.
     * @param options The options of this call.
     * @returns The agent, as the server sent it.
     * @throws {CenterfyError} By rejecting: `"not_found"` if there is no such agent.
     *
     * @example
     * ```ts
     * const agent = await centerfy.getAgent(agentId);
     * console.log(agent.name, agent.is_active ? "is live" : "is paused");
     * ```
     */
    getAgent(agentId: string, options?: RequestOptions): CallPromise<Agent>;

    /**
     * Creates an agent. Retried only after a 429, because another request would create another agent.
     *
     * @param request The new agent.
     * @param options The options of this call.
     * @returns The new agent, with its id.
     * @throws {CenterfyError} By rejecting: `"validation"` if a field is missing or invalid, and
     * `"permission"` if the organization or sub-account is outside the key's scope. If `maybeDelivered` is
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
     * Updates an agent. Omitted fields keep their values.
     *
     * @param agentId The agent's id.
     * @param patch The fields to change.
     * @param options The options of this call.
     * @returns The updated agent.
     * @throws {CenterfyError} By rejecting: `"validation"` if a field is invalid, `"not_found"` if there is
     * no such agent.
     *
     * @example
     * ```ts
     * await centerfy.updateAgent(agent.id, { webhook: true, webhook_url: "https://example.com/calls" });
     * ```
     */
    updateAgent(agentId: string, patch: UpdateAgentRequest, options?: RequestOptions): CallPromise<Agent>;

    /**
     * Archives an agent. Archiving an archived agent again is not an error. It can be restored only in the
     * platform's own pages.
     *
     * @param agentId The agent's id.
     * @param options The options of this call.
     * @returns The agent's id, and when it was archived.
     * @throws {CenterfyError} By rejecting: `"not_found"` if there is no such agent.
     *
     * @example
     * ```ts
     * const { archived_at } = await centerfy.archiveAgent(agent.id);
     * ```
     */
    archiveAgent(agentId: string, options?: RequestOptions): CallPromise<ArchivedAgent>;

    /**
     * Makes an agent call a contact: the contact's phone is dialed immediately. Retried only after a 429,
     * because another request would be another phone call.
     *
     * @param agentId The agent that calls.
     * @param request The contact to call.
     * @param options The options of this call.
     * @returns The call in progress.
     * @throws {CenterfyError} By rejecting: `"permission"` if the organization or sub-account is outside
     * the key's scope. If `maybeDelivered` is true, the phone may have rung although the call failed.
     *
     * @example
     * ```ts
     * const call = await centerfy.makeAiCall(agent.id, { contact_id, organization_id, sub_account_id });
     * console.log(call.agent_name, call.status);
     * ```
     */
    makeAiCall(agentId: string, request: MakeAiCallRequest, options?: RequestOptions): CallPromise<AiCall>;

    /**
     * Retrieves the URL at which the recording of a call can be played or downloaded.
     *
     * @param callId The call's id, or its `call_sid`.
     * @param options The options of this call.
     * @returns The URL, and when it expires.
     * @throws {CenterfyError} By rejecting: `"not_found"` if there is no such call or recording.
     *
     * @example
     * ```ts
     * const recording = await centerfy.getCallRecording("CA1234567890abcdef");
     * audio.src = recording.recording_url;
     * ```
     */
    getCallRecording(callId: string, options?: RequestOptions): CallPromise<CallRecording>;

    /**
     * Retrieves one page of a contact's conversation, newest message first. To read all of it, see
     * {@link Centerfy.contactMessages}.
     *
     * @param contactId The contact's id.
     * @param query The page: at most `limit` messages (1 to 200, defaults to 50), after skipping the
     * `offset` newest ones (defaults to 0).
     * @param options The options of this call.
     * @returns The messages, the contact, and the conversation's id, which {@link Centerfy.sendMessage}
     * takes.
     * @throws {CenterfyError} By rejecting: `"not_found"` if there is no such contact.
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
     * Sends a message to a real person. Retried only after a 429, because another request would be another
     * message.
     *
     * @param request The message.
     * @param options The options of this call.
     * @returns The message that was sent; with `ai: true`, the text that the agent wrote.
     * @throws {CenterfyError} By rejecting: `"validation"` if a field is missing or invalid,
     * `"not_found"` if there is no such conversation. If `maybeDelivered` is true, the message may
     * have reached the person although the call failed.
     *
     * @example
     * ```ts
     * // Verbatim.
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
     * Iterates over all messages of a contact's conversation, newest first, one page per
     * request. Yields no message twice and skips none if new ones arrive during the iteration. Leaving the loop
     * stops it.
     *
     * @param contactId The contact's id.
     * @param query How many messages to request at a time: `limit`, 1 to 200.
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
     * Resolves with the data and the details of the response. Rejects like the promise itself; a
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

/** The result of {@link CallPromise.withResponse}. */
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

/** An invalid field of a request. */
export interface Issue {
    /** Its name, for example `"voicemail_message"`. */
    field: string;
    /** What is wrong with it, to be shown at the field: `"is required when webhook is true"`. */
    message: string;
}

/** The fields of a {@link CenterfyError}. */
export interface CenterfyErrorFields {
    /** Why the call failed. */
    code: ErrorCode;
    /** The operation that failed. */
    operation?: Operation | undefined;
    /** The HTTP status. */
    status?: number | undefined;
    /** The path of the first invalid field. */
    field?: string | undefined;
    /** All invalid fields. */
    issues?: Issue[] | undefined;
    /** The response body. */
    body?: unknown;
    /** The id of the request. */
    requestId?: string | undefined;
    /** The wait that the server requests, in seconds. */
    retryAfter?: number | undefined;
    /**
     * How many requests were sent.
     *
     * @default 0
     */
    attempts?: number | undefined;
    /**
     * Whether the request may have been processed although the call failed.
     *
     * @default false
     */
    maybeDelivered?: boolean | undefined;
}

/**
 * The error of a failed call. No part of it contains the key.
 *
 * @example
 * ```ts
 * try {
 *     await centerfy.sendMessage(message);
 * } catch (error) {
 *     if (!CenterfyError.is(error)) throw error;
 *     if (error.code === "validation") show(error.field, error.message);
 *     else if (error.maybeDelivered) show("The message may have been sent. Check before you send it again.");
 *     else show(error.message);
 * }
 * ```
 */
export class CenterfyError extends Error {
    /**
     * Creates an error, for tests of error handling.
     *
     * @param message What went wrong.
     * @param fields The `code`, and any other fields.
     * @param cause The cause.
     *
     * @example
     * ```ts
     * const error = new CenterfyError("getAgent: Agent not found (status 404)", { code: "not_found", status: 404 });
     * ```
     */
    constructor(message: string, fields: CenterfyErrorFields, cause?: unknown);

    /**
     * Whether a value is a `CenterfyError`. Unlike `instanceof`, it also recognizes errors from another frame or
     * another copy of this package. `postMessage` does not copy the fields of an error: post
     * `{ ...error, message: error.message }` instead, and check its `code`.
     *
     * @param value Any value, usually a caught error.
     */
    static is(value: unknown): value is CenterfyError;

    /** `"CenterfyError"`. */
    name: string;

    /** Why the call failed. */
    readonly code: ErrorCode;

    /** The operation that failed; absent if the client could not be created. */
    readonly operation?: Operation;

    /** The HTTP status; absent if no response arrived. */
    readonly status?: number;

    /**
     * With the code `"validation"`: the name of the first invalid field, for example `"voicemail_message"`,
     * `"limit"`, `"agentId"` or `"apiKey"`. With the code `"bad_request"`: the field of the request that the
     * server's message names, if it names one.
     */
    readonly field?: string;

    /**
     * With the code `"validation"`: every invalid field of the request, in the order in which they are checked.
     * The first one is also in `field` and `message`.
     */
    readonly issues?: Issue[];

    /** The response body: parsed JSON, or the text if it is not JSON. */
    readonly body?: unknown;

    /** The id that the server, or a gateway in front of it, assigned to the request. */
    readonly requestId?: string;

    /** The wait that the server requests, in seconds. */
    readonly retryAfter?: number;

    /** How many requests were sent. */
    readonly attempts: number;

    /**
     * Whether the request may have created an agent or reached a person although the call failed. Check
     * before you send it again.
     */
    readonly maybeDelivered: boolean;

    /** The cause: with the code `"network"`, what `fetch` rejected with. */
    readonly cause?: unknown;
}
