// Made by `cargo xtask build` from the crate's src/types/. Do not edit.

/**
 * An agent to create. Every further request creates a further agent.
 *
 * Four fields require another one: `background_noise: true` a `background_type`,
 * `voicemail_detection: true` a `voicemail_type`, `voicemail_type: "leave_message"` a
 * `voicemail_message`, and `webhook: true` a `webhook_url`. {@link AgentSettings} has the same fields
 * without these rules.
 */
export type CreateAgentRequest = BackgroundNoise & Voicemail & Webhook & {
    /** The name that people see. */
    name: string;
    /** The voice, for example `Sulafat`. */
    voice_id: VoiceId;
    /** The longest a call may last, in minutes. */
    max_duration: number;
    /** The creativity of the language model, from 0 (precise) to 1 (creative). */
    temperature: number;
    /** How long it is silent before the agent speaks, in seconds. */
    silence_timeout: number;
    /** The threshold of voice detection, in milliseconds. */
    voice_activity_timeout: number;
    /** The large language model, for example `gpt-4o-mini`. */
    llm_model: LlmModel;
    /** The language that the agent speaks, for example `en-US`. */
    language: Language;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The double c is
     * the wire's spelling. That it is required is inferred, the reference does not say.
     */
    backcchanneling: boolean;
    /**
     * Whether the agent is live (`true`) or paused (`false`). That it is required is inferred, the
     * reference does not say.
     */
    is_active: boolean;
    /** Whether calls are recorded. That it is required is inferred, the reference does not say. */
    recording: boolean;
    /** The organization that the agent will belong to (a UUID). It must be the API key's. */
    organization_id: string;
    /** The sub-account that the agent will belong to (a UUID). It must be the API key's. */
    sub_account_id: string;
};

/**
 * All fields of a new agent, flat, for who builds one step by step. `CreateAgentRequest` is the same,
 * with the rules by which one field requires another in its type.
 */
export interface AgentSettings {
    /** The name that people see. */
    name: string;
    /** The voice, for example `Sulafat`. */
    voice_id: VoiceId;
    /** The longest a call may last, in minutes. */
    max_duration: number;
    /** The creativity of the language model, from 0 (precise) to 1 (creative). */
    temperature: number;
    /** How long it is silent before the agent speaks, in seconds. */
    silence_timeout: number;
    /** The threshold of voice detection, in milliseconds. */
    voice_activity_timeout: number;
    /** The large language model, for example `gpt-4o-mini`. */
    llm_model: LlmModel;
    /** The language that the agent speaks, for example `en-US`. */
    language: Language;
    /** Whether an ambient sound plays during calls. For `true` a `background_type` is required. */
    background_noise: boolean;
    /** Which ambient sound, for example `call_center`. */
    background_type?: BackgroundType | undefined;
    /**
     * Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
     * required.
     */
    voicemail_detection: boolean;
    /**
     * What it does then: leave the message, or hang up. For `"leave_message"` a
     * `voicemail_message` is required.
     */
    voicemail_type?: VoicemailType | undefined;
    /** What the agent says to a voicemail. */
    voicemail_message?: string | undefined;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The double c is
     * the wire's spelling. That it is required is inferred, the reference does not say.
     */
    backcchanneling: boolean;
    /**
     * Whether the agent is live (`true`) or paused (`false`). That it is required is inferred, the
     * reference does not say.
     */
    is_active: boolean;
    /**
     * Whether the webhook is called after each call. For `true` a `webhook_url` is required. That
     * the field itself is required is inferred, the reference does not say.
     */
    webhook: boolean;
    /** The URL of the webhook. */
    webhook_url?: string | undefined;
    /** Whether calls are recorded. That it is required is inferred, the reference does not say. */
    recording: boolean;
    /** The organization that the agent will belong to (a UUID). It must be the API key's. */
    organization_id: string;
    /** The sub-account that the agent will belong to (a UUID). It must be the API key's. */
    sub_account_id: string;
}

