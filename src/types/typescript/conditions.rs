//! The rules by which one field of a request requires another, as unions of which every value is
//! legal. In Rust they are enums of another shape (`crate::types::Voicemail`).
//!
//! Each enum has a variant in which the required field is there; then the field that requires it may
//! be anything. In its other variants the requiring field has a value that requires nothing. (So in
//! TypeScript a flag that is only known at run time needs no case of its own, as it would with `true`
//! in the one and `false` in the other variant.)
//!
//! The order of the variants and the alphabetical order of their structs are the same, with the
//! variant that requires least at the end. TypeScript explains a refused request by the last of the
//! variants that come into question, in 5 and 6 by the one order, in 7 by the other, and so names the
//! field that is missing. `tests/types/` holds it to that.

use crate::types::{BackgroundType, VoicemailType};

/// The ambient sound of a new agent. With `background_noise: true` a `background_type` is required.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum BackgroundNoise {
    /// A sound is named.
    Named(BackgroundNoiseNamed),
    /// No sound.
    Off(BackgroundNoiseOff),
}

/// An ambient sound by its name. It plays when `background_noise` is true.
#[derive(tsify::Tsify)]
pub(super) struct BackgroundNoiseNamed {
    /// Whether an ambient sound plays during calls.
    pub(super) background_noise: bool,
    /// Which ambient sound, for example `call_center`.
    pub(super) background_type: BackgroundType,
}

/// No ambient sound.
#[derive(tsify::Tsify)]
pub(super) struct BackgroundNoiseOff {
    /// Whether an ambient sound plays during calls. For `true` a `background_type` is required.
    #[tsify(type = "false")]
    pub(super) background_noise: (),
    /// Which ambient sound, for example `call_center`. Without a sound it is not needed.
    #[tsify(optional)]
    pub(super) background_type: BackgroundType,
}

/// What a new agent does when a voicemail answers. With `voicemail_detection: true` a
/// `voicemail_type` is required, and with `voicemail_type: "leave_message"` a `voicemail_message`.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum Voicemail {
    /// Both a type and a message are given.
    Complete(VoicemailComplete),
    /// It hangs up, when it notices voicemails at all.
    Hangup(VoicemailHangup),
    /// It does not notice voicemails; a message is kept for when it does.
    Kept(VoicemailKept),
    /// It does not notice voicemails.
    Off(VoicemailOff),
}

/// A message for voicemails. It is left when `voicemail_type` says so.
#[derive(tsify::Tsify)]
pub(super) struct VoicemailComplete {
    /// Whether the agent notices that a voicemail answered.
    pub(super) voicemail_detection: bool,
    /// What it does then: leave the message, or hang up.
    pub(super) voicemail_type: VoicemailType,
    /// What the agent says to a voicemail.
    pub(super) voicemail_message: String,
}

/// Hanging up when a voicemail answers. No message is needed.
#[derive(tsify::Tsify)]
pub(super) struct VoicemailHangup {
    /// Whether the agent notices that a voicemail answered.
    pub(super) voicemail_detection: bool,
    /// What it does then: hang up. For `"leave_message"` a `voicemail_message` is required.
    #[tsify(type = "\"hangup\"")]
    pub(super) voicemail_type: (),
    /// What the agent says to a voicemail. For hanging up it is not needed.
    #[tsify(optional)]
    pub(super) voicemail_message: String,
}

/// Not noticing voicemails, with a message for when it does.
#[derive(tsify::Tsify)]
pub(super) struct VoicemailKept {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[tsify(type = "false")]
    pub(super) voicemail_detection: (),
    /// What it would do then: leave the message, or hang up.
    #[tsify(optional)]
    pub(super) voicemail_type: VoicemailType,
    /// What the agent would say to a voicemail.
    pub(super) voicemail_message: String,
}

/// Not noticing voicemails.
#[derive(tsify::Tsify)]
pub(super) struct VoicemailOff {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[tsify(type = "false")]
    pub(super) voicemail_detection: (),
    /// What it would do then. For `"leave_message"` a `voicemail_message` is required.
    #[tsify(optional, type = "\"hangup\"")]
    pub(super) voicemail_type: (),
    /// What the agent would say to a voicemail.
    #[tsify(optional)]
    pub(super) voicemail_message: String,
}

/// The webhook of a new agent. With `webhook: true` a `webhook_url` is required.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum Webhook {
    /// A URL is given.
    Addressed(WebhookAddressed),
    /// No webhook.
    Off(WebhookOff),
}

/// A webhook by its URL. It is called when `webhook` is true.
#[derive(tsify::Tsify)]
pub(super) struct WebhookAddressed {
    /// Whether the webhook is called after each call.
    pub(super) webhook: bool,
    /// The URL of the webhook.
    pub(super) webhook_url: String,
}

/// No webhook.
#[derive(tsify::Tsify)]
pub(super) struct WebhookOff {
    /// Whether the webhook is called after each call. For `true` a `webhook_url` is required. That
    /// the field itself is required is inferred, the reference does not say.
    #[tsify(type = "false")]
    pub(super) webhook: (),
    /// The URL of the webhook. Without a webhook it is not needed.
    #[tsify(optional)]
    pub(super) webhook_url: String,
}

/// Who writes the text of a message. With `ai: true` an `agent_id` is required.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum Author {
    /// An agent is named.
    Agent(AgentWritten),
    /// The `content` goes out as it is.
    AsWritten(AsWritten),
}

/// A message for which an agent is named. The agent writes it when `ai` is true.
#[derive(tsify::Tsify)]
pub(super) struct AgentWritten {
    /// `false`: the `content` goes out as it is. `true`: the agent writes the reply.
    pub(super) ai: bool,
    /// The agent (a UUID). It must be active and belong to the conversation's sub-account.
    pub(super) agent_id: String,
}

/// A message that goes out as it is.
#[derive(tsify::Tsify)]
pub(super) struct AsWritten {
    /// `false`: the `content` goes out as it is. For `true` an `agent_id` is required.
    #[tsify(type = "false")]
    pub(super) ai: (),
    /// The agent (a UUID). It must be active and belong to the conversation's sub-account.
    #[tsify(optional)]
    pub(super) agent_id: String,
}
