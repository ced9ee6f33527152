//! The control door: how tests make worlds, break them, and look into them.

use crate::door::Door;
use crate::http::{Answer, Refusal, Request, unescape};
use crate::rate::RateLimit;
use crate::world::{LARGEST_LIMIT, NewContact, Settings};
use crate::worlds::Worlds;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Answers a request below `/_sandbox`.
pub(crate) fn answer(worlds: &mut Worlds, request: &Request, now_ms: u64) -> Answer {
    let below = request.path.strip_prefix("/_sandbox").unwrap_or_default();
    let segments: Vec<String> = below
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(unescape)
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let result = match (verb(request), segments.as_slice()) {
        ("GET", ["health"]) => Ok(Answer::json(200, &json!({ "ok": true }))),
        (_, ["health"]) => Ok(Answer::wrong_method("GET")),
        ("POST", ["worlds"]) => make(worlds, request, now_ms),
        (_, ["worlds"]) => Ok(Answer::wrong_method("POST")),
        ("DELETE", ["worlds", key]) => remove(worlds, key),
        (_, ["worlds", key, rest @ ..]) => match worlds.get(key) {
            Some(world) => in_world(&mut Door::new(world, now_ms), rest, request),
            None => Err(Refusal::missing("World")),
        },
        _ => Err(Refusal::new(404, "There is no such control door")),
    };
    let mut answer = result.unwrap_or_else(Answer::from);
    answer.set("cache-control", "no-store");
    answer
}

/// `HEAD` is `GET` whose body the server leaves out; tools that wait for a server send it.
fn verb(request: &Request) -> &str {
    match request.method.as_str() {
        "HEAD" => "GET",
        verb => verb,
    }
}

fn in_world(door: &mut Door<'_>, rest: &[&str], request: &Request) -> Result<Answer, Refusal> {
    Ok(match (verb(request), rest) {
        ("GET", []) => shown(200, &door.directory()),
        (_, []) => Answer::wrong_method("GET, DELETE"),
        ("POST", ["reset"]) => {
            door.reset();
            shown(200, &door.directory())
        }
        (_, ["reset"]) => Answer::wrong_method("POST"),
        ("GET", ["faults"]) => shown(200, &door.faults()),
        ("POST", ["faults"]) => {
            let faults = serde_json::from_slice(&request.body)
                .map_err(|error| Refusal::bad(format!("The body is not valid JSON: {error}")))?;
            door.fail(&faults)?;
            shown(201, &door.faults())
        }
        ("DELETE", ["faults"]) => {
            door.clear_faults();
            Answer::empty(204)
        }
        (_, ["faults"]) => Answer::wrong_method("GET, POST, DELETE"),
        ("GET", ["log"]) => shown(200, &door.log()),
        ("DELETE", ["log"]) => {
            door.clear_log();
            Answer::empty(204)
        }
        (_, ["log"]) => Answer::wrong_method("GET, DELETE"),
        ("GET", ["deliveries"]) => shown(200, &door.deliveries()),
        (_, ["deliveries"]) => Answer::wrong_method("GET"),
        ("POST", ["messages"]) => shown(201, &door.receive(&request.object()?)?),
        (_, ["messages"]) => Answer::wrong_method("POST"),
        _ => return Err(Refusal::new(404, "There is no such control door")),
    })
}

fn shown(status: u16, value: &impl Serialize) -> Answer {
    Answer::json(status, &json!(value))
}

fn make(worlds: &mut Worlds, request: &Request, now_ms: u64) -> Result<Answer, Refusal> {
    let asked = if request.body.is_empty() {
        Map::new()
    } else {
        request.object()?
    };
    let settings = settings(&asked)?;
    let world = worlds.make(settings, now_ms);
    Ok(shown(201, &Door::new(world, now_ms).directory()))
}

fn remove(worlds: &mut Worlds, key: &str) -> Result<Answer, Refusal> {
    worlds
        .remove(key)
        .map(|_| Answer::empty(204))
        .ok_or_else(|| Refusal::missing("World"))
}

fn settings(asked: &Map<String, Value>) -> Result<Settings, Refusal> {
    let flag = |name: &str| match asked.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Refusal::bad(format!("{name} must be true or false"))),
    };
    let mut settings = Settings {
        contact_replies: flag("contact_replies")?,
        empty: flag("empty")?,
        ..Settings::default()
    };
    if let Some(limit) = asked.get("rate_limit").filter(|limit| !limit.is_null()) {
        settings.rate_limit = Some(rate_limit(limit)?);
    }
    if let Some(contacts) = asked.get("contacts").filter(|contacts| !contacts.is_null()) {
        let contacts = NewContact::list(contacts)
            .map_err(|words| Refusal::bad(format!("contacts {words}")))?;
        settings.contacts = Some(contacts);
    }
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

fn rate_limit(limit: &Value) -> Result<RateLimit, Refusal> {
    let whole = |name: &str| {
        limit
            .get(name)
            .and_then(Value::as_u64)
            .filter(|&number| number > 0)
            .ok_or_else(|| Refusal::bad(format!("rate_limit.{name} must be 1 or more")))
    };
    Ok(RateLimit {
        requests: usize::try_from(whole("requests")?).unwrap_or(usize::MAX),
        per_ms: whole("per_ms")?,
    })
}