/** The ambient sound of a new agent. With `background_noise: true` a `background_type` is required. */
export type BackgroundNoise = BackgroundNoiseNamed | BackgroundNoiseOff;

/** An ambient sound by its name. It plays when `background_noise` is true. */
export interface BackgroundNoiseNamed {
    /** Whether an ambient sound plays during calls. */
    background_noise: boolean;
    /** Which ambient sound, for example `call_center`. */
    background_type: BackgroundType;
}

/** No ambient sound. */
export interface BackgroundNoiseOff {
    /** Whether an ambient sound plays during calls. For `true` a `background_type` is required. */
    background_noise: false;
    /** Which ambient sound, for example `call_center`. Without a sound it is not needed. */
    background_type?: BackgroundType | undefined;
}

/**
 * What a new agent does when a voicemail answers. With `voicemail_detection: true` a
 * `voicemail_type` is required, and with `voicemail_type: "leave_message"` a `voicemail_message`.
 */
export type Voicemail = VoicemailComplete | VoicemailHangup | VoicemailKept | VoicemailOff;

/** A message for voicemails. It is left when `voicemail_type` says so. */
export interface VoicemailComplete {
    /** Whether the agent notices that a voicemail answered. */
    voicemail_detection: boolean;
    /** What it does then: leave the message, or hang up. */
    voicemail_type: VoicemailType;
    /** What the agent says to a voicemail. */
    voicemail_message: string;
}

/** Hanging up when a voicemail answers. No message is needed. */
export interface VoicemailHangup {
    /** Whether the agent notices that a voicemail answered. */
    voicemail_detection: boolean;
    /** What it does then: hang up. For `"leave_message"` a `voicemail_message` is required. */
    voicemail_type: "hangup";
    /** What the agent says to a voicemail. For hanging up it is not needed. */
    voicemail_message?: string | undefined;
}

/** Not noticing voicemails, with a message for when it does. */
export interface VoicemailKept {
    /**
     * Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
     * required.
     */
    voicemail_detection: false;
    /** What it would do then: leave the message, or hang up. */
    voicemail_type?: VoicemailType | undefined;
    /** What the agent would say to a voicemail. */
    voicemail_message: string;
}

/** Not noticing voicemails. */
export interface VoicemailOff {
    /**
     * Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
     * required.
     */
    voicemail_detection: false;
    /** What it would do then. For `"leave_message"` a `voicemail_message` is required. */
    voicemail_type?: "hangup" | undefined;
    /** What the agent would say to a voicemail. */
    voicemail_message?: string | undefined;
}

/** The webhook of a new agent. With `webhook: true` a `webhook_url` is required. */
export type Webhook = WebhookAddressed | WebhookOff;

/** A webhook by its URL. It is called when `webhook` is true. */
export interface WebhookAddressed {
    /** Whether the webhook is called after each call. */
    webhook: boolean;
    /** The URL of the webhook. */
    webhook_url: string;
}

/** No webhook. */
export interface WebhookOff {
    /**
     * Whether the webhook is called after each call. For `true` a `webhook_url` is required. That
     * the field itself is required is inferred, the reference does not say.
     */
    webhook: false;
    /** The URL of the webhook. Without a webhook it is not needed. */
    webhook_url?: string | undefined;
}

/**
 * The fields of an agent to change. A field that is left out keeps its value.
 *
 * The rules of creating an agent hold among the fields that are sent; they are checked then. The
 * agent's organization and sub-account cannot be changed.
 */
