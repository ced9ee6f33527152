//! Conversations: reading a contact's messages, and sending one.

use serde::{Deserialize, Serialize};

use super::{False, MessageType, Open, SenderType, Unlisted};

/// Which part of a conversation to read. The newest message is number 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ContactMessagesQuery {
    /// The most messages that one page may have: a whole number from 1 to 200. 50 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many of the newest messages to pass over: a whole number from 0 up. 0 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

/// Who a contact is. Any of it may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Contact {
    /// The contact's name; `null` or absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "string | null"))]
    pub name: Option<String>,
    /// The contact's email address; `null` or absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "string | null"))]
    pub email: Option<String>,
    /// The contact's phone number; `null` or absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "string | null"))]
    pub phone: Option<String>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Message {
    /// The message's id. Not always a UUID, for example `msg_001`.
    pub id: String,
    /// The text.
    pub content: String,
    /// Who sent it, for example `agent` or `contact`.
    pub sender_type: SenderType,
    /// How it travelled, for example `sms` or `email`.
    pub message_type: MessageType,
    /// When it was sent, an ISO 8601 date and time.
    pub timestamp: String,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}

/// One page of a contact's conversation, the newest message first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ContactMessages {
    /// The contact (a UUID).
    pub contact_id: String,
    /// Who the contact is.
    pub contact: Contact,
    /// The conversation, as `sendMessage` takes it. Not always a UUID, for example `conv_abc123`.
    pub conversation_id: String,
    /// The messages of this page, the newest first.
    pub messages: Vec<Message>,
    /// How many messages the whole conversation has.
    pub total: u64,
    /// The most messages that this page may have. It can be less than what was asked for.
    pub limit: u64,
    /// How many of the newest messages were passed over.
    pub offset: u64,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}

/// The way a message goes out.
///
/// A closed list in requests; an answer may bring a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// An email.
    Email,
    /// WhatsApp.
    Whatsapp,
    /// Facebook Messenger.
    Facebook,
    /// Instagram direct messages.
    Instagram,
}

/// A message to send. It goes to a real person, and every further request is a further message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SendMessageRequest {
    /// The text that goes out or, with `ai: true`, the prompt from which the agent writes it.
    pub content: String,
    /// The conversation, as `getContactMessages` gives it. Not always a UUID, for example
    /// `conv_abc123`.
    pub conversation_id: String,
    /// The way it goes out.
    pub channel: Channel,
    /// The inbound message that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// Who writes the text: the fields `ai` and `agent_id`.
    #[serde(flatten)]
    pub author: Author,
}

/// Who writes the text of a message. With `ai: true` an `agent_id` is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Author {
    /// An agent is named.
    Agent(AgentWritten),
    /// The `content` goes out as it is.
    AsWritten(AsWritten),
}

/// A message for which an agent is named. The agent writes it when `ai` is true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AgentWritten {
    /// `false`: the `content` goes out as it is. `true`: the agent writes the reply.
    pub ai: bool,
    /// The agent (a UUID). It must be active and belong to the conversation's sub-account.
    pub agent_id: String,
}

/// A message that goes out as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AsWritten {
    /// `false`: the `content` goes out as it is. For `true` an `agent_id` is required.
    #[cfg_attr(feature = "typescript", tsify(type = "false"))]
    pub ai: False,
    /// The agent (a UUID). It must be active and belong to the conversation's sub-account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
}

impl Author {
    /// The agent with this id writes the text, with the `content` as its prompt.
    #[must_use]
    pub fn agent(agent_id: impl Into<String>) -> Self {
        Author::Agent(AgentWritten {
            ai: true,
            agent_id: agent_id.into(),
        })
    }

    /// The `content` goes out as it is.
    #[must_use]
    pub fn as_written() -> Self {
        Author::AsWritten(AsWritten::default())
    }
}

/// A message that went out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SentMessage {
    /// The message's id.
    pub message_id: String,
    /// What went out: with `ai: true` the text that the agent wrote.
    pub content: String,
    /// Who sent it, for example `agent`.
    pub sender_type: SenderType,
    /// The way it went out. It may be one that requests cannot ask for.
    #[cfg_attr(feature = "typescript", tsify(type = "Channel | (string & {})"))]
    pub channel: Open<Channel>,
    /// Whether an agent wrote it.
    pub ai: bool,
    /// Whether it was delivered.
    pub delivered: bool,
    /// When it was sent, an ISO 8601 date and time. Only the reference's example shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unlisted: Unlisted,
}
