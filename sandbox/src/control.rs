//! The control endpoints: tests create organizations, add faults and inspect the state.

use crate::http::{Refusal, Request, Response, unescape};
use crate::inspector::Inspector;
use crate::organization::{LARGEST_LIMIT, NewContacts, Settings};
use crate::organizations::Organizations;
use crate::rate::RateLimit;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The path of the control endpoints.
pub(crate) const PATH: &str = "/_sandbox";

/// Responds to a request below [`PATH`].
pub(crate) fn respond(
    organizations: &mut Organizations,
    request: &Request,
    now_ms: u64,
) -> Response {
    let below = request.path.strip_prefix(PATH).unwrap_or_default();
    let segments: Vec<String> = below
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(unescape)
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let result = match (method(request), segments.as_slice()) {
        ("GET", ["health"]) => Ok(Response::json(200, &json!({ "ok": true }))),
        (_, ["health"]) => Ok(Response::wrong_method("GET")),
        ("POST", ["organizations"]) => create(organizations, request, now_ms),
        (_, ["organizations"]) => Ok(Response::wrong_method("POST")),
        ("DELETE", ["organizations", key]) => remove(organizations, key),
        (_, ["organizations", key, rest @ ..]) => match organizations.get(key) {
            Some(found) => of_organization(&mut Inspector::new(found, now_ms), rest, request),
            None => Err(Refusal::missing("Organization")),
        },
        _ => Err(no_endpoint()),
    };
    let mut response = result.unwrap_or_else(Response::from);
    response.set("cache-control", "no-store");
    response
}

fn no_endpoint() -> Refusal {
    Refusal::new(404, "There is no such control endpoint")
}

/// `HEAD` is treated as `GET`; the server omits the body. Tools that wait for a server send it.
fn method(request: &Request) -> &str {
    match request.method.as_str() {
        "HEAD" => "GET",
        method => method,
    }
}

fn of_organization(
    inspector: &mut Inspector<'_>,
    rest: &[&str],
    request: &Request,
) -> Result<Response, Refusal> {
    Ok(match (method(request), rest) {
        ("GET", []) => json_of(200, &inspector.directory()),
        (_, []) => Response::wrong_method("GET, DELETE"),
        ("POST", ["reset"]) => {
            inspector.reset();
            json_of(200, &inspector.directory())
        }
        (_, ["reset"]) => Response::wrong_method("POST"),
        ("GET", ["faults"]) => json_of(200, &inspector.faults()),
        ("POST", ["faults"]) => {
            let faults = serde_json::from_slice(&request.body)
                .map_err(|error| Refusal::bad(format!("The body is not valid JSON: {error}")))?;
            inspector.fail(&faults)?;
            json_of(201, &inspector.faults())
        }
        ("DELETE", ["faults"]) => {
            inspector.clear_faults();
            Response::empty(204)
        }
        (_, ["faults"]) => Response::wrong_method("GET, POST, DELETE"),
        ("GET", ["log"]) => json_of(200, &inspector.log()),
        ("DELETE", ["log"]) => {
            inspector.clear_log();
            Response::empty(204)
        }
        (_, ["log"]) => Response::wrong_method("GET, DELETE"),
        ("GET", ["deliveries"]) => json_of(200, &inspector.deliveries()),
        (_, ["deliveries"]) => Response::wrong_method("GET"),
        ("POST", ["advance"]) => {
            let now_ms = inspector.advance(milliseconds(&request.object()?)?);
            json_of(200, &json!({ "now_ms": now_ms }))
        }
        (_, ["advance"]) => Response::wrong_method("POST"),
        ("POST", ["messages"]) => json_of(201, &inspector.receive(&request.object()?)?),
        (_, ["messages"]) => Response::wrong_method("POST"),
        _ => return Err(no_endpoint()),
    })
}

fn milliseconds(input: &Map<String, Value>) -> Result<u64, Refusal> {
    input
        .get("ms")
        .and_then(Value::as_u64)
        .ok_or_else(|| Refusal::bad("ms must be a non-negative integer"))
}

fn json_of(status: u16, value: &impl Serialize) -> Response {
    Response::json(status, &json!(value))
}

fn create(
    organizations: &mut Organizations,
    request: &Request,
    now_ms: u64,
) -> Result<Response, Refusal> {
    let input = if request.body.is_empty() {
        Map::new()
    } else {
        request.object()?
    };
    let organization = organizations.create(settings(&input)?, now_ms);
    let directory = Inspector::new(organization, now_ms).directory();
    Ok(json_of(201, &directory))
}

fn remove(organizations: &mut Organizations, key: &str) -> Result<Response, Refusal> {
    organizations
        .remove(key)
        .map(|_| Response::empty(204))
        .ok_or_else(|| Refusal::missing("Organization"))
}

fn settings(input: &Map<String, Value>) -> Result<Settings, Refusal> {
    let flag = |name: &str| match input.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Refusal::bad(format!("{name} must be true or false"))),
    };
    let mut settings = Settings {
        contact_replies: flag("contact_replies")?,
        empty: flag("empty")?,
        ..Settings::default()
    };
    if let Some(limit) = input.get("rate_limit").filter(|limit| !limit.is_null()) {
        settings.rate_limit = Some(rate_limit(limit)?);
    }
    if let Some(contacts) = input.get("contacts").filter(|contacts| !contacts.is_null()) {
        let contacts = NewContacts::read(contacts)
            .map_err(|problem| Refusal::bad(format!("contacts {problem}")))?;
        settings.contacts = Some(contacts);
    }
    if let Some(largest) = input.get("largest_page") {
        settings.largest_page = largest
            .as_u64()
            .and_then(|largest| usize::try_from(largest).ok())
            .filter(|largest| (1..=LARGEST_LIMIT).contains(largest))
            .ok_or_else(|| {
                Refusal::bad(format!(
                    "largest_page must be an integer between 1 and {LARGEST_LIMIT}"
                ))
            })?;
    }
    if let Some(seconds) = input.get("recording_expires_in_seconds") {
        settings.recording_expires_in_ms = seconds
            .as_u64()
            .and_then(|seconds| seconds.checked_mul(1_000))
            .filter(|&ms| ms < 1 << 48)
            .ok_or_else(|| {
                Refusal::bad("recording_expires_in_seconds must be a non-negative integer")
            })?;
    }
    Ok(settings)
}

fn rate_limit(limit: &Value) -> Result<RateLimit, Refusal> {
    let integer = |name: &str| {
        limit
            .get(name)
            .and_then(Value::as_u64)
            .filter(|&number| number > 0)
            .ok_or_else(|| Refusal::bad(format!("rate_limit.{name} must be a positive integer")))
    };
    Ok(RateLimit {
        requests: usize::try_from(integer("requests")?).unwrap_or(usize::MAX),
        per_ms: integer("per_ms")?,
    })
}
