// The rules by which one field of a request requires another, as unions whose every value is valid. In
// Rust they are enums of another shape (`src/types/conditions.rs`).
//
// Each union has a member in which the required field is present; there, the field that requires it may
// have any value. In the other members, that field has a value that requires nothing. So a flag that is
// known only at run time needs no special case.
//
// The members are in alphabetical order, and the one that requires least is the last: TypeScript explains
// an invalid request by the last member that can apply, and so names the missing field. `tests/types/`
// asserts it.
import type { BackgroundType, CreateAgentRequest, VoicemailType } from "./types.js";

/**
 * All fields of a new agent in one flat interface, to build an agent step by step.
 * {@link CreateAgentRequest} has the same fields, with the rules by which one field requires another.
 */
export interface AgentSettings extends Pick<CreateAgentRequest, keyof CreateAgentRequest> {}

/** The ambient sound of a new agent. With `background_noise: true`, a `background_type` is required. */
export type BackgroundNoise = BackgroundNoiseNamed | BackgroundNoiseOff;

/** A named ambient sound. It plays if `background_noise` is true. */
export interface BackgroundNoiseNamed {
    /** Whether an ambient sound plays during calls. */
    background_noise: boolean;
    /** Which ambient sound, for example `call_center`. */
    background_type: BackgroundType;
}

/** No ambient sound. */
export interface BackgroundNoiseOff {
    /** Whether an ambient sound plays during calls. If `true`, a `background_type` is required. */
    background_noise: false;
    /** Which ambient sound, for example `call_center`. Not needed without a sound. */
    background_type?: BackgroundType | undefined;
}

/**
 * What a new agent does when a voicemail answers. With `voicemail_detection: true`, a
 * `voicemail_type` is required, and with `voicemail_type: "leave_message"`, a `voicemail_message`.
 */
export type Voicemail = VoicemailComplete | VoicemailHangup | VoicemailKept | VoicemailOff;

/** A message for voicemails. It is left if `voicemail_type` is `"leave_message"`. */
export interface VoicemailComplete {
    /** Whether the agent detects that a voicemail answered. */
    voicemail_detection: boolean;
    /** What it does then: leave the message, or hang up. */
    voicemail_type: VoicemailType;
    /** What the agent says to a voicemail. */
    voicemail_message: string;
}

/** The agent hangs up when a voicemail answers. No message is needed. */
export interface VoicemailHangup {
    /** Whether the agent detects that a voicemail answered. */
    voicemail_detection: boolean;
    /** What it does then: hang up. For `"leave_message"`, a `voicemail_message` is required. */
    voicemail_type: "hangup";
    /** What the agent says to a voicemail. Hanging up does not need it. */
    voicemail_message?: string | undefined;
}

/** The agent does not detect voicemails, but has a message for them. */
export interface VoicemailKept {
    /**
     * Whether the agent detects that a voicemail answered. If `true`, a `voicemail_type` is
     * required.
     */
    voicemail_detection: false;
    /** What it would do then: leave the message, or hang up. */
    voicemail_type?: VoicemailType | undefined;
    /** What the agent would say to a voicemail. */
    voicemail_message: string;
}

/** The agent does not detect voicemails. */
export interface VoicemailOff {
    /**
     * Whether the agent detects that a voicemail answered. If `true`, a `voicemail_type` is
     * required.
     */
    voicemail_detection: false;
    /** What it would do then. For `"leave_message"`, a `voicemail_message` is required. */
    voicemail_type?: "hangup" | undefined;
    /** What the agent would say to a voicemail. */
    voicemail_message?: string | undefined;
}

/** The webhook of a new agent. With `webhook: true`, a `webhook_url` is required. */
export type Webhook = WebhookAddressed | WebhookOff;

/** A webhook with a URL. It is called if `webhook` is true. */
export interface WebhookAddressed {
    /** Whether the webhook is called after each call. */
    webhook: boolean;
    /** The URL of the webhook. */
    webhook_url: string;
}

/** No webhook. */
export interface WebhookOff {
    /** Whether the webhook is called after each call. If `true`, a `webhook_url` is required. */
    webhook: false;
    /** The URL of the webhook. Not needed without a webhook. */
    webhook_url?: string | undefined;
}

/** The author of a message's text. With `ai: true`, an `agent_id` is required. */
export type Author = AgentWritten | AsWritten;

/** A message with an agent. The agent writes it if `ai` is true. */
export interface AgentWritten {
    /** `false`: the `content` is sent verbatim. `true`: the agent writes the reply. */
    ai: boolean;
    /** The agent (a UUID). It must be active and belong to the conversation's sub-account. */
    agent_id: string;
}

/** A message that is sent verbatim. */
export interface AsWritten {
    /** `false`: the `content` is sent verbatim. If `true`, an `agent_id` is required. */
    ai: false;
    /** The agent (a UUID). It must be active and belong to the conversation's sub-account. */
    agent_id?: string | undefined;
}
