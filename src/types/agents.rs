//! Agents: what they are, and how they are made, changed and archived.

use serde::{Deserialize, Serialize};

use super::answer::answers;
use super::conditions::{BackgroundNoiseFields, VoicemailFields, WebhookFields};
use super::objects::objects;
use super::{
    BackgroundNoise, BackgroundType, Language, LlmModel, Open, Scope, VoiceId, Voicemail,
    VoicemailType, Webhook, numbers,
};

declare! { requests: AgentSettings, CreateAgentRequest, UpdateAgentRequest; others: Agent, ArchivedAgent }

answers! {
    /// A voice agent, as the server returns it.
    ///
    /// The reference guarantees `id` and `name`. All other fields can be absent.
    pub struct Agent {
        /// The agent's id (a UUID).
        pub id: String,
        /// The name that people see.
        pub name: String,
        /// The voice, for example `Sulafat`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub voice_id: Option<VoiceId>,
        /// The maximum duration of a call, in minutes.
        #[serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "numbers::write_some"
        )]
        pub max_duration: Option<f64>,
        /// The creativity of the language model, from 0 (precise) to 1 (creative).
        #[serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "numbers::write_some"
        )]
        pub temperature: Option<f64>,
        /// How long the agent waits in silence before it speaks, in seconds.
        #[serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "numbers::write_some"
        )]
        pub silence_timeout: Option<f64>,
        /// The threshold of voice detection, in milliseconds.
        #[serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "numbers::write_some"
        )]
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
        /// Whether the agent detects that a voicemail answered.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub voicemail_detection: Option<bool>,
        /// What the agent does when a voicemail answers. Responses may have types other than the two that
        /// requests accept.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", tsify(type = "VoicemailType | (string & {})"))]
        pub voicemail_type: Option<Open<VoicemailType>>,
        /// What the agent says to a voicemail.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub voicemail_message: Option<String>,
        /// Whether the agent acknowledges with short words while the other side speaks. The API
        /// spells it with a double c.
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
    }
}

/// The settings of a new agent. The API requires all of them; there are no defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "typescript",
    derive(tsify::Tsify),
    tsify(rename = "NewAgent")
)]
#[serde(expecting = "an object")]
pub struct AgentSettings {
    /// The name that people see.
    pub name: String,
    /// The voice, for example `Sulafat`.
    pub voice_id: VoiceId,
    /// The maximum duration of a call, in minutes.
    #[serde(serialize_with = "numbers::write")]
    pub max_duration: f64,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    #[serde(serialize_with = "numbers::write")]
    pub temperature: f64,
    /// How long the agent waits in silence before it speaks, in seconds.
    #[serde(serialize_with = "numbers::write")]
    pub silence_timeout: f64,
    /// The threshold of voice detection, in milliseconds.
    #[serde(serialize_with = "numbers::write")]
    pub voice_activity_timeout: f64,
    /// The large language model, for example `gpt-4o-mini`.
    pub llm_model: LlmModel,
    /// The language that the agent speaks, for example `en-US`.
    pub language: Language,
    /// The ambient sound: the fields `background_noise` and `background_type`.
    #[serde(flatten)]
    pub background_noise: BackgroundNoise,
    /// What happens when a voicemail answers: the fields `voicemail_detection`, `voicemail_type` and
    /// `voicemail_message`.
    #[serde(flatten)]
    pub voicemail: Voicemail,
    /// Whether the agent acknowledges with short words while the other side speaks. The API
    /// spells it with a double c. The reference does not say that it is required; this is inferred.
    pub backcchanneling: bool,
    /// Whether the agent is live (`true`) or paused (`false`). The reference does not say that it is
    /// required; this is inferred.
    pub is_active: bool,
    /// The webhook after each call: the fields `webhook` and `webhook_url`.
    #[serde(flatten)]
    pub webhook: Webhook,
    /// Whether calls are recorded. The reference does not say that it is required; this is inferred.
    pub recording: bool,
}

/// An agent to create. Each request creates another agent.
///
/// On the wire, four fields require another one: `background_noise: true` requires a
/// `background_type`, `voicemail_detection: true` a `voicemail_type`,
/// `voicemail_type: "leave_message"` a `voicemail_message`, and `webhook: true` a `webhook_url`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(expecting = "an object")]
#[non_exhaustive]
pub struct CreateAgentRequest {
    /// Its settings.
    #[serde(flatten)]
    pub settings: AgentSettings,
    /// The organization that the agent will belong to (a UUID). It must be the API key's.
    pub organization_id: String,
    /// The sub-account that the agent will belong to (a UUID). It must be the API key's.
    pub sub_account_id: String,
}

