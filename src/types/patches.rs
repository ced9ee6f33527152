//! The rules by which one field of a change requires another, as enums of which every value is
//! legal. Every field may be left out, and the rules hold among those that are sent.

use serde::{Deserialize, Serialize};

use super::{BackgroundType, False, Hangup, VoicemailType};

/// The change of the ambient sound. With `background_noise: true` a `background_type` is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum BackgroundNoisePatch {
    /// A sound is named.
    Named(BackgroundNoiseNamedPatch),
    /// No sound is named.
    Off(BackgroundNoiseOffPatch),
}

/// An ambient sound by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BackgroundNoiseNamedPatch {
    /// Whether an ambient sound plays during calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_noise: Option<bool>,
    /// Which ambient sound, for example `call_center`.
    pub background_type: BackgroundType,
}

/// No ambient sound, or no change of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BackgroundNoiseOffPatch {
    /// Whether an ambient sound plays during calls. For `true` a `background_type` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub background_noise: Option<False>,
    /// Which ambient sound, for example `call_center`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_type: Option<BackgroundType>,
}

impl BackgroundNoisePatch {
    /// This sound plays during calls from now on.
    #[must_use]
    pub fn on(background_type: impl Into<BackgroundType>) -> Self {
        Self::Named(BackgroundNoiseNamedPatch {
            background_noise: Some(true),
            background_type: background_type.into(),
        })
    }

    /// No sound plays from now on.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(BackgroundNoiseOffPatch {
            background_noise: Some(False),
            background_type: None,
        })
    }
}

impl Default for BackgroundNoisePatch {
    fn default() -> Self {
        Self::Off(BackgroundNoiseOffPatch::default())
    }
}

/// The change of what happens when a voicemail answers. With `voicemail_detection: true` a
/// `voicemail_type` is required, and with `voicemail_type: "leave_message"` a `voicemail_message`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum VoicemailPatch {
    /// Both a type and a message are given.
    Complete(VoicemailCompletePatch),
    /// The agent hangs up.
    Hangup(VoicemailHangupPatch),
    /// A message is given.
    Kept(VoicemailKeptPatch),
    /// Neither is needed.
    Off(VoicemailOffPatch),
}

/// A message for voicemails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailCompletePatch {
    /// Whether the agent notices that a voicemail answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_detection: Option<bool>,
    /// What it does then: leave the message, or hang up.
    pub voicemail_type: VoicemailType,
    /// What the agent says to a voicemail.
    pub voicemail_message: String,
}

/// Hanging up when a voicemail answers. No message is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailHangupPatch {
    /// Whether the agent notices that a voicemail answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_detection: Option<bool>,
    /// What it does then: hang up. For `"leave_message"` a `voicemail_message` is required.
    #[cfg_attr(feature = "typescript", tsify(type = "\"hangup\""))]
    pub voicemail_type: Hangup,
    /// What the agent says to a voicemail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
}

/// A message for voicemails, without noticing them or without a change of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailKeptPatch {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub voicemail_detection: Option<False>,
    /// What it does then: leave the message, or hang up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_type: Option<VoicemailType>,
    /// What the agent says to a voicemail.
    pub voicemail_message: String,
}

/// Not noticing voicemails, or no change of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VoicemailOffPatch {
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub voicemail_detection: Option<False>,
    /// What it does then. For `"leave_message"` a `voicemail_message` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "\"hangup\""))]
    pub voicemail_type: Option<Hangup>,
    /// What the agent says to a voicemail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
}

impl VoicemailPatch {
    /// When a voicemail answers, the agent says this message and hangs up from now on.
    #[must_use]
    pub fn leave_message(message: impl Into<String>) -> Self {
        Self::Complete(VoicemailCompletePatch {
            voicemail_detection: Some(true),
            voicemail_type: VoicemailType::LeaveMessage,
            voicemail_message: message.into(),
        })
    }

    /// When a voicemail answers, the agent hangs up from now on.
    #[must_use]
    pub fn hangup() -> Self {
        Self::Hangup(VoicemailHangupPatch {
            voicemail_detection: Some(true),
            voicemail_type: Hangup::Hangup,
            voicemail_message: None,
        })
    }

    /// The agent does not notice voicemails from now on.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(VoicemailOffPatch {
            voicemail_detection: Some(False),
            ..VoicemailOffPatch::default()
        })
    }
}

impl Default for VoicemailPatch {
    fn default() -> Self {
        Self::Off(VoicemailOffPatch::default())
    }
}

/// The change of the webhook. With `webhook: true` a `webhook_url` is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum WebhookPatch {
    /// A URL is given.
    Addressed(WebhookAddressedPatch),
    /// No URL is given.
    Off(WebhookOffPatch),
}

/// A webhook by its URL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct WebhookAddressedPatch {
    /// Whether the webhook is called after each call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<bool>,
    /// The URL of the webhook.
    pub webhook_url: String,
}

/// No webhook, or no change of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct WebhookOffPatch {
    /// Whether the webhook is called after each call. For `true` a `webhook_url` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub webhook: Option<False>,
    /// The URL of the webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
}

impl WebhookPatch {
    /// This URL is called after each call from now on.
    #[must_use]
    pub fn on(url: impl Into<String>) -> Self {
        Self::Addressed(WebhookAddressedPatch {
            webhook: Some(true),
            webhook_url: url.into(),
        })
    }

    /// Nothing is called from now on.
    #[must_use]
    pub fn off() -> Self {
        Self::Off(WebhookOffPatch {
            webhook: Some(False),
            webhook_url: None,
        })
    }
}

impl Default for WebhookPatch {
    fn default() -> Self {
        Self::Off(WebhookOffPatch::default())
    }
}
