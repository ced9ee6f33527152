//! What really happened in a world, whatever its clients were told.

/// What reached a person.
#[derive(Debug, Clone)]
pub(crate) struct SentMessage {
    pub(crate) message_id: String,
    pub(crate) conversation_id: String,
    pub(crate) channel: String,
    pub(crate) content: String,
    pub(crate) ai: bool,
    pub(crate) at_ms: u64,
}

/// What really happened since the world was made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deliveries {
    pub(crate) agents_created: u64,
    /// The ids of calls that were made through the API.
    pub(crate) calls: Vec<String>,
    pub(crate) messages: Vec<SentMessage>,
}
