//! Settings for which the wire has several fields, of which one requires another. Here, each is one enum
//! whose every value is valid.

use serde::{Deserialize, Serialize};

use super::objects::objects;
use super::{BackgroundType, VoicemailType};

/// The ambient sound during an agent's calls.
///
/// On the wire: `background_noise`, and `background_type` when that is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BackgroundNoiseFields", into = "BackgroundNoiseFields")]
#[non_exhaustive]
pub enum BackgroundNoise {
    /// No sound plays.
    Off,
    /// This sound plays.
    On(BackgroundType),
}

#[derive(Serialize)]
pub(super) struct BackgroundNoiseFields {
    pub(super) background_noise: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) background_type: Option<BackgroundType>,
}

objects! {
    BackgroundNoiseFields {
        background_noise,
        background_type,
    }
}

impl From<BackgroundNoise> for BackgroundNoiseFields {
    fn from(noise: BackgroundNoise) -> Self {
        let background_type = match noise {
            BackgroundNoise::Off => None,
            BackgroundNoise::On(sound) => Some(sound),
        };
        Self {
            background_noise: background_type.is_some(),
            background_type,
        }
    }
}

impl TryFrom<BackgroundNoiseFields> for BackgroundNoise {
    type Error = &'static str;

    fn try_from(fields: BackgroundNoiseFields) -> Result<Self, Self::Error> {
        match (fields.background_noise, fields.background_type) {
            (false, _) => Ok(Self::Off),
            (true, Some(sound)) => Ok(Self::On(sound)),
            (true, None) => Err("background_noise: true requires a background_type"),
        }
    }
}

/// What an agent does when a voicemail answers.
///
/// On the wire: `voicemail_detection`; `voicemail_type` when that is true; and `voicemail_message`
/// when the type is `leave_message`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "VoicemailFields", into = "VoicemailFields")]
#[non_exhaustive]
pub enum Voicemail {
    /// The agent does not detect voicemail.
    Off,
    /// The agent hangs up.
    Hangup,
    /// The agent speaks this message, then hangs up.
    LeaveMessage(String),
}

#[derive(Serialize)]
pub(super) struct VoicemailFields {
    pub(super) voicemail_detection: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) voicemail_type: Option<VoicemailType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) voicemail_message: Option<String>,
}

objects! {
    VoicemailFields {
        voicemail_detection,
        voicemail_type,
        voicemail_message,
    }
}

impl From<Voicemail> for VoicemailFields {
    fn from(voicemail: Voicemail) -> Self {
        let (voicemail_type, voicemail_message) = match voicemail {
            Voicemail::Off => (None, None),
            Voicemail::Hangup => (Some(VoicemailType::Hangup), None),
            Voicemail::LeaveMessage(text) => (Some(VoicemailType::LeaveMessage), Some(text)),
        };
        Self {
            voicemail_detection: voicemail_type.is_some(),
            voicemail_type,
            voicemail_message,
        }
    }
}

impl TryFrom<VoicemailFields> for Voicemail {
    type Error = &'static str;

    fn try_from(fields: VoicemailFields) -> Result<Self, Self::Error> {
        let leaves = fields.voicemail_type == Some(VoicemailType::LeaveMessage);
        if leaves && fields.voicemail_message.is_none() {
            return Err("voicemail_type: \"leave_message\" requires a voicemail_message");
        }
        match (fields.voicemail_type, fields.voicemail_message) {
            _ if !fields.voicemail_detection => Ok(Self::Off),
            (None, _) => Err("voicemail_detection: true requires a voicemail_type"),
            (Some(VoicemailType::LeaveMessage), Some(text)) => Ok(Self::LeaveMessage(text)),
            (Some(_), _) => Ok(Self::Hangup),
        }
    }
}

/// The webhook that is called after each of an agent's calls.
///
/// On the wire: `webhook`, and `webhook_url` when that is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WebhookFields", into = "WebhookFields")]
#[non_exhaustive]
pub enum Webhook {
    /// No URL is called.
    Off,
    /// This URL is called.
    Url(String),
}

#[derive(Serialize)]
pub(super) struct WebhookFields {
    pub(super) webhook: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) webhook_url: Option<String>,
}

objects! {
    WebhookFields {
        webhook,
        webhook_url,
    }
}

impl From<Webhook> for WebhookFields {
    fn from(webhook: Webhook) -> Self {
        let webhook_url = match webhook {
            Webhook::Off => None,
            Webhook::Url(url) => Some(url),
        };
        Self {
            webhook: webhook_url.is_some(),
            webhook_url,
        }
    }
}

impl TryFrom<WebhookFields> for Webhook {
    type Error = &'static str;

    fn try_from(fields: WebhookFields) -> Result<Self, Self::Error> {
        match (fields.webhook, fields.webhook_url) {
            (false, _) => Ok(Self::Off),
            (true, Some(url)) => Ok(Self::Url(url)),
            (true, None) => Err("webhook: true requires a webhook_url"),
        }
    }
}
