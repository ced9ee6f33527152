//! The control door: how tests make worlds, break them, and look into them.

use crate::http::{Answer, Refusal, Request, unescape};
use crate::rate::RateLimit;
use crate::things::{Call, Message, Recording};
use crate::time::timestamp;
use crate::validate::{self, Kind, Shape, text};
use crate::world::{LARGEST_LIMIT, Settings, World};
use crate::worlds::Worlds;
use serde_json::{Map, Value, json};

const NEW_MESSAGE: Shape = Shape {
    fields: &[
        ("contact_id", Kind::Text),
        ("content", Kind::Text),
        ("sender_type", Kind::Text),
        ("message_type", Kind::Text),
    ],
    required: &["contact_id", "content"],
    rules: &[],
};

/// Answers a request below `/_sandbox`.
pub(crate) fn answer(worlds: &mut Worlds, request: &Request, now_ms: u64) -> Answer {
    let below = request.path.strip_prefix("/_sandbox").unwrap_or_default();
    let segments: Vec<String> = below
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(unescape)
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let result = match (request.method.as_str(), segments.as_slice()) {
        ("GET", ["health"]) => Ok(Answer::json(200, &json!({ "ok": true }))),
        (_, ["health"]) => Ok(Answer::wrong_method("GET")),
        ("POST", ["worlds"]) => make(worlds, request, now_ms),
        (_, ["worlds"]) => Ok(Answer::wrong_method("POST")),
        ("DELETE", ["worlds", key]) => remove(worlds, key),
        (_, ["worlds", key, rest @ ..]) => match worlds.get(key) {
            Some(world) => {
                world.advance(now_ms);
                in_world(world, rest, request, now_ms)
            }
            None => Err(Refusal::missing("World")),
        },
        _ => Err(Refusal::new(404, "There is no such control door")),
    };
    let mut answer = result.unwrap_or_else(Answer::from);
    answer.set("cache-control", "no-store");
    answer
}

fn in_world(
    world: &mut World,
    rest: &[&str],
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    Ok(match (request.method.as_str(), rest) {
        ("GET", []) => Answer::json(200, &describe(world, now_ms)),
        (_, []) => Answer::wrong_method("GET, DELETE"),
        ("POST", ["reset"]) => {
            world.reset(now_ms);
            Answer::json(200, &describe(world, now_ms))
        }
        (_, ["reset"]) => Answer::wrong_method("POST"),
        ("GET", ["faults"]) => Answer::json(200, &world.faults.to_json()),
        ("POST", ["faults"]) => {
            let faults = serde_json::from_slice(&request.body)
                .map_err(|error| Refusal::bad(format!("The body is not valid JSON: {error}")))?;
            world.faults.add(&faults)?;
            Answer::json(201, &world.faults.to_json())
        }
        ("DELETE", ["faults"]) => {
            world.faults.clear();
            Answer::empty(204)
        }
        (_, ["faults"]) => Answer::wrong_method("GET, POST, DELETE"),
        ("GET", ["log"]) => Answer::json(200, &world.log.to_json()),
        ("DELETE", ["log"]) => {
            world.log.clear();
            Answer::empty(204)
        }
        (_, ["log"]) => Answer::wrong_method("GET, DELETE"),
        ("GET", ["deliveries"]) => Answer::json(200, &deliveries(world)),
        (_, ["deliveries"]) => Answer::wrong_method("GET"),
        ("POST", ["messages"]) => write_in(world, request, now_ms)?,
        (_, ["messages"]) => Answer::wrong_method("POST"),
        _ => return Err(Refusal::new(404, "There is no such control door")),
    })
}

fn make(worlds: &mut Worlds, request: &Request, now_ms: u64) -> Result<Answer, Refusal> {
    let asked = if request.body.is_empty() {
        Map::new()
    } else {
        request.object()?
    };
    let settings = settings(&asked)?;
    let world = worlds.make(settings, now_ms);
    Ok(Answer::json(201, &describe(world, now_ms)))
}

fn remove(worlds: &mut Worlds, key: &str) -> Result<Answer, Refusal> {
    worlds
        .remove(key)
        .map(|_| Answer::empty(204))
        .ok_or_else(|| Refusal::missing("World"))
}

