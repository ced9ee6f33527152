//! Conversations: reading a contact's messages, and sending one.

use serde::{Deserialize, Serialize};

use super::answer::answers;
use super::numbers::Count;
use super::objects::objects;
use super::{MessageType, Open, SenderType};

declare! {
    requests: ContactMessagesQuery, SendMessageRequest;
    others: ContactMessages, Contact, Message, SentMessage, Channel
}

/// Which part of a conversation to read. The newest message is number 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ContactMessagesQuery {
    /// The maximum number of messages per page: an integer from 1 to 200.
    /// Defaults to 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many of the newest messages to skip: a non-negative integer. Defaults to 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

objects! {
    ContactMessagesQuery {
        limit,
        offset,
    }
}

impl ContactMessagesQuery {
    /// Creates a query for the newest messages, with the server's default page size.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            offset: None,
        }
    }

    /// Sets the maximum number of messages per page, from 1 to 200.
    #[must_use]
    pub const fn limit(mut self, messages: u64) -> Self {
        self.limit = Some(messages);
        self
    }

    /// Sets how many of the newest messages to skip.
    #[must_use]
    pub const fn offset(mut self, messages: u64) -> Self {
        self.offset = Some(messages);
        self
    }
}

answers! {
    /// A contact. Any field may be unknown.
    #[derive(Default)]
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
    }
}

answers! {
    /// One message of a conversation.
    pub struct Message {
        /// The message's id. Not always a UUID, for example `msg_001`.
        pub id: String,
        /// The text.
        pub content: String,
        /// The sender, for example `agent` or `contact`.
        pub sender_type: SenderType,
        /// The channel, for example `sms` or `email`.
        pub message_type: MessageType,
        /// When it was sent, an ISO 8601 date and time.
        pub timestamp: String,
    }
}

answers! {
    /// One page of a contact's conversation, newest message first.
    pub struct ContactMessages {
        /// The contact (a UUID).
        pub contact_id: String,
        /// The contact's name and addresses.
        pub contact: Contact,
        /// The conversation, as `sendMessage` takes it. Not always a UUID, for example `conv_abc123`.
        pub conversation_id: String,
        /// The messages of this page, newest first.
        pub messages: Vec<Message>,
        /// How many messages the whole conversation has.
        pub total: u64 as Count,
        /// The maximum number of messages on this page. It can be less than the requested limit.
        pub limit: u64 as Count,
        /// How many of the newest messages were skipped.
        pub offset: u64 as Count,
    }
}

/// The channel of a message.
///
/// A closed list in requests; a response may contain a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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

/// A message to send. It reaches a real person, and each request is another message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(expecting = "an object")]
#[non_exhaustive]
pub struct SendMessageRequest {
    /// The text to send or, with `ai: true`, the prompt from which the agent writes it.
    pub content: String,
    /// The conversation, as `getContactMessages` returns it. Not always a UUID, for example
    /// `conv_abc123`.
    pub conversation_id: String,
    /// The channel.
    pub channel: Channel,
    /// The inbound message that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The author of the text: the fields `ai` and `agent_id`.
    #[serde(flatten)]
    pub author: Author,
}

impl SendMessageRequest {
    /// Creates a message in this conversation: `content` is its text or, if an agent writes it, the prompt.
    ///
    /// ```
    /// use centerfy::types::{Author, Channel, SendMessageRequest};
    ///
    /// let request = SendMessageRequest::new(
    ///     "conv_abc123",
    ///     Channel::Sms,
    ///     Author::AsWritten,
    ///     "Your appointment is confirmed.",
    /// );
    /// assert_eq!(serde_json::to_value(&request)?["ai"], false);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn new(
        conversation_id: impl Into<String>,
        channel: Channel,
        author: Author,
        content: impl Into<String>,
    ) -> Self {
        Self {
            content: content.into(),
            conversation_id: conversation_id.into(),
            channel,
            message_id: None,
            author,
        }
    }

    /// The inbound message that this one answers.
    #[must_use]
    pub fn message_id(mut self, message_id: impl Into<String>) -> Self {
        self.message_id = Some(message_id.into());
        self
    }
}

/// The author of a message's text.
///
/// On the wire: `ai`, and `agent_id` when that is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AuthorFields", into = "AuthorFields")]
#[non_exhaustive]
pub enum Author {
    /// The `content` is sent verbatim.
    AsWritten,
    /// The agent with this id (a UUID) writes the text, with the `content` as its prompt. It must be
    /// active and belong to the conversation's sub-account.
    Agent(String),
}

#[derive(Serialize)]
struct AuthorFields {
    ai: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_id: Option<String>,
}

objects! {
    AuthorFields {
        ai,
        agent_id,
    }
}

impl From<Author> for AuthorFields {
    fn from(author: Author) -> Self {
        let agent_id = match author {
            Author::AsWritten => None,
            Author::Agent(id) => Some(id),
        };
        Self {
            ai: agent_id.is_some(),
            agent_id,
        }
    }
}

impl TryFrom<AuthorFields> for Author {
    type Error = &'static str;

    fn try_from(fields: AuthorFields) -> Result<Self, Self::Error> {
        match (fields.ai, fields.agent_id) {
            (false, _) => Ok(Self::AsWritten),
            (true, Some(id)) => Ok(Self::Agent(id)),
            (true, None) => Err("ai: true requires an agent_id"),
        }
    }
}

answers! {
    /// A message that was sent.
    pub struct SentMessage {
        /// The message's id.
        pub message_id: String,
        /// The text that was sent: with `ai: true`, the text that the agent wrote.
        pub content: String,
        /// The sender, for example `agent`.
        pub sender_type: SenderType,
        /// The channel. It may be one that requests do not accept.
        #[cfg_attr(feature = "typescript", tsify(type = "Channel | (string & {})"))]
        pub channel: Open<Channel>,
        /// Whether an agent wrote it.
        pub ai: bool,
        /// Whether it was delivered.
        pub delivered: bool,
        /// When it was sent, an ISO 8601 date and time. Only the reference's example shows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub timestamp: Option<String>,
    }
}
