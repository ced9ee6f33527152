// Made by `cargo xtask build` from the crate's src/types/. Do not edit.

import type { Author, BackgroundNoise, Voicemail, Webhook } from "./conditions.js";

export type * from "./client-events.js";
export type * from "./client-options.js";
export type * from "./conditions.js";
export type * from "./error-codes.js";

export interface UpdateAgentRequest {
    /** Not accepted: an agent stays in its organization. */
    organization_id?: never | undefined;
    /** Not accepted: an agent stays in its sub-account. */
    sub_account_id?: never | undefined;
}

/** The names of the operations. */
export type Operation = "getAgent" | "createAgent" | "updateAgent" | "archiveAgent" | "makeAiCall" | "getCallRecording" | "getContactMessages" | "sendMessage";

/**
 * The settings of a new agent. The API requires all of them; there are no defaults.
 */
export type NewAgent = BackgroundNoise & Voicemail & Webhook & {
    /**
     * The name that people see.
     */
    name: string;
    /**
     * The voice, for example `Sulafat`.
     */
    voice_id: VoiceId;
    /**
     * The maximum duration of a call, in minutes.
     */
    max_duration: number;
    /**
     * The creativity of the language model, from 0 (precise) to 1 (creative).
     */
    temperature: number;
    /**
     * How long the agent waits in silence before it speaks, in seconds.
     */
    silence_timeout: number;
    /**
     * The threshold of voice detection, in milliseconds.
     */
    voice_activity_timeout: number;
    /**
     * The large language model, for example `gpt-4o-mini`.
     */
    llm_model: LlmModel;
    /**
     * The language that the agent speaks, for example `en-US`.
     */
    language: Language;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The API
     * spells it with a double c. The reference does not say that it is required; this is inferred.
     */
    backcchanneling: boolean;
    /**
     * Whether the agent is live (`true`) or paused (`false`). The reference does not say that it is
     * required; this is inferred.
     */
    is_active: boolean;
    /**
     * Whether calls are recorded. The reference does not say that it is required; this is inferred.
     */
    recording: boolean;
};

/**
 * An agent to create. Each request creates another agent.
 *
 * On the wire, four fields require another one: `background_noise: true` requires a
 * `background_type`, `voicemail_detection: true` a `voicemail_type`,
 * `voicemail_type: "leave_message"` a `voicemail_message`, and `webhook: true` a `webhook_url`.
 */
export type CreateAgentRequest = NewAgent & {
    /**
     * The organization that the agent will belong to (a UUID). It must be the API key's.
     */
    organization_id: string;
    /**
     * The sub-account that the agent will belong to (a UUID). It must be the API key's.
     */
    sub_account_id: string;
};

/**
 * The fields of an agent to change. An omitted field keeps its value.
 *
 * The conditional rules of `CreateAgentRequest` apply to the fields that are sent. The agent's
 * organization and sub-account cannot be changed.
 */
export interface UpdateAgentRequest {
    /**
     * The name that people see.
     */
    name?: string | undefined;
    /**
     * The voice, for example `Sulafat`.
     */
    voice_id?: VoiceId | undefined;
    /**
     * The maximum duration of a call, in minutes.
     */
    max_duration?: number | undefined;
    /**
     * The creativity of the language model, from 0 (precise) to 1 (creative).
     */
    temperature?: number | undefined;
    /**
     * How long the agent waits in silence before it speaks, in seconds.
     */
    silence_timeout?: number | undefined;
    /**
     * The threshold of voice detection, in milliseconds.
     */
    voice_activity_timeout?: number | undefined;
    /**
     * The large language model, for example `gpt-4o-mini`.
     */
    llm_model?: LlmModel | undefined;
    /**
     * The language that the agent speaks, for example `en-US`.
     */
    language?: Language | undefined;
    /**
     * Whether an ambient sound plays during calls. If `true`, a `background_type` is required.
     */
    background_noise?: boolean | undefined;
    /**
     * Which ambient sound, for example `call_center`.
     */
    background_type?: BackgroundType | undefined;
    /**
     * Whether the agent detects that a voicemail answered. If `true`, a `voicemail_type` is
     * required.
     */
    voicemail_detection?: boolean | undefined;
    /**
     * What it does then: leave the message, or hang up. For `"leave_message"`, a
     * `voicemail_message` is required.
     */
    voicemail_type?: VoicemailType | undefined;
    /**
     * What the agent says to a voicemail.
     */
    voicemail_message?: string | undefined;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The API
     * spells it with a double c.
     */
    backcchanneling?: boolean | undefined;
    /**
     * Whether the agent is live (`true`) or paused (`false`).
     */
    is_active?: boolean | undefined;
    /**
     * Whether the webhook is called after each call. If `true`, a `webhook_url` is required.
     */
    webhook?: boolean | undefined;
    /**
     * The URL of the webhook.
     */
    webhook_url?: string | undefined;
    /**
     * Whether calls are recorded.
     */
    recording?: boolean | undefined;
}

