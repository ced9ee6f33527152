//! Conversations: reading one, and writing into one.

use crate::agents;
use crate::auth::Scope;
use crate::http::{Answer, Refusal, Request};
use crate::replies;
use crate::time::timestamp;
use crate::validate::{self, text};
use crate::world::{SentMessage, World};
use serde_json::{Map, Value, json};

const DEFAULT_LIMIT: usize = 50;
/// The contract's own bound.
pub(crate) const LARGEST_LIMIT: usize = 200;

/// A person, and the conversation with them.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) id: String,
    pub(crate) scope: Scope,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) conversation_id: String,
    /// Oldest first.
    pub(crate) messages: Vec<Message>,
}

impl Contact {
    /// Whether a message on that channel can arrive.
    fn is_reachable(&self, channel: &str) -> bool {
        match channel {
            "sms" | "whatsapp" => self.phone.is_some(),
            "email" => self.email.is_some(),
            _ => true,
        }
    }
}

/// One message of a conversation.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) content: String,
    pub(crate) sender_type: String,
    pub(crate) message_type: String,
    pub(crate) at_ms: u64,
    /// Fields that the contract does not know.
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

/// `getContactMessages`
pub(crate) fn get(
    world: &World,
    scope: &Scope,
    contact_id: &str,
    request: &Request,
) -> Result<Answer, Refusal> {
    let limit = match whole_number(request, "limit")? {
        Some(0) => return Err(Refusal::bad("limit must be an integer between 1 and 200")),
        Some(limit) => limit,
        None => DEFAULT_LIMIT,
    };
    let limit = limit.min(world.settings.largest_page);
    let offset = whole_number(request, "offset")?.unwrap_or(0);
    let contact = world
        .contact(contact_id)
        .ok_or_else(|| Refusal::missing("Contact"))?;
    scope.owns(&contact.scope, "contact")?;
    let newest_first = contact.messages.iter().rev();
    let page: Vec<Value> = newest_first
        .skip(offset)
        .take(limit)
        .map(Message::to_json)
        .collect();
    Ok(Answer::json(
        200,
        &json!({
            "contact_id": contact.id,
            "contact": { "name": contact.name, "email": contact.email, "phone": contact.phone },
            "conversation_id": contact.conversation_id,
            "messages": page,
            "total": contact.messages.len(),
            "limit": limit,
            "offset": offset,
        }),
    ))
}

/// A parameter that counts something. One that is too large is as large as it can be.
fn whole_number(request: &Request, name: &str) -> Result<Option<usize>, Refusal> {
    let Some(value) = request.parameter(name) else {
        return Ok(None);
    };
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        let range = match name {
            "limit" => "between 1 and 200",
            _ => "of 0 or more",
        };
        return Err(Refusal::bad(format!("{name} must be an integer {range}")));
    }
    Ok(Some(value.parse().unwrap_or(usize::MAX >> 12)))
}

/// `sendMessage`
pub(crate) fn send(
    world: &mut World,
    scope: &Scope,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let body = request.object()?;
    validate::check(&body, &validate::SEND_MESSAGE)?;
    let conversation_id = text(&body, "conversation_id");
    let contact = world
        .contacts
        .iter()
        .find(|contact| contact.conversation_id == conversation_id)
        .ok_or_else(|| Refusal::missing("Conversation"))?;
    scope.owns(&contact.scope, "conversation")?;
    let agent = match body.get("agent_id").and_then(Value::as_str) {
        Some(id) => {
            let agent = agents::find(world, scope, id)?;
            agent.require_active()?;
            Some(agent)
        }
        None => None,
    };
    let ai = body.get("ai") == Some(&Value::Bool(true));
    let prompt = text(&body, "content");
    let content = match agent {
        Some(agent) if ai => replies::from_agent(agent.name(), contact, prompt),
        _ => prompt.to_owned(),
    };
    let channel = text(&body, "channel");
    let delivered = contact.is_reachable(channel);
    let contact_id = contact.id.clone();
    let message = Message::new(
        world.random.id("msg_"),
        content.clone(),
        "agent",
        channel,
        now_ms,
    );
    let answer = Answer::json(
        200,
        &json!({
            "message_id": message.id,
            "content": content,
            "sender_type": message.sender_type,
            "channel": channel,
            "ai": ai,
            "delivered": delivered,
            "timestamp": timestamp(now_ms),
        }),
    );
    world.deliveries.messages.push(SentMessage {
        message_id: message.id.clone(),
        conversation_id: conversation_id.to_owned(),
        channel: channel.to_owned(),
        content: content.clone(),
        ai,
        at_ms: now_ms,
    });
    if let Some(contact) = world.contact_mut(&contact_id) {
        contact.messages.push(message);
    }
    if delivered {
        world.expect_reply(&contact_id, channel, &content, now_ms);
    }
    Ok(answer)
}