impl CreateAgentRequest {
    /// Creates a request for an agent with these settings, in this organization and sub-account.
    ///
    /// ```
    /// use centerfy::types::{
    ///     AgentSettings, BackgroundNoise, BackgroundType, CreateAgentRequest, Language, LlmModel, Scope,
    ///     VoiceId, Voicemail, Webhook,
    /// };
    ///
    /// let settings = AgentSettings {
    ///     name: "Sales Bot".into(),
    ///     voice_id: VoiceId::SULAFAT,
    ///     max_duration: 10.0,
    ///     temperature: 0.4,
    ///     silence_timeout: 5.0,
    ///     voice_activity_timeout: 300.0,
    ///     llm_model: LlmModel::GPT_4O_MINI,
    ///     language: Language::EN_US,
    ///     background_noise: BackgroundNoise::On(BackgroundType::CALL_CENTER),
    ///     voicemail: Voicemail::LeaveMessage("Hello, we will call again tomorrow.".into()),
    ///     backcchanneling: true,
    ///     is_active: true,
    ///     webhook: Webhook::Off,
    ///     recording: true,
    /// };
    /// let scope = Scope {
    ///     organization_id: "00000000-0000-4000-8000-000000000003".into(),
    ///     sub_account_id: "00000000-0000-4000-8000-000000000004".into(),
    /// };
    /// let json = serde_json::to_value(CreateAgentRequest::new(settings, scope))?;
    /// assert_eq!(json["voicemail_type"], "leave_message");
    /// assert_eq!(json["max_duration"], 10);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn new(settings: AgentSettings, scope: Scope) -> Self {
        Self {
            settings,
            organization_id: scope.organization_id,
            sub_account_id: scope.sub_account_id,
        }
    }
}

/// The fields of an agent to change. An omitted field keeps its value.
///
/// The conditional rules of `CreateAgentRequest` apply to the fields that are sent. The agent's
/// organization and sub-account cannot be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct UpdateAgentRequest {
    /// The name that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The voice, for example `Sulafat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<VoiceId>,
    /// The maximum duration of a call, in minutes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "numbers::write_some"
    )]
    pub max_duration: Option<f64>,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "numbers::write_some"
    )]
    pub temperature: Option<f64>,
    /// How long the agent waits in silence before it speaks, in seconds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "numbers::write_some"
    )]
    pub silence_timeout: Option<f64>,
    /// The threshold of voice detection, in milliseconds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "numbers::write_some"
    )]
    pub voice_activity_timeout: Option<f64>,
    /// The large language model, for example `gpt-4o-mini`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub llm_model: Option<LlmModel>,
    /// The language that the agent speaks, for example `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether an ambient sound plays during calls. If `true`, a `background_type` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_noise: Option<bool>,
    /// Which ambient sound, for example `call_center`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_type: Option<BackgroundType>,
    /// Whether the agent detects that a voicemail answered. If `true`, a `voicemail_type` is
    /// required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_detection: Option<bool>,
    /// What it does then: leave the message, or hang up. For `"leave_message"`, a
    /// `voicemail_message` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_type: Option<VoicemailType>,
    /// What the agent says to a voicemail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_message: Option<String>,
    /// Whether the agent acknowledges with short words while the other side speaks. The API
    /// spells it with a double c.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backcchanneling: Option<bool>,
    /// Whether the agent is live (`true`) or paused (`false`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// Whether the webhook is called after each call. If `true`, a `webhook_url` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<bool>,
    /// The URL of the webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Whether calls are recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<bool>,
}

objects! {
    UpdateAgentRequest {
        name,
        voice_id,
        max_duration,
        temperature,
        silence_timeout,
        voice_activity_timeout,
        llm_model,
        language,
        background_noise,
        background_type,
        voicemail_detection,
        voicemail_type,
        voicemail_message,
        backcchanneling,
        is_active,
        webhook,
        webhook_url,
        recording,
    }
}

/// All fields of the agent that a request can have: to change some of them, or to copy them to another
/// agent. A voicemail type that this version does not know is omitted.
impl From<&Agent> for UpdateAgentRequest {
    fn from(agent: &Agent) -> Self {
        let agent = agent.clone();
        Self {
            name: Some(agent.name),
            voice_id: agent.voice_id,
            max_duration: agent.max_duration,
            temperature: agent.temperature,
            silence_timeout: agent.silence_timeout,
            voice_activity_timeout: agent.voice_activity_timeout,
            llm_model: agent.llm_model,
            language: agent.language,
            background_noise: agent.background_noise,
            background_type: agent.background_type,
            voicemail_detection: agent.voicemail_detection,
            voicemail_type: match agent.voicemail_type {
                Some(Open::Known(known)) => Some(known),
                Some(Open::Other(_)) | None => None,
            },
            voicemail_message: agent.voicemail_message,
            backcchanneling: agent.backcchanneling,
            is_active: agent.is_active,
            webhook: agent.webhook,
            webhook_url: agent.webhook_url,
            recording: agent.recording,
        }
    }
}