/**
 * A voice agent, as the server returns it.
 *
 * The reference guarantees `id` and `name`. All other fields can be absent.
 */
export interface Agent {
    /**
     * The agent's id (a UUID).
     */
    id: string;
    /**
     * The name that people see.
     */
    name: string;
    /**
     * The voice, for example `Sulafat`.
     */
    voice_id?: VoiceId;
    /**
     * The maximum duration of a call, in minutes.
     */
    max_duration?: number;
    /**
     * The creativity of the language model, from 0 (precise) to 1 (creative).
     */
    temperature?: number;
    /**
     * How long the agent waits in silence before it speaks, in seconds.
     */
    silence_timeout?: number;
    /**
     * The threshold of voice detection, in milliseconds.
     */
    voice_activity_timeout?: number;
    /**
     * The large language model, for example `gpt-4o-mini`.
     */
    llm_model?: LlmModel;
    /**
     * The language that the agent speaks, for example `en-US`.
     */
    language?: Language;
    /**
     * Whether an ambient sound plays during calls.
     */
    background_noise?: boolean;
    /**
     * Which ambient sound, for example `call_center`.
     */
    background_type?: BackgroundType;
    /**
     * Whether the agent detects that a voicemail answered.
     */
    voicemail_detection?: boolean;
    /**
     * What the agent does when a voicemail answers. Responses may have types other than the two that
     * requests accept.
     */
    voicemail_type?: VoicemailType | (string & {});
    /**
     * What the agent says to a voicemail.
     */
    voicemail_message?: string;
    /**
     * Whether the agent acknowledges with short words while the other side speaks. The API
     * spells it with a double c.
     */
    backcchanneling?: boolean;
    /**
     * Whether the agent is live (`true`) or paused (`false`).
     */
    is_active?: boolean;
    /**
     * Whether a webhook is called after each call.
     */
    webhook?: boolean;
    /**
     * The URL of that webhook.
     */
    webhook_url?: string;
    /**
     * Whether calls are recorded.
     */
    recording?: boolean;
    /**
     * The organization that the agent belongs to (a UUID).
     */
    organization_id?: string;
    /**
     * The sub-account that the agent belongs to (a UUID).
     */
    sub_account_id?: string;
    /**
     * When the agent was created, an ISO 8601 date and time.
     */
    created_at?: string;
    /**
     * When the agent was last changed, an ISO 8601 date and time.
     */
    updated_at?: string;
}

/**
 * An archived agent. It can be restored only in the platform's own pages.
 */
export interface ArchivedAgent {
    /**
     * The agent (a UUID).
     */
    agent_id: string;
    /**
     * When it was archived, an ISO 8601 date and time.
     */
    archived_at: string;
}

/**
 * The contact of an AI call. The agent is the operation's first argument.
 *
 * The contact's phone is dialed immediately, and each request is another phone call.
 */
export interface MakeAiCallRequest {
    /**
     * The contact to call, by its id (a UUID).
     */
    contact_id: string;
    /**
     * The organization (a UUID). It must be the API key's.
     */
    organization_id: string;
    /**
     * The sub-account (a UUID). It must be the API key's.
     */
    sub_account_id: string;
}

/**
 * An AI call in progress.
 */
export interface AiCall {
    /**
     * The status of the call, for example `call_initiated`.
     */
    status: CallStatus;
    /**
     * The direction of the call, for example `outbound`.
     */
    call_type: CallType;
    /**
     * The name of the agent that calls.
     */
    agent_name: string;
}

/**
 * Where the recording of a call can be played or downloaded.
 */
export interface CallRecording {
    /**
     * The call (a UUID).
     */
    call_id: string;
    /**
     * The call's id at the telephone carrier, for example `CA1234567890abcdef`.
     */
    call_sid: string;
    /**
     * The URL that plays or downloads the recording. Anyone with the URL can listen, so treat it as
     * a secret.
     */
    recording_url: string;
    /**
     * Seconds until the URL expires: 3600 for a signed URL, `null` for an older recording, whose
     * URL does not expire.
     */
    expires_in_seconds: number | null;
}

/**
 * Which part of a conversation to read. The newest message is number 0.
 */
export interface ContactMessagesQuery {
    /**
     * The maximum number of messages per page: an integer from 1 to 200.
     * Defaults to 50.
     */
    limit?: number | undefined;
    /**
     * How many of the newest messages to skip: a non-negative integer. Defaults to 0.
     */
    offset?: number | undefined;
}

