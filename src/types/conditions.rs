//! The rules by which one field of a new agent requires another, as enums of which every value is
//! legal.
//!
//! Each enum has a variant in which the required field is there; then the field that requires it may
//! be anything. In its other variants the requiring field has a value that requires nothing. (So in
//! TypeScript a flag that is only known at run time needs no case of its own, as it would with `true`
//! in the one and `false` in the other variant.) The module `patches` has the same for a change,
//! where every field may be left out.
//!
//! The order of the variants and the alphabetical order of their structs are the same, with the
//! variant that requires least at the end. TypeScript explains a refused request by the last of the
//! variants that come into question, in 5 and 6 by the one order, in 7 by the other, and so names the
//! field that is missing. `tests/types/` holds it to that.

use serde::{Deserialize, Serialize};

use super::{BackgroundType, False, Hangup, VoicemailType};

/// The ambient sound of a new agent. With `background_noise: true` a `background_type` is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum BackgroundNoise {
    /// A sound is named.
    Named(BackgroundNoiseNamed),
    /// No sound.
    Off(BackgroundNoiseOff),
}

/// An ambient sound by its name. It plays when `background_noise` is true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BackgroundNoiseNamed {
    /// Whether an ambient sound plays during calls.
    pub background_noise: bool,
    /// Which ambient sound, for example `call_center`.
    pub background_type: BackgroundType,
}

/// No ambient sound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BackgroundNoiseOff {
    /// Whether an ambient sound plays during calls. For `true` a `background_type` is required.
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub background_noise: False,
    /// Which ambient sound, for example `call_center`. Without a sound it is not needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_type: Option<BackgroundType>,
}

impl BackgroundNoise {
    /// This sound plays during calls.
    #[must_use]
    pub fn on(background_type: impl Into<BackgroundType>) -> Self {
        Self::Named(BackgroundNoiseNamed {
            background_noise: true,
            background_type: background_type.into(),
        })
    }

    /// No sound plays.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(BackgroundNoiseOff::default())
    }
}

/// What a new agent does when a voicemail answers. With `voicemail_detection: true` a
/// `voicemail_type` is required, and with `voicemail_type: "leave_message"` a `voicemail_message`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Voicemail {
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailComplete {
    /// Whether the agent notices that a voicemail answered.
    pub voicemail_detection: bool,
    /// What it does then: leave the message, or hang up.
    pub voicemail_type: VoicemailType,
    /// What the agent says to a voicemail.
    pub voicemail_message: String,
}

/// Hanging up when a voicemail answers. No message is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailHangup {
    /// Whether the agent notices that a voicemail answered.
    pub voicemail_detection: bool,
    /// What it does then: hang up. For `"leave_message"` a `voicemail_message` is required.
    #[cfg_attr(feature = "typescript", tsify(type = "\"hangup\""))]
    pub voicemail_type: Hangup,
    /// What the agent says to a voicemail. For hanging up it is not needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
}

/// Not noticing voicemails, with a message for when it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailKept {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub voicemail_detection: False,
    /// What it would do then: leave the message, or hang up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_type: Option<VoicemailType>,
    /// What the agent would say to a voicemail.
    pub voicemail_message: String,
}

/// Not noticing voicemails.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailOff {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub voicemail_detection: False,
    /// What it would do then. For `"leave_message"` a `voicemail_message` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "\"hangup\""))]
    pub voicemail_type: Option<Hangup>,
    /// What the agent would say to a voicemail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
}

impl Voicemail {
    /// When a voicemail answers, the agent says this message and hangs up.
    #[must_use]
    pub fn leave_message(message: impl Into<String>) -> Self {
        Self::Complete(VoicemailComplete {
            voicemail_detection: true,
            voicemail_type: VoicemailType::LeaveMessage,
            voicemail_message: message.into(),
        })
    }

    /// When a voicemail answers, the agent hangs up.
    #[must_use]
    pub fn hangup() -> Self {
        Self::Hangup(VoicemailHangup {
            voicemail_detection: true,
            voicemail_type: Hangup::Hangup,
            voicemail_message: None,
        })
    }

    /// The agent does not notice voicemails.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(VoicemailOff::default())
    }
}

/// The webhook of a new agent. With `webhook: true` a `webhook_url` is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Webhook {
    /// A URL is given.
    Addressed(WebhookAddressed),
    /// No webhook.
    Off(WebhookOff),
}

/// A webhook by its URL. It is called when `webhook` is true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct WebhookAddressed {
    /// Whether the webhook is called after each call.
    pub webhook: bool,
    /// The URL of the webhook.
    pub webhook_url: String,
}

/// No webhook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct WebhookOff {
    /// Whether the webhook is called after each call. For `true` a `webhook_url` is required. That
    /// the field itself is required is inferred, the reference does not say.
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub webhook: False,
    /// The URL of the webhook. Without a webhook it is not needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
}

impl Webhook {
    /// This URL is called after each call.
    #[must_use]
    pub fn on(url: impl Into<String>) -> Self {
        Self::Addressed(WebhookAddressed {
            webhook: true,
            webhook_url: url.into(),
        })
    }

    /// Nothing is called.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(WebhookOff::default())
    }
}
