//! The requests and answers of the API, its options, events and errors.
//!
//! These structs and enums are the one source of two things: what the typed client for Rust callers
//! sends and receives, and the npm package's TypeScript (feature `typescript`, see
//! `declarations`). They describe the JSON on the wire:
//!
//! * names are the wire's own (`voice_id`, and `backcchanneling` with its double c);
//! * a field that may be absent is an `Option`, and one that may be `null` says so;
//! * an open list is a string with known values (see [`VoiceId`]), a closed one an enum;
//! * a rule such as "with `webhook: true` a `webhook_url` is required" is an enum of which every
//!   value is legal, so that an illegal request can be built neither in Rust nor in TypeScript;
//! * fields that an answer brings beyond the known ones are kept (see [`Unlisted`]).
//!
//! ```
//! use centerfy::types::{
//!     BackgroundNoise, BackgroundType, CreateAgentRequest, Language, LlmModel, VoiceId, Voicemail,
//!     Webhook,
//! };
//!
//! let request = CreateAgentRequest {
//!     name: "Sales Bot".into(),
//!     voice_id: VoiceId::SULAFAT,
//!     max_duration: 10.0,
//!     temperature: 0.4,
//!     silence_timeout: 5.0,
//!     voice_activity_timeout: 300.0,
//!     llm_model: LlmModel::GPT_4O_MINI,
//!     language: Language::EN_US,
//!     backcchanneling: true,
//!     is_active: true,
//!     recording: true,
//!     organization_id: "8d4fd2f2-6fd4-4b4f-8b6c-6cbb1d9a7a51".into(),
//!     sub_account_id: "d1f6c5f3-0f5e-4a43-9a0e-0d6a5f7a3c11".into(),
//!     background_noise: BackgroundNoise::on(BackgroundType::CALL_CENTER),
//!     voicemail: Voicemail::leave_message("Hello, we will call again tomorrow."),
//!     webhook: Webhook::off(),
//! };
//! let json = serde_json::to_value(&request)?;
//! assert_eq!(json["voicemail_type"], "leave_message");
//! assert_eq!(json["webhook"], false);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod agents;
mod calls;
mod conditions;
#[cfg(feature = "typescript")]
mod declarations;
mod errors;
#[cfg(feature = "typescript")]
mod events;
mod messages;
mod open;
#[cfg(feature = "typescript")]
mod options;
mod patches;
mod wire;

pub use agents::{
    Agent, ArchiveAgentRequest, ArchivedAgent, CreateAgentRequest, UpdateAgentRequest,
};
pub use calls::{AiCall, CallRecording, MakeAiCallRequest};
pub use conditions::{
    BackgroundNoise, BackgroundNoiseNamed, BackgroundNoiseOff, Voicemail, VoicemailComplete,
    VoicemailHangup, VoicemailKept, VoicemailOff, Webhook, WebhookAddressed, WebhookOff,
};
#[cfg(feature = "typescript")]
pub use declarations::declarations;
pub use errors::ApiError;
#[cfg(feature = "typescript")]
pub use errors::{ErrorCode, Operation};
#[cfg(feature = "typescript")]
pub use events::{CenterfyEvent, QueuedEvent, RequestEvent, ResponseEvent, RetryEvent};
pub use messages::{
    AgentWritten, AsWritten, Author, Channel, Contact, ContactMessages, ContactMessagesQuery,
    Message, SendMessageRequest, SentMessage,
};
pub use open::{
    BackgroundType, CallStatus, CallType, Language, LlmModel, MessageType, Open, SenderType,
    VoiceId, VoicemailType,
};
#[cfg(feature = "typescript")]
pub use options::{
    AbortSignalLike, AcquireInfo, CenterfyOptions, FetchInit, FetchLike, FetchResponse, RateLimit,
    RateLimiter, RequestOptions,
};
pub use patches::{
    BackgroundNoiseNamedPatch, BackgroundNoiseOffPatch, BackgroundNoisePatch,
    VoicemailCompletePatch, VoicemailHangupPatch, VoicemailKeptPatch, VoicemailOffPatch,
    VoicemailPatch, WebhookAddressedPatch, WebhookOffPatch, WebhookPatch,
};
pub use wire::{False, Hangup, Never, Unlisted};