/**
 * A message to send. It reaches a real person, and each request is another message.
 */
export type SendMessageRequest = Author & {
    /**
     * The text to send or, with `ai: true`, the prompt from which the agent writes it.
     */
    content: string;
    /**
     * The conversation, as `getContactMessages` returns it. Not always a UUID, for example
     * `conv_abc123`.
     */
    conversation_id: string;
    /**
     * The channel.
     */
    channel: Channel;
    /**
     * The inbound message that this one answers.
     */
    message_id?: string | undefined;
};

/**
 * One page of a contact's conversation, newest message first.
 */
export interface ContactMessages {
    /**
     * The contact (a UUID).
     */
    contact_id: string;
    /**
     * The contact's name and addresses.
     */
    contact: Contact;
    /**
     * The conversation, as `sendMessage` takes it. Not always a UUID, for example `conv_abc123`.
     */
    conversation_id: string;
    /**
     * The messages of this page, newest first.
     */
    messages: Message[];
    /**
     * How many messages the whole conversation has.
     */
    total: number;
    /**
     * The maximum number of messages on this page. It can be less than the requested limit.
     */
    limit: number;
    /**
     * How many of the newest messages were skipped.
     */
    offset: number;
}

/**
 * A contact. Any field may be unknown.
 */
export interface Contact {
    /**
     * The contact's name; `null` or absent when unknown.
     */
    name?: string | null;
    /**
     * The contact's email address; `null` or absent when unknown.
     */
    email?: string | null;
    /**
     * The contact's phone number; `null` or absent when unknown.
     */
    phone?: string | null;
}

/**
 * One message of a conversation.
 */
export interface Message {
    /**
     * The message's id. Not always a UUID, for example `msg_001`.
     */
    id: string;
    /**
     * The text.
     */
    content: string;
    /**
     * The sender, for example `agent` or `contact`.
     */
    sender_type: SenderType;
    /**
     * The channel, for example `sms` or `email`.
     */
    message_type: MessageType;
    /**
     * When it was sent, an ISO 8601 date and time.
     */
    timestamp: string;
}

/**
 * A message that was sent.
 */
export interface SentMessage {
    /**
     * The message's id.
     */
    message_id: string;
    /**
     * The text that was sent: with `ai: true`, the text that the agent wrote.
     */
    content: string;
    /**
     * The sender, for example `agent`.
     */
    sender_type: SenderType;
    /**
     * The channel. It may be one that requests do not accept.
     */
    channel: Channel | (string & {});
    /**
     * Whether an agent wrote it.
     */
    ai: boolean;
    /**
     * Whether it was delivered.
     */
    delivered: boolean;
    /**
     * When it was sent, an ISO 8601 date and time. Only the reference's example shows it.
     */
    timestamp?: string;
}

/**
 * The channel of a message.
 *
 * A closed list in requests; a response may contain a new value.
 */
export type Channel = "sms" | "email" | "whatsapp" | "facebook" | "instagram";

/**
 * The body of an error response.
 */
export interface ApiError {
    /**
     * Always `true`.
     */
    error: true;
    /**
     * The server's message.
     */
    message: string;
}

/**
 * A voice. An open list: any string is accepted; these are the voices that the API's reference
 * shows.
 */
export type VoiceId = "Sulafat" | "Aria" | "Ravi" | (string & {});

/**
 * A large language model. An open list: any string is accepted; this is the model that the
 * API's reference shows.
 */
export type LlmModel = "gpt-4o-mini" | (string & {});

/**
 * A language code with a region. An open list: any string is accepted; this is the code
 * that the API's reference shows.
 */
export type Language = "en-US" | (string & {});

/**
 * An ambient sound. An open list: any string is accepted; this is the sound that the API's
 * reference shows.
 */
export type BackgroundType = "call_center" | (string & {});

/**
 * What the agent does when a voicemail answers: leave a message, or hang up.
 *
 * A closed list in requests; a response may contain a new value.
 */
export type VoicemailType = "leave_message" | "hangup";

/**
 * The status of a call. An open list: this is the status that the API's reference shows.
 */
export type CallStatus = "call_initiated" | (string & {});

/**
 * The direction of a call. An open list: this is the direction that the API's reference shows.
 */
export type CallType = "outbound" | (string & {});

/**
 * The sender of a message. An open list: these are the senders that the API's reference shows.
 */
export type SenderType = "agent" | "contact" | (string & {});

/**
 * The channel of a message. An open list: these are the channels that the API's reference shows.
 */
export type MessageType = "sms" | "email" | (string & {});
