//! The typed client: it performs the actions that [`crate::call`] decides on, using [`host`].

mod answer;
mod builder;
mod cause;
mod characters;
mod envelope;
mod error;
mod event;
mod exchange;
mod exclusive;
mod field;
mod headers;
mod host;
mod keys;
mod messages;
mod misfit;
mod prepare;
mod queue;
mod rate_limiter;
mod request;
mod response;
mod run;
mod settings;
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
#[cfg_attr(
    not(any(feature = "native", feature = "transport")),
    allow(dead_code, reason = "nothing can send there")
)]
mod wire;

use std::fmt;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use cause::Cause;
pub use error::{CenterfyError, Failure, Issue};
pub use event::{Event, EventKind};
pub use headers::Headers;
pub use messages::{MessageStream, NextMessage};
pub(crate) use prepare::{Argument, argument};
pub use rate_limiter::{Acquire, Permit, RateLimiter};
pub use request::{ApiRequest, WithResponse};
pub use response::ApiResponse;
pub use settings::{Auth, RateLimit};
#[cfg(feature = "transport")]
pub use wire::service::{BoxError, RequestBody};

use crate::operations::Operation;
use crate::types::{
    Agent, AiCall, ArchivedAgent, CallRecording, ContactMessages, ContactMessagesQuery,
    CreateAgentRequest, MakeAiCallRequest, SendMessageRequest, SentMessage, UpdateAgentRequest,
};
use settings::Settings;

/// A client of the Centerfy AI API.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

impl Client {
    /// Creates a client with this API key (`cfy_…`) and the default options. This sends no request and
    /// starts no timer.
    ///
    /// # Errors
    /// [`CenterfyError::Validation`] if the key is empty or contains characters other than visible
    /// ASCII, or if the program runs in a page, where anyone can read the key. In a page, use
    /// [`ClientBuilder::proxy`], [`ClientBuilder::base_url`] or
    /// [`ClientBuilder::dangerously_allow_browser`].
    pub fn new(api_key: impl Into<String>) -> Result<Self, CenterfyError> {
        Self::builder().api_key(api_key).build()
    }

    /// Returns a builder with the default options.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Retrieves an agent.
    pub fn get_agent(&self, agent_id: &str) -> ApiRequest<Agent> {
        self.request(Operation::GetAgent, vec![Argument::Id(agent_id.into())])
    }

    /// Creates an agent. Every request creates another agent, so without a
    /// [`proxy`](ClientBuilder::proxy) this is retried only after 429.
    ///
    /// ```no_run
    /// # use centerfy::{CenterfyError, Client};
    /// use centerfy::types::{
    ///     AgentSettings, BackgroundNoise, BackgroundType, CreateAgentRequest, Language, LlmModel,
    ///     Scope, VoiceId, Voicemail, Webhook,
    /// };
    ///
    /// # async fn example(client: Client, scope: Scope) -> Result<(), CenterfyError> {
    /// let settings = AgentSettings {
    ///     name: "Sales Bot".into(),
    ///     voice_id: VoiceId::SULAFAT,
    ///     max_duration: 30.0,
    ///     temperature: 0.4,
    ///     silence_timeout: 10.0,
    ///     voice_activity_timeout: 400.0,
    ///     llm_model: LlmModel::GPT_4O_MINI,
    ///     language: Language::EN_US,
    ///     background_noise: BackgroundNoise::On(BackgroundType::CALL_CENTER),
    ///     voicemail: Voicemail::LeaveMessage("Please call us back.".into()),
    ///     backcchanneling: true,
    ///     is_active: true,
    ///     webhook: Webhook::Off,
    ///     recording: true,
    /// };
    /// let agent = client.create_agent(&CreateAgentRequest::new(settings, scope)).await?;
    /// println!("created {}", agent.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_agent(&self, request: &CreateAgentRequest) -> ApiRequest<Agent> {
        self.request(Operation::CreateAgent, vec![Argument::of(request)])
    }

    /// Updates the given fields of an agent. The other fields keep their values.
    ///
    /// ```no_run
    /// # use centerfy::{CenterfyError, Client};
    /// use centerfy::types::UpdateAgentRequest;
    ///
    /// # async fn example(client: Client) -> Result<(), CenterfyError> {
    /// let pause = UpdateAgentRequest::new().is_active(false);
    /// client.update_agent("00000000-0000-4000-8000-000000000001", &pause).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_agent(&self, agent_id: &str, patch: &UpdateAgentRequest) -> ApiRequest<Agent> {
        let arguments = vec![Argument::Id(agent_id.into()), Argument::of(patch)];
        self.request(Operation::UpdateAgent, arguments)
    }

    /// Archives an agent. An archived agent stays archived: no operation restores it.
    pub fn archive_agent(&self, agent_id: &str) -> ApiRequest<ArchivedAgent> {
        self.request(Operation::ArchiveAgent, vec![Argument::Id(agent_id.into())])
    }

    /// Makes an agent call a contact. The phone rings immediately, and every request makes another call,
    /// so without a [`proxy`](ClientBuilder::proxy) this is retried only after 429.
    pub fn make_ai_call(&self, agent_id: &str, request: &MakeAiCallRequest) -> ApiRequest<AiCall> {
        let arguments = vec![Argument::Id(agent_id.into()), Argument::of(request)];
        self.request(Operation::MakeAiCall, arguments)
    }

    /// Retrieves the URL of a call's recording, by the call's id or its `call_sid`.
    pub fn get_call_recording(&self, call_id: &str) -> ApiRequest<CallRecording> {
        self.request(
            Operation::GetCallRecording,
            vec![Argument::Id(call_id.into())],
        )
    }

    /// Retrieves a page of a contact's messages, newest first.
    /// [`contact_messages`](Self::contact_messages) iterates over all pages.
    pub fn get_contact_messages(
        &self,
        contact_id: &str,
        query: ContactMessagesQuery,
    ) -> ApiRequest<ContactMessages> {
        let arguments = vec![Argument::Id(contact_id.into()), Argument::of(&query)];
        self.request(Operation::GetContactMessages, arguments)
    }

    /// Sends a message to a person. Every request sends another message, so without a
    /// [`proxy`](ClientBuilder::proxy) this is retried only after 429.
    ///
    /// ```no_run
    /// # use centerfy::{CenterfyError, Client};
    /// use centerfy::types::{Author, Channel, SendMessageRequest};
    ///
    /// # async fn example(client: Client) -> Result<(), CenterfyError> {
    /// let request = SendMessageRequest::new(
    ///     "conv_abc123",
    ///     Channel::Sms,
    ///     Author::AsWritten,
    ///     "Your appointment is confirmed.",
    /// );
    /// let sent = client.send_message(&request).await?;
    /// println!("delivered: {}", sent.delivered);
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_message(&self, request: &SendMessageRequest) -> ApiRequest<SentMessage> {
        self.request(Operation::SendMessage, vec![Argument::of(request)])
    }

    /// Returns a stream of all messages of a contact, newest first. It requests page after page.
    pub fn contact_messages(&self, contact_id: &str) -> MessageStream {
        MessageStream::new(self, contact_id)
    }

    pub(crate) fn request<T>(
        &self,
        operation: Operation,
        arguments: Vec<Argument>,
    ) -> ApiRequest<T> {
        ApiRequest::new(&self.settings, operation, arguments)
    }
}

/// Compares by identity: a client equals itself and its clones.
impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.settings, &other.settings)
    }
}

impl Eq for Client {}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The settings' `Debug` omits the key.
        f.debug_tuple("Client").field(&self.settings).finish()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod answers_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod words_tests;
