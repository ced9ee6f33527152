//! What really happened in a world, whatever its clients were told.

use serde::Serialize;

/// A message that went out to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DeliveredMessage {
    /// The message's id.
    pub message_id: String,
    /// The conversation that it is in.
    pub conversation_id: String,
    /// The channel that it went out on, for example `sms`.
    pub channel: String,
    /// The text that went out, also when the AI wrote it.
    pub content: String,
    /// Whether an agent wrote it.
    pub ai: bool,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// What really happened since the world was made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Happened {
    pub(crate) agents_created: u64,
    /// The ids of calls that were made through the API.
    pub(crate) calls: Vec<String>,
    pub(crate) messages: Vec<DeliveredMessage>,
}