impl UpdateAgentRequest {
    /// Creates a request without changes.
    ///
    /// ```
    /// use centerfy::types::{UpdateAgentRequest, Webhook};
    ///
    /// let patch = UpdateAgentRequest::new()
    ///     .temperature(1.0)
    ///     .webhook(Webhook::Url("https://example.com/calls".into()));
    /// let json = serde_json::to_string(&patch)?;
    /// assert_eq!(
    ///     json,
    ///     r#"{"temperature":1,"webhook":true,"webhook_url":"https://example.com/calls"}"#
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes the name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Changes the voice, for example to [`VoiceId::SULAFAT`].
    #[must_use]
    pub fn voice_id(mut self, voice: impl Into<VoiceId>) -> Self {
        self.voice_id = Some(voice.into());
        self
    }

    /// Changes the maximum duration of a call, in minutes.
    #[must_use]
    pub fn max_duration(mut self, minutes: f64) -> Self {
        self.max_duration = Some(minutes);
        self
    }

    /// Changes the creativity of the language model, from 0 (precise) to 1 (creative).
    #[must_use]
    pub fn temperature(mut self, temperature: f64) -> Self {
        self.temperature = Some(temperature);
        self
    }

    /// Changes how long the agent waits in silence before it speaks, in seconds.
    #[must_use]
    pub fn silence_timeout(mut self, seconds: f64) -> Self {
        self.silence_timeout = Some(seconds);
        self
    }

    /// Changes the threshold of voice detection, in milliseconds.
    #[must_use]
    pub fn voice_activity_timeout(mut self, milliseconds: f64) -> Self {
        self.voice_activity_timeout = Some(milliseconds);
        self
    }

    /// Changes the large language model, for example to [`LlmModel::GPT_4O_MINI`].
    #[must_use]
    pub fn llm_model(mut self, model: impl Into<LlmModel>) -> Self {
        self.llm_model = Some(model.into());
        self
    }

    /// Changes the language, for example to [`Language::EN_US`].
    #[must_use]
    pub fn language(mut self, language: impl Into<Language>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Changes the ambient sound, or turns it off: the fields `background_noise` and `background_type`.
    #[must_use]
    pub fn background_noise(mut self, noise: BackgroundNoise) -> Self {
        let fields = BackgroundNoiseFields::from(noise);
        self.background_noise = Some(fields.background_noise);
        self.background_type = fields.background_type;
        self
    }

    /// Changes how the agent handles voicemail: the fields `voicemail_detection`, `voicemail_type` and
    /// `voicemail_message`.
    #[must_use]
    pub fn voicemail(mut self, voicemail: Voicemail) -> Self {
        let fields = VoicemailFields::from(voicemail);
        self.voicemail_detection = Some(fields.voicemail_detection);
        self.voicemail_type = fields.voicemail_type;
        self.voicemail_message = fields.voicemail_message;
        self
    }

    /// Sets whether the agent acknowledges with short words while the other side speaks.
    #[must_use]
    pub fn backcchanneling(mut self, on: bool) -> Self {
        self.backcchanneling = Some(on);
        self
    }

    /// Sets whether the agent is live (`true`) or paused (`false`).
    #[must_use]
    pub fn is_active(mut self, live: bool) -> Self {
        self.is_active = Some(live);
        self
    }

    /// Changes the webhook, or turns it off: the fields `webhook` and `webhook_url`.
    #[must_use]
    pub fn webhook(mut self, webhook: Webhook) -> Self {
        let fields = WebhookFields::from(webhook);
        self.webhook = Some(fields.webhook);
        self.webhook_url = fields.webhook_url;
        self
    }

    /// Sets whether calls are recorded.
    #[must_use]
    pub fn recording(mut self, on: bool) -> Self {
        self.recording = Some(on);
        self
    }
}

answers! {
    /// An archived agent. It can be restored only in the platform's own pages.
    pub struct ArchivedAgent {
        /// The agent (a UUID).
        pub agent_id: String,
        /// When it was archived, an ISO 8601 date and time.
        pub archived_at: String,
    }
}