export interface UpdateAgentRequest {
    /** The name that people see. */
    name?: string | undefined;
    /** The voice, for example `Sulafat`. */
    voice_id?: VoiceId | undefined;
    /** The longest a call may last, in minutes. */
    max_duration?: number | undefined;
    /** The creativity of the language model, from 0 (precise) to 1 (creative). */
    temperature?: number | undefined;
    /** How long it is silent before the agent speaks, in seconds. */
    silence_timeout?: number | undefined;
    /** The threshold of voice detection, in milliseconds. */
    voice_activity_timeout?: number | undefined;
    /** The large language model, for example `gpt-4o-mini`. */
    llm_model?: LlmModel | undefined;
    /** The language that the agent speaks, for example `en-US`. */
    language?: Language | undefined;
    /** Whether an ambient sound plays during calls. For `true` a `background_type` is required. */
    background_noise?: boolean | undefined;
    /** Which ambient sound, for example `call_center`. */
    background_type?: BackgroundType | undefined;
    /**
     * Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
     * required.
     */
    voicemail_detection?: boolean | undefined;
    /**
     * What it does then: leave the message, or hang up. For `"leave_message"` a
     * `voicemail_message` is required.
     */
    voicemail_type?: VoicemailType | undefined;
    /** What the agent says to a voicemail. */
    voicemail_message?: string | undefined;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The double c is
     * the wire's spelling.
     */
    backcchanneling?: boolean | undefined;
    /** Whether the agent is live (`true`) or paused (`false`). */
    is_active?: boolean | undefined;
    /** Whether the webhook is called after each call. For `true` a `webhook_url` is required. */
    webhook?: boolean | undefined;
    /** The URL of the webhook. */
    webhook_url?: string | undefined;
    /** Whether calls are recorded. */
    recording?: boolean | undefined;
    /** Not accepted: an agent stays in its organization. */
    organization_id?: never | undefined;
    /** Not accepted: an agent stays in its sub-account. */
    sub_account_id?: never | undefined;
}

/**
 * Whom an AI call goes to. The agent is the operation's first argument.
 *
 * The contact's phone is dialed at once, and every further request is a further phone call.
 */
export interface MakeAiCallRequest {
    /** The contact to call, by its id (a UUID). */
    contact_id: string;
    /** The organization (a UUID). It must be the API key's. */
    organization_id: string;
    /** The sub-account (a UUID). It must be the API key's. */
    sub_account_id: string;
}

/** Which part of a conversation to read. The newest message is number 0. */
export interface ContactMessagesQuery {
    /** The most messages that one page may have: a whole number from 1 to 200. 50 when left out. */
    limit?: number | undefined;
    /** How many of the newest messages to pass over: a whole number from 0 up. 0 when left out. */
    offset?: number | undefined;
}

/** A message to send. It goes to a real person, and every further request is a further message. */
export type SendMessageRequest = Author & {
    /** The text that goes out or, with `ai: true`, the prompt from which the agent writes it. */
    content: string;
    /**
     * The conversation, as `getContactMessages` gives it. Not always a UUID, for example
     * `conv_abc123`.
     */
    conversation_id: string;
    /** The way it goes out. */
    channel: Channel;
    /** The inbound message that this one answers. */
    message_id?: string | undefined;
};

/** Who writes the text of a message. With `ai: true` an `agent_id` is required. */
export type Author = AgentWritten | AsWritten;

/** A message for which an agent is named. The agent writes it when `ai` is true. */
export interface AgentWritten {
    /** `false`: the `content` goes out as it is. `true`: the agent writes the reply. */
    ai: boolean;
    /** The agent (a UUID). It must be active and belong to the conversation's sub-account. */
    agent_id: string;
}

/** A message that goes out as it is. */
export interface AsWritten {
    /** `false`: the `content` goes out as it is. For `true` an `agent_id` is required. */
    ai: false;
    /** The agent (a UUID). It must be active and belong to the conversation's sub-account. */
    agent_id?: string | undefined;
}

