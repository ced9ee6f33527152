//! Messages that contacts write.

use serde_json::{Map, Value};

/// A message that a contact writes, for [`Sandbox::receive`](crate::Sandbox::receive).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct IncomingMessage {
    contact_id: String,
    content: String,
    message_type: String,
    sender_type: String,
}

impl IncomingMessage {
    /// An SMS from the contact with that id.
    pub fn new(contact_id: impl Into<String>, content: impl Into<String>) -> Self {
        Self {
            contact_id: contact_id.into(),
            content: content.into(),
            message_type: "sms".to_owned(),
            sender_type: "contact".to_owned(),
        }
    }

    /// The channel. Defaults to `"sms"`.
    pub fn message_type(mut self, message_type: impl Into<String>) -> Self {
        self.message_type = message_type.into();
        self
    }

    /// The type of the sender. Defaults to `"contact"`.
    pub fn sender_type(mut self, sender_type: impl Into<String>) -> Self {
        self.sender_type = sender_type.into();
        self
    }

    pub(super) fn into_fields(self) -> Map<String, Value> {
        [
            ("contact_id", self.contact_id),
            ("content", self.content),
            ("message_type", self.message_type),
            ("sender_type", self.sender_type),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::String(value)))
        .collect()
    }
}
