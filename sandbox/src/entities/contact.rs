//! A contact and its conversation.

use crate::auth::Scope;
use crate::time::timestamp;
use serde_json::{Map, Value, json};

/// A contact and its conversation.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) id: String,
    pub(crate) scope: Scope,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// The contact's time zone, such as `America/New_York`. The API does not return it.
    pub(crate) time_zone: Option<String>,
    pub(crate) conversation_id: String,
    /// The messages, oldest first.
    pub(crate) messages: Vec<Message>,
}

impl Contact {
    /// Whether a message on that channel reaches the contact.
    pub(crate) fn is_reachable(&self, channel: &str) -> bool {
        match channel {
            "sms" | "whatsapp" => self.phone.is_some(),
            "email" => self.email.is_some(),
            _ => true,
        }
    }
}

/// A message of a conversation.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) content: String,
    pub(crate) sender_type: String,
    pub(crate) message_type: String,
    pub(crate) at_ms: u64,
    /// Fields that are not in the contract.
    pub(crate) extra: Map<String, Value>,
}

impl Message {
    pub(crate) fn new(
        id: String,
        content: String,
        sender_type: &str,
        message_type: &str,
        at_ms: u64,
    ) -> Self {
        Self {
            id,
            content,
            sender_type: sender_type.to_owned(),
            message_type: message_type.to_owned(),
            at_ms,
            extra: Map::new(),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut message = self.extra.clone();
        message.insert("id".to_owned(), json!(self.id));
        message.insert("content".to_owned(), json!(self.content));
        message.insert("sender_type".to_owned(), json!(self.sender_type));
        message.insert("message_type".to_owned(), json!(self.message_type));
        message.insert("timestamp".to_owned(), json!(timestamp(self.at_ms)));
        Value::Object(message)
    }
}