/** How a client sends, waits and reports. Every option has a default. */
export interface CenterfyOptions {
    /**
     * The API key (`cfy_…`). Needed unless `baseUrl` points at a proxy of your own that adds it.
     *
     * Whoever has it can do everything in its scope, so it belongs on a server: in a page, a client
     * with a key can only be made with `dangerouslyAllowBrowser`.
     */
    apiKey?: string | undefined;
    /**
     * How the key is sent: with `"bearer"` as `Authorization: Bearer`, which the reference of the API
     * names first, or as the header `x-api-key`. `"bearer"` when left out.
     */
    auth?: "x-api-key" | "bearer" | undefined;
    /**
     * The URL below which the operations are: the API's own, or that of a proxy. A relative one is
     * resolved when a call is made, as `fetch` would do it.
     * `"https://crmwebhook.com/functions/v1/crm-api"` when left out.
     */
    baseUrl?: string | undefined;
    /**
     * The path or URL at which a proxy made by `centerfy/proxy` stands, instead of `baseUrl` and
     * `apiKey`. Through it nothing is carried out twice, so all operations are tried again alike.
     * Ends with a slash if the framework puts one at the end of every path.
     */
    proxy?: string | undefined;
    /**
     * What sends the requests, for a proxy, a test or a runtime of your own. The global `fetch`,
     * looked for when it is needed, when left out. One around Deno's has to pass on a body that can
     * be read once: Deno by itself sends a POST again when its connection is lost.
     */
    fetch?: FetchLike | undefined;
    /**
     * The longest that one attempt may take, reading its answer included, in milliseconds. 30 000
     * when left out; 0 or `Infinity` for no limit.
     */
    attemptTimeout?: number | undefined;
    /**
     * The longest that a call may take with all its attempts and the waits between them, in
     * milliseconds. Waiting for the rate limiter does not count, and neither does an attempt that the
     * server answered with 429: it was not carried out. 60 000 when left out; 0 or `Infinity` for no
     * limit.
     */
    timeout?: number | undefined;
    /**
     * How often a failed call is tried again, a whole number from 0 up. 2 when left out.
     *
     * `createAgent`, `makeAiCall` and `sendMessage` are only tried again when the server refused
     * them with 429, because a second request would be a second agent, call or message.
     */
    maxRetries?: number | undefined;
    /**
     * How many requests may go out in which time: a limit, `false` for none, or a limiter of your
     * own. `{ requests: 60, perMs: 60_000 }`, which is the API's own limit, when left out.
     *
     * All clients with the same key and base URL share their places, as far as they run in one realm (a
     * page, a worker, a process).
     */
    rateLimit?: RateLimit | RateLimiter | false | undefined;
    /**
     * Allows a client with an `apiKey` in a page. `false` when left out.
     *
     * Whoever opens the page can read the key and use it. Set this only where that is meant, for
     * example in an internal tool.
     */
    dangerouslyAllowBrowser?: boolean | undefined;
    /**
     * Called with every event of every call, for logs, metrics and traces. It runs in the async context
     * (`AsyncLocalStorage`) of the code that made the call. Its exceptions are ignored. Events have neither
     * a key nor a body.
     */
    onEvent?: ((event: CenterfyEvent) => void) | undefined;
}

/** The options of one call. */
export interface RequestOptions {
    /** Ends the call when it aborts: the promise rejects with the signal's `reason`. */
    signal?: AbortSignalLike | undefined;
    /**
     * The longest that one attempt may take, reading its answer included, in milliseconds. The
     * client's `attemptTimeout` when left out; 0 or `Infinity` for no limit.
     */
    attemptTimeout?: number | undefined;
    /**
     * The longest that the call may take with all its attempts and the waits between them, in
     * milliseconds. Waiting for the rate limiter does not count, and neither does an attempt that the
     * server answered with 429: it was not carried out. The client's `timeout` when left out; 0 or
     * `Infinity` for no limit.
     */
    timeout?: number | undefined;
    /**
     * How often the call is tried again when it fails, a whole number from 0 up. The client's
     * `maxRetries` when left out.
     */
    maxRetries?: number | undefined;
    /**
     * What is done once, however often it is asked for with the same key, for a client with `proxy`:
     * 1 to 255 visible ASCII characters without quotes and backslashes. A fresh one for each call
     * when left out. Keep one of your own where a person may press twice, or reload.
     *
     * Of no effect on operations that may be repeated anyway.
     */
    idempotencyKey?: string | undefined;
}

