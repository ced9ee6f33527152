//! The typed client: it does what [`crate::call`] decides, with what [`host`] has.

mod answer;
mod builder;
mod cause;
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

use serde::Serialize;
use serde_json::Value;

pub use builder::ClientBuilder;
pub use cause::Cause;
pub use error::{CenterfyError, Failure};
pub use event::{Event, EventKind};
pub use headers::Headers;
pub use messages::{MessageStream, NextMessage};
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
    /// A client with this API key (`cfy_…`), and every option at its default. It sends nothing, and
    /// starts no timer.
    ///
    /// # Errors
    /// [`CenterfyError::Validation`] where the key cannot be a header's value, or this is a page:
    /// whoever opens it can read the key.
    /// [`ClientBuilder::dangerously_allow_browser`] and [`ClientBuilder::base_url`] are for pages.
    pub fn new(api_key: impl Into<String>) -> Result<Self, CenterfyError> {
        Self::builder().api_key(api_key).build()
    }

    /// Sets up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Reads an agent.
    pub fn get_agent(&self, agent_id: &str) -> ApiRequest<Agent> {
        self.request(Operation::GetAgent, vec![agent_id.into()])
    }

    /// Creates an agent. Every further request creates a further agent, so it is never sent again
    /// unless the server refused it with 429.
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
    /// println!("made {}", agent.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_agent(&self, request: &CreateAgentRequest) -> ApiRequest<Agent> {
        self.request(Operation::CreateAgent, vec![json(request)])
    }

    /// Changes the fields of an agent that are given.
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
        let arguments = vec![agent_id.into(), json(patch)];
        self.request(Operation::UpdateAgent, arguments)
    }

    /// Archives an agent; one that is archived stays so. No operation restores it.
    pub fn archive_agent(&self, agent_id: &str) -> ApiRequest<ArchivedAgent> {
        self.request(Operation::ArchiveAgent, vec![agent_id.into()])
    }

    /// Lets an agent call a contact. The phone rings at once, and every further request is a further
    /// call, so it is never sent again unless the server refused it with 429.
    pub fn make_ai_call(&self, agent_id: &str, request: &MakeAiCallRequest) -> ApiRequest<AiCall> {
        let arguments = vec![agent_id.into(), json(request)];
        self.request(Operation::MakeAiCall, arguments)
    }

    /// Asks for the URL of a call's recording, by the call's id or its `call_sid`.
    pub fn get_call_recording(&self, call_id: &str) -> ApiRequest<CallRecording> {
        self.request(Operation::GetCallRecording, vec![call_id.into()])
    }

    /// Reads a page of a contact's conversation, the newest message first.
    /// [`contact_messages`](Self::contact_messages) reads all of it.
    pub fn get_contact_messages(
        &self,
        contact_id: &str,
        query: ContactMessagesQuery,
    ) -> ApiRequest<ContactMessages> {
        let arguments = vec![contact_id.into(), json(&query)];
        self.request(Operation::GetContactMessages, arguments)
    }

    /// Sends a message to a person. Every further request is a further message, so it is never sent
    /// again unless the server refused it with 429.
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
        self.request(Operation::SendMessage, vec![json(request)])
    }

    /// All messages of a contact, the newest first, page after page.
    pub fn contact_messages(&self, contact_id: &str) -> MessageStream {
        MessageStream::new(self, contact_id)
    }

    pub(crate) fn request<T>(&self, operation: Operation, arguments: Vec<Value>) -> ApiRequest<T> {
        ApiRequest::new(&self.settings, operation, arguments)
    }
}

/// A request as JSON. What cannot be written becomes `null`, which the checks refuse.
fn json(request: &impl Serialize) -> Value {
    serde_json::to_value(request).unwrap_or_default()
}

/// By identity: a client equals itself and its clones.
impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.settings, &other.settings)
    }
}

impl Eq for Client {}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Settings show themselves without the key.
        f.debug_tuple("Client").field(&self.settings).finish()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod answers_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod words_tests;
