//! Conversations: reading one, and writing into one.

use super::agents;
use crate::auth::Scope;
use crate::http::{Answer, Refusal, Request};
use crate::replies;
use crate::things::Message;
use crate::time::timestamp;
use crate::validate::{self, text};
use crate::world::{DeliveredMessage, World};
use serde_json::{Map, Value, json};

const DEFAULT_LIMIT: usize = 50;
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
    let letter = letter(world, scope, &body)?;
    let id = world.random.id("msg_");
    let answer = Answer::json(
        200,
        &json!({
            "message_id": id,
            "content": letter.content,
            "sender_type": "agent",
            "channel": letter.channel,
            "ai": letter.ai,
            "delivered": letter.delivered,
            "timestamp": timestamp(now_ms),
        }),
    );
    deliver(world, &letter, id, now_ms);
    Ok(answer)
}

/// A message that is ready to go out.
struct Letter<'a> {
    contact_id: String,
    conversation_id: &'a str,
    channel: &'a str,
    content: String,
    ai: bool,
    /// Whether it can arrive on that channel.
    delivered: bool,
}

/// Finds out who writes what to whom, or why that cannot be.
fn letter<'a>(
    world: &World,
    scope: &Scope,
    body: &'a Map<String, Value>,
) -> Result<Letter<'a>, Refusal> {
    let conversation_id = text(body, "conversation_id");
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
    let prompt = text(body, "content");
    let channel = text(body, "channel");
    Ok(Letter {
        contact_id: contact.id.clone(),
        conversation_id,
        channel,
        content: match agent {
            Some(agent) if ai => replies::from_agent(agent.name(), contact, prompt),
            _ => prompt.to_owned(),
        },
        ai,
        delivered: contact.is_reachable(channel),
    })
}

/// Writes it into the conversation, and lets the contact think about an answer.
fn deliver(world: &mut World, letter: &Letter<'_>, id: String, now_ms: u64) {
    let Letter {
        contact_id,
        channel,
        content,
        ..
    } = letter;
    world.happened.messages.push(DeliveredMessage {
        message_id: id.clone(),
        conversation_id: letter.conversation_id.to_owned(),
        channel: (*channel).to_owned(),
        content: content.clone(),
        ai: letter.ai,
        at_ms: now_ms,
    });
    if let Some(contact) = world.contact_mut(contact_id) {
        let message = Message::new(id, content.clone(), "agent", channel, now_ms);
        contact.messages.push(message);
    }
    if letter.delivered {
        world.expect_reply(contact_id, channel, content, now_ms);
    }
}