/** A limit: at most so many requests in any window of so much time. */
export interface RateLimit {
    /** How many requests, a whole number from 1 up. */
    requests: number;
    /** The length of the window, in milliseconds. */
    perMs: number;
}

/** A limiter of your own, for example one that several processes share. */
export interface RateLimiter {
    /**
     * Is called before each attempt, retries included, which goes out when it returns or its promise
     * resolves. When it throws or its promise rejects, the call fails with that.
     *
     * It may give a function, which the client calls when the slot can be counted or given back.
     */
    acquire: (info: AcquireInfo) => void | Release | PromiseLike<void | Release>;
    /**
     * Is told of every 429, with the milliseconds for which the server asks, 0 where it names none.
     * What it does with them is its own.
     */
    hold?: ((pause: { ms: number }) => void) | undefined;
}

/**
 * What a limiter of your own gives for an attempt. The client calls it at the end of the attempt.
 *
 * With `true` when the answer's headers have come, or the attempt has failed or was given up after its
 * request was handed to `fetch`: until then the request may arrive at the API, so its slot counts for one
 * window from now on. With `true` once more where `fetch` settles only after the attempt was given up: the
 * request may have arrived until then, so count the slot from then on. With `false`, once, when the request
 * was never handed to `fetch`: its slot is free again. What it throws, or rejects with, changes nothing.
 */
export type Release = (sent: boolean) => void;

/**
 * A voice agent as the server has it.
 *
 * The reference promises `id` and `name`. Everything else can be absent.
 */
export interface Agent {
    /** The agent's id (a UUID). */
    id: string;
    /** The name that people see. */
    name: string;
    /** The voice, for example `Sulafat`. */
    voice_id?: VoiceId;
    /** The longest a call may last, in minutes. */
    max_duration?: number;
    /** The creativity of the language model, from 0 (precise) to 1 (creative). */
    temperature?: number;
    /** How long it is silent before the agent speaks, in seconds. */
    silence_timeout?: number;
    /** The threshold of voice detection, in milliseconds. */
    voice_activity_timeout?: number;
    /** The large language model, for example `gpt-4o-mini`. */
    llm_model?: LlmModel;
    /** The language that the agent speaks, for example `en-US`. */
    language?: Language;
    /** Whether an ambient sound plays during calls. */
    background_noise?: boolean;
    /** Which ambient sound, for example `call_center`. */
    background_type?: BackgroundType;
    /** Whether the agent notices that a voicemail answered. */
    voicemail_detection?: boolean;
    /**
     * What the agent does when a voicemail answered. The server may know more than the two types
     * that requests can have.
     */
    voicemail_type?: VoicemailType | (string & {});
    /** What the agent says to a voicemail. */
    voicemail_message?: string;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The double c is
     * the wire's spelling.
     */
    backcchanneling?: boolean;
    /** Whether the agent is live (`true`) or paused (`false`). */
    is_active?: boolean;
    /** Whether a webhook is called after each call. */
    webhook?: boolean;
    /** The URL of that webhook. */
    webhook_url?: string;
    /** Whether calls are recorded. */
    recording?: boolean;
    /** The organization that the agent belongs to (a UUID). */
    organization_id?: string;
    /** The sub-account that the agent belongs to (a UUID). */
    sub_account_id?: string;
    /** When the agent was created, an ISO 8601 date and time. */
    created_at?: string;
    /** When the agent was last changed, an ISO 8601 date and time. */
    updated_at?: string;
}

/** An agent that is archived. It can be restored in the platform's own pages only. */
export interface ArchivedAgent {
    /** The agent (a UUID). */
    agent_id: string;
    /** When it was archived, an ISO 8601 date and time. */
    archived_at: string;
}

