//! The operations on messages.

use super::{Invocation, agents};
use crate::entities::Message;
use crate::http::{Refusal, Request, Response};
use crate::organization::{LARGEST_LIMIT, Organization};
use crate::replies;
use crate::time::timestamp;
use serde_json::{Value, json};

/// The page size without `limit`.
const DEFAULT_LIMIT: usize = 50;

pub(super) fn get(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let expected = format!("an integer between 1 and {LARGEST_LIMIT}");
    let limit = match integer(call.request, "limit", &expected)? {
        Some(0) => return Err(not_integer("limit", &expected)),
        Some(limit) => limit,
        None => DEFAULT_LIMIT,
    };
    let limit = limit.min(organization.settings.largest_page);
    let offset = integer(call.request, "offset", "a non-negative integer")?.unwrap_or(0);
    let contact = organization
        .contact(call.id)
        .ok_or_else(|| Refusal::missing("Contact"))?;
    call.scope.owns(&contact.scope, "contact")?;
    let newest_first = contact.messages.iter().rev();
    let page: Vec<Value> = newest_first
        .skip(offset)
        .take(limit)
        .map(Message::to_json)
        .collect();
    Ok(Response::json(
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

/// A query parameter that is an integer. A value that is too large counts as the largest one.
fn integer(request: &Request, name: &str, expected: &str) -> Result<Option<usize>, Refusal> {
    let Some(value) = request.parameter(name) else {
        return Ok(None);
    };
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_integer(name, expected));
    }
    Ok(Some(value.parse().unwrap_or(usize::MAX >> 12)))
}

fn not_integer(name: &str, expected: &str) -> Refusal {
    Refusal::bad(format!("{name} must be {expected}"))
}

pub(super) fn send(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let outgoing = outgoing(organization, call)?;
    let id = organization.random.id("msg_");
    let response = json!({
        "message_id": id,
        "content": outgoing.content,
        "sender_type": "agent",
        "channel": outgoing.channel,
        "ai": outgoing.ai,
        "delivered": outgoing.delivered,
        "timestamp": timestamp(call.now_ms),
    });
    call.deliver(organization, &id, &response);
    let OutgoingMessage {
        contact_id,
        channel,
        content,
        ..
    } = &outgoing;
    if let Some(contact) = organization.contact_mut(contact_id) {
        let message = Message::new(id, content.clone(), "agent", channel, call.now_ms);
        contact.messages.push(message);
    }
    if outgoing.delivered {
        organization.schedule_reply(contact_id, channel, content, call.now_ms);
    }
    Ok(Response::json(200, &response))
}

/// A message that can be sent.
struct OutgoingMessage<'a> {
    contact_id: String,
    channel: &'a str,
    content: String,
    ai: bool,
    /// Whether the channel reaches the contact.
    delivered: bool,
}

/// The message that a request describes, or why it cannot be sent.
fn outgoing<'a>(
    organization: &Organization,
    call: &'a Invocation<'_>,
) -> Result<OutgoingMessage<'a>, Refusal> {
    let conversation_id = call.text("conversation_id");
    let contact = organization
        .contacts
        .of_conversation(conversation_id)
        .ok_or_else(|| Refusal::missing("Conversation"))?;
    call.scope.owns(&contact.scope, "conversation")?;
    let agent = match call.body.get("agent_id").and_then(Value::as_str) {
        Some(id) => {
            let agent = agents::find(organization, call.scope, id)?;
            agent.require_active()?;
            Some(agent)
        }
        None => None,
    };
    let ai = call.body.get("ai") == Some(&Value::Bool(true));
    let prompt = call.text("content");
    let channel = call.text("channel");
    Ok(OutgoingMessage {
        contact_id: contact.id.clone(),
        channel,
        content: match agent {
            Some(agent) if ai => replies::from_agent(agent.name(), contact, prompt),
            _ => prompt.to_owned(),
        },
        ai,
        delivered: contact.is_reachable(channel),
    })
}
