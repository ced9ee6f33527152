//! Agents: what they are, and how they are made, changed and archived.

use serde::{Deserialize, Serialize};

use super::{
    BackgroundNoise, BackgroundNoisePatch, BackgroundType, Language, LlmModel, Never, Open,
    Unlisted, VoiceId, Voicemail, VoicemailPatch, VoicemailType, Webhook, WebhookPatch,
};

/// A voice agent as the server has it.
///
/// The reference promises `id` and `name`. Everything else can be absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Agent {
    /// The agent's id (a UUID).
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// The voice, for example `Sulafat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// The longest a call may last, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<f64>,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// How long it is silent before the agent speaks, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_timeout: Option<f64>,
    /// The threshold of voice detection, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_activity_timeout: Option<f64>,
    /// The large language model, for example `gpt-4o-mini`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub llm_model: Option<LlmModel>,
    /// The language that the agent speaks, for example `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether an ambient sound plays during calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_noise: Option<bool>,
    /// Which ambient sound, for example `call_center`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_type: Option<BackgroundType>,
    /// Whether the agent notices that a voicemail answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_detection: Option<bool>,
    /// What the agent does when a voicemail answered. The server may know more than the two types
    /// that requests can have.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "VoicemailType | (string & {})"))]
    pub voicemail_type: Option<Open<VoicemailType>>,
    /// What the agent says to a voicemail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
    /// Whether the agent acknowledges with short words while the other side speaks. The double c is
    /// the wire's spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backcchanneling: Option<bool>,
    /// Whether the agent is live (`true`) or paused (`false`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// Whether a webhook is called after each call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<bool>,
    /// The URL of that webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Whether calls are recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<bool>,
    /// The organization that the agent belongs to (a UUID).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The sub-account that the agent belongs to (a UUID).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_account_id: Option<String>,
    /// When the agent was created, an ISO 8601 date and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When the agent was last changed, an ISO 8601 date and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}

/// An agent to create. Every further request creates a further agent.
///
/// Four fields require another one: `background_noise: true` a `background_type`,
/// `voicemail_detection: true` a `voicemail_type`, `voicemail_type: "leave_message"` a
/// `voicemail_message`, and `webhook: true` a `webhook_url`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CreateAgentRequest {
    /// The name that people see.
    pub name: String,
    /// The voice, for example `Sulafat`.
    pub voice_id: VoiceId,
    /// The longest a call may last, in minutes.
    pub max_duration: f64,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    pub temperature: f64,
    /// How long it is silent before the agent speaks, in seconds.
    pub silence_timeout: f64,
    /// The threshold of voice detection, in milliseconds.
    pub voice_activity_timeout: f64,
    /// The large language model, for example `gpt-4o-mini`.
    pub llm_model: LlmModel,
    /// The language that the agent speaks, for example `en-US`.
    pub language: Language,
    /// Whether the agent acknowledges with short words while the other side speaks. The double c is
    /// the wire's spelling. That it is required is inferred, the reference does not say.
    pub backcchanneling: bool,
    /// Whether the agent is live (`true`) or paused (`false`). That it is required is inferred, the
    /// reference does not say.
    pub is_active: bool,
    /// Whether calls are recorded. That it is required is inferred, the reference does not say.
    pub recording: bool,
    /// The organization that the agent will belong to (a UUID). It must be the API key's.
    pub organization_id: String,
    /// The sub-account that the agent will belong to (a UUID). It must be the API key's.
    pub sub_account_id: String,
    /// The ambient sound: the fields `background_noise` and `background_type`.
    #[serde(flatten)]
    pub background_noise: BackgroundNoise,
    /// What happens when a voicemail answers: the fields `voicemail_detection`, `voicemail_type` and
    /// `voicemail_message`.
    #[serde(flatten)]
    pub voicemail: Voicemail,
    /// The webhook after each call: the fields `webhook` and `webhook_url`.
    #[serde(flatten)]
    pub webhook: Webhook,
}

/// The fields of an agent to change. A field that is left out keeps its value.
///
/// The rules of creating an agent hold among the fields that are sent. The agent's organization and
/// sub-account cannot be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct UpdateAgentRequest {
    /// The name that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The voice, for example `Sulafat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// The longest a call may last, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<f64>,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// How long it is silent before the agent speaks, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_timeout: Option<f64>,
    /// The threshold of voice detection, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_activity_timeout: Option<f64>,
    /// The large language model, for example `gpt-4o-mini`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub llm_model: Option<LlmModel>,
    /// The language that the agent speaks, for example `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether the agent acknowledges with short words while the other side speaks. The double c is
    /// the wire's spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backcchanneling: Option<bool>,
    /// Whether the agent is live (`true`) or paused (`false`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// Whether calls are recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<bool>,
    /// Not accepted: an agent stays in its organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "never"))]
    pub organization_id: Option<Never>,
    /// Not accepted: an agent stays in its sub-account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "never"))]
    pub sub_account_id: Option<Never>,
    /// The ambient sound: the fields `background_noise` and `background_type`.
    #[serde(flatten)]
    pub background_noise: BackgroundNoisePatch,
    /// What happens when a voicemail answers: the fields `voicemail_detection`, `voicemail_type` and
    /// `voicemail_message`.
    #[serde(flatten)]
    pub voicemail: VoicemailPatch,
    /// The webhook after each call: the fields `webhook` and `webhook_url`.
    #[serde(flatten)]
    pub webhook: WebhookPatch,
}

/// The body that archives an agent. In TypeScript the id is the operation's argument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArchiveAgentRequest {
    /// The agent (a UUID).
    pub agent_id: String,
}

/// An agent that is archived. It can be restored in the platform's own pages only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ArchivedAgent {
    /// The agent (a UUID).
    pub agent_id: String,
    /// When it was archived, an ISO 8601 date and time.
    pub archived_at: String,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}