/** An AI call that is under way. */
export interface AiCall {
    /** How far the call has come, for example `call_initiated`. */
    status: CallStatus;
    /** The direction of the call, for example `outbound`. */
    call_type: CallType;
    /** The name of the agent that calls. */
    agent_name: string;
}

/** Where the recording of a call can be played or downloaded. */
export interface CallRecording {
    /** The call (a UUID). */
    call_id: string;
    /** The telephone network's own id of the call, for example `CA1234567890abcdef`. */
    call_sid: string;
    /**
     * The URL that plays or downloads the recording. Whoever has it can listen, so treat it as a
     * secret.
     */
    recording_url: string;
    /**
     * Seconds until the URL expires: 3600 for a signed URL, `null` for an older recording, whose
     * URL does not expire.
     */
    expires_in_seconds: number | null;
}

/** One page of a contact's conversation, the newest message first. */
export interface ContactMessages {
    /** The contact (a UUID). */
    contact_id: string;
    /** Who the contact is. */
    contact: Contact;
    /** The conversation, as `sendMessage` takes it. Not always a UUID, for example `conv_abc123`. */
    conversation_id: string;
    /** The messages of this page, the newest first. */
    messages: Message[];
    /** How many messages the whole conversation has. */
    total: number;
    /** The most messages that this page may have. It can be less than what was asked for. */
    limit: number;
    /** How many of the newest messages were passed over. */
    offset: number;
}

/** Who a contact is. Any of it may be unknown. */
export interface Contact {
    /** The contact's name; `null` or absent when unknown. */
    name?: string | null;
    /** The contact's email address; `null` or absent when unknown. */
    email?: string | null;
    /** The contact's phone number; `null` or absent when unknown. */
    phone?: string | null;
}

/** One message of a conversation. */
export interface Message {
    /** The message's id. Not always a UUID, for example `msg_001`. */
    id: string;
    /** The text. */
    content: string;
    /** Who sent it, for example `agent` or `contact`. */
    sender_type: SenderType;
    /** How it travelled, for example `sms` or `email`. */
    message_type: MessageType;
    /** When it was sent, an ISO 8601 date and time. */
    timestamp: string;
}

/** A message that went out. */
export interface SentMessage {
    /** The message's id. */
    message_id: string;
    /** What went out: with `ai: true` the text that the agent wrote. */
    content: string;
    /** Who sent it, for example `agent`. */
    sender_type: SenderType;
    /** The way it went out. It may be one that requests cannot ask for. */
    channel: Channel | (string & {});
    /** Whether an agent wrote it. */
    ai: boolean;
    /** Whether it was delivered. */
    delivered: boolean;
    /** When it was sent, an ISO 8601 date and time. Only the reference's example shows it. */
    timestamp?: string;
}

/** The attempt for which a limiter of your own is asked for a place. */
export interface AcquireInfo {
    /** The operation that is about to be sent. */
    operation: Operation;
    /** Which attempt of the call it is, from 1 up. */
    attempt: number;
    /**
     * The longest that the attempt may take, in milliseconds, `Infinity` for no limit; the caller calls
     * the function that `acquire` gave within it. A client always gives it. A program that asks a limiter
     * directly may leave it out; then it calls no function, and the slot counts from its grant.
     */
    attemptTimeout?: number;
    /** Aborts when the call is given up. Stop waiting then. */
    signal?: AbortSignalLike;
}

/**
 * What happened to a call. `type` distinguishes the kinds of events.
 *
 * The events of a call are, in order: for each attempt a `"queued"` if it waits for the rate limiter, a
 * `"request"`, then a `"response"` or a `"failure"`, and a `"retry"` if another attempt follows; at the end one
 * `"end"`. After an abort only `"end"` follows.
 *
 * No event has a key, a body, or the query of a signed URL.
 */