fn settings(asked: &Map<String, Value>) -> Result<Settings, Refusal> {
    let mut settings = Settings::default();
    if let Some(limit) = asked.get("rate_limit").filter(|limit| !limit.is_null()) {
        let whole = |name: &str| {
            limit
                .get(name)
                .and_then(Value::as_u64)
                .filter(|&number| number > 0)
                .ok_or_else(|| Refusal::bad(format!("rate_limit.{name} must be 1 or more")))
        };
        settings.rate_limit = Some(RateLimit {
            requests: usize::try_from(whole("requests")?).unwrap_or(usize::MAX),
            per_ms: whole("per_ms")?,
        });
    }
    let flag = |name: &str| match asked.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Refusal::bad(format!("{name} must be true or false"))),
    };
    settings.contact_replies = flag("contact_replies")?;
    settings.empty = flag("empty")?;
    if let Some(largest) = asked.get("largest_page") {
        settings.largest_page = largest
            .as_u64()
            .and_then(|largest| usize::try_from(largest).ok())
            .filter(|largest| (1..=LARGEST_LIMIT).contains(largest))
            .ok_or_else(|| Refusal::bad("largest_page must be between 1 and 200"))?;
    }
    if let Some(seconds) = asked.get("recording_expires_in_seconds") {
        settings.recording_expires_in_ms = seconds
            .as_u64()
            .and_then(|seconds| seconds.checked_mul(1_000))
            .filter(|&ms| ms < 1 << 48)
            .ok_or_else(|| {
                Refusal::bad("recording_expires_in_seconds must be a whole number of 0 or more")
            })?;
    }
    Ok(settings)
}

/// What a world holds now. The API has no lists, so this is the directory of its things.
fn describe(world: &World, now_ms: u64) -> Value {
    let agents: Vec<Value> = world
        .agents
        .iter()
        .filter(|agent| agent.scope == world.main.scope)
        .map(|agent| {
            json!({
                "id": agent.id,
                "name": agent.name(),
                "is_active": agent.is_active(),
                "archived_at": agent.archived_ms.map(timestamp),
            })
        })
        .collect();
    let contacts: Vec<Value> = world
        .contacts
        .iter()
        .map(|contact| {
            json!({
                "id": contact.id,
                "name": contact.name,
                "conversation_id": contact.conversation_id,
            })
        })
        .collect();
    let calls: Vec<Value> = world
        .calls
        .iter()
        .map(|call| {
            json!({
                "call_id": call.id,
                "call_sid": call.sid,
                "agent_id": call.agent_id,
                "contact_id": call.contact_id,
                "status": call.status(now_ms),
                "started_at": timestamp(call.started_ms),
                "recording": call.has_recording(now_ms),
                "expires": call.recording != Recording::Permanent,
            })
        })
        .collect();
    json!({
        "api_key": world.main.key,
        "other_key": world.other.key,
        "organization_id": world.main.scope.organization_id,
        "sub_account_id": world.main.scope.sub_account_id,
        "other_organization_id": world.other.scope.organization_id,
        "other_sub_account_id": world.other.scope.sub_account_id,
        "agents": agents,
        "contacts": contacts,
        "calls": calls,
    })
}

fn deliveries(world: &World) -> Value {
    let calls: Vec<Value> = world
        .deliveries
        .calls
        .iter()
        .filter_map(|id| world.call(id))
        .map(|call: &Call| {
            json!({
                "call_id": call.id,
                "call_sid": call.sid,
                "agent_id": call.agent_id,
                "contact_id": call.contact_id,
                "at_ms": call.started_ms,
            })
        })
        .collect();
    let messages: Vec<Value> = world
        .deliveries
        .messages
        .iter()
        .map(|message| {
            json!({
                "message_id": message.message_id,
                "conversation_id": message.conversation_id,
                "channel": message.channel,
                "content": message.content,
                "ai": message.ai,
                "at_ms": message.at_ms,
            })
        })
        .collect();
    json!({
        "agents_created": world.deliveries.agents_created,
        "calls": calls,
        "messages": messages,
    })
}

/// A contact, or whoever it shall be, writes in.
fn write_in(world: &mut World, request: &Request, now_ms: u64) -> Result<Answer, Refusal> {
    let body = request.object()?;
    validate::check(&body, &NEW_MESSAGE)?;
    let or = |name: &str, fallback: &str| match text(&body, name) {
        "" => fallback.to_owned(),
        given => given.to_owned(),
    };
    let message = Message::new(
        world.random.id("msg_"),
        text(&body, "content").to_owned(),
        &or("sender_type", "contact"),
        &or("message_type", "sms"),
        now_ms,
    );
    let shown = message.to_json();
    world
        .contact_mut(text(&body, "contact_id"))
        .ok_or_else(|| Refusal::missing("Contact"))?
        .messages
        .push(message);
    Ok(Answer::json(201, &shown))
}