export type CenterfyEvent = QueuedEvent | RequestEvent | ResponseEvent | FailureEvent | RetryEvent | EndEvent;

/** An attempt is queued for a slot under the rate limit. */
export interface QueuedEvent {
    /** The kind of event. */
    type: "queued";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the attempt, from 1 up. */
    attempt: number;
    /** The URL to which it will be sent. */
    url: string;
}

/** An attempt is sent. */
export interface RequestEvent {
    /** The kind of event. */
    type: "request";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the attempt, from 1 up. */
    attempt: number;
    /** The URL to which it is sent. */
    url: string;
}

/** An attempt got a response. */
export interface ResponseEvent {
    /** The kind of event. */
    type: "response";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the attempt, from 1 up. */
    attempt: number;
    /** The URL to which it was sent. */
    url: string;
    /** The HTTP status. */
    status: number;
    /** The id that the server, or a gateway in front of it, assigned to the request. */
    requestId?: string;
    /** How long the attempt took, including reading the response, in milliseconds. */
    durationMs: number;
}

/** An attempt got no complete response. */
export interface FailureEvent {
    /** The kind of event. */
    type: "failure";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the attempt, from 1 up. */
    attempt: number;
    /** The URL to which it was sent. */
    url: string;
    /** The HTTP status, 0 if no headers arrived. */
    status: number;
    /** The id that the server, or a gateway in front of it, assigned to the request. */
    requestId?: string;
    /** How long the attempt took, including reading the response, in milliseconds. */
    durationMs: number;
    /** Whether the connection was lost, or `attemptTimeout` or `timeout` expired. */
    reason: "network" | "timeout";
    /** The error that `fetch` rejected with, without the key. Absent after a timeout. */
    error?: unknown;
}

/** An attempt failed, and another one follows. */
export interface RetryEvent {
    /** The kind of event. */
    type: "retry";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the attempt that failed, from 1 up. */
    attempt: number;
    /** The URL to which it was sent. */
    url: string;
    /** Why: the HTTP status of the response, a lost connection, or a timeout. */
    reason: "status" | "network" | "timeout";
    /** How long the call waits before its next attempt, in milliseconds. */
    delayMs: number;
}

/** A call has ended. Every call has one such event. */
export interface EndEvent {
    /** The kind of event. */
    type: "end";
    /** The number of the call, the same in all of its events. No other call of this process or page has it. */
    callId: number;
    /** The operation. */
    operation: Operation;
    /** The number of the last attempt, 0 if no request was sent. */
    attempt: number;
    /** The URL of its requests. Absent if the call was refused before its first request. */
    url?: string;
    /**
     * How the call ended: `"success"`, `"aborted"` by its signal, the `code` of its `CenterfyError`, or `"error"` for
     * an error of another kind, such as one of a custom rate limiter.
     */
    outcome: "success" | "aborted" | "error" | ErrorCode;
    /** How many requests were sent. */
    attempts: number;
    /** How long the call took, with all attempts and waits, in milliseconds. */
    durationMs: number;
    /** How long of it the call was queued for slots under the rate limit, in milliseconds. */
    queuedMs: number;
}

/** The body of an answer that says what went wrong. */
export interface ApiError {
    /** Always `true`. */
    error: true;
    /** What went wrong, in the server's words. */
    message: string;
}

/** The operations, by their names in TypeScript and in the API's OpenAPI document. */
export type Operation = "getAgent" | "createAgent" | "updateAgent" | "archiveAgent" | "makeAiCall" | "getCallRecording" | "getContactMessages" | "sendMessage";

/**
 * Why a call failed.
 *
 * - `validation`: refused before anything was sent. `field` says which field, the message what was
 *   expected.
 * - `bad_request`: the server answered 400.
 * - `authentication`: the server answered 401: the key is missing or wrong.
 * - `permission`: the server answered 403: the organization or sub-account is not the key's.
 * - `not_found`: the server answered 404.
 * - `rate_limited`: the server answered 429: too many requests. `retryAfter` says how long to wait.
 * - `server`: the server answered 500 or above.
 * - `http`: the server answered with another status that is no success, or said
 *   `"error": true` under a success.
 * - `network`: no answer came. `cause` is what `fetch` rejected with.
 * - `timeout`: `attemptTimeout` or `timeout` ran out.
 * - `parse`: the server answered with success, but not with JSON.
 * - `load`: the client's WebAssembly could not be loaded.
 */
export type ErrorCode = "validation" | "bad_request" | "authentication" | "permission" | "not_found" | "rate_limited" | "server" | "http" | "network" | "timeout" | "parse" | "load";

/**
 * A voice. An open list: any string is accepted, these are the voices that the API's reference
 * shows.
 */
export type VoiceId = "Sulafat" | "Aria" | "Ravi" | (string & {});

/**
 * A large language model. An open list: any string is accepted, this is the model that the
 * API's reference shows.
 */
export type LlmModel = "gpt-4o-mini" | (string & {});

/**
 * A language code, language and region. An open list: any string is accepted, this is the code
 * that the API's reference shows.
 */
export type Language = "en-US" | (string & {});

/**
 * An ambient sound. An open list: any string is accepted, this is the sound that the API's
 * reference shows.
 */
export type BackgroundType = "call_center" | (string & {});

/**
 * What the agent does when a voicemail answers: leave a message, or hang up.
 *
 * A closed list in requests; an answer may bring a new value.
 */
export type VoicemailType = "leave_message" | "hangup";

/** How far a call has come. An open list: this is the status that the API's reference shows. */
export type CallStatus = "call_initiated" | (string & {});

/** The direction of a call. An open list: this is the direction that the API's reference shows. */
export type CallType = "outbound" | (string & {});

/**
 * The way a message goes out.
 *
 * A closed list in requests; an answer may bring a new value.
 */
export type Channel = "sms" | "email" | "whatsapp" | "facebook" | "instagram";

/** Who sent a message. An open list: these are the senders that the API's reference shows. */
export type SenderType = "agent" | "contact" | (string & {});

/** How a message travelled. An open list: these are the ways that the API's reference shows. */
export type MessageType = "sms" | "email" | (string & {});

/** The part of `fetch` that the client uses. The `fetch` of every runtime is one. */
export type FetchLike = (url: string, init: FetchInit) => PromiseLike<FetchResponse>;

/** The request that a `fetch` gets, beside its URL. */
export interface FetchInit {
    /** The HTTP method. */
    method: "GET" | "POST" | "PUT";
    /** The headers: the key, `accept` and, where there is a body, `content-type`. */
    headers: Record<string, string>;
    /** The body, a JSON text. */
    body?: string;
    /**
     * An `AbortSignal` that aborts when the attempt is given up. Without a type, because each
     * runtime's `fetch` wants its own.
     */
    signal?: any;
    /** Redirects are not followed: they could carry the key to somebody else. */
    redirect?: "manual";
}

/** The part of a `Response` that the client reads. The responses of every runtime have it. */
export type FetchResponse = {
    /** The HTTP status. */
    readonly status: number;
    /** The headers. */
    readonly headers: {
        /** The value of a header, or `null` when it is not there. */
        get(name: string): string | null;
    };
    /** The body, where the runtime gives it as a stream. */
    readonly body?: unknown;
    /** Reads the whole body. */
    text(): PromiseLike<string>;
};

/** The part of an `AbortSignal` that the client uses. The signals of every runtime have it. */
export type AbortSignalLike = {
    /** Whether it has aborted. */
    readonly aborted: boolean;
    /** Why it aborted: what a call rejects with. */
    readonly reason?: unknown;
    /** Has the listener called when it aborts. */
    addEventListener(type: "abort", listener: () => void): void;
    /** Takes the listener away. */
    removeEventListener(type: "abort", listener: () => void): void;
};
