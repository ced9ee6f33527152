//! Turns an operation and its arguments into a request, or into the error that explains why it is invalid.

use serde::ser::Serialize;

use super::CenterfyError;
use super::envelope::Fields;
use super::error::Issue;
use super::settings::Settings;
use crate::operations::{Operation, Payload};
use crate::url;
use crate::validate::{self, Fault};

/// The request that every attempt sends.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) operation: Operation,
    pub(super) url: String,
    /// The JSON body, if any.
    pub(super) body: Option<String>,
    /// The idempotency key, for a proxy.
    pub(super) key: Option<String>,
    /// How many milliseconds ago the first attempt was sent, for a proxy that received the key then.
    pub(super) since: Option<f64>,
}

impl Outgoing {
    /// Only these headers, to keep a browser's preflight small.
    pub(super) fn headers(&self, settings: &Settings) -> Vec<(&'static str, String)> {
        let mut headers = vec![("accept", "application/json".to_owned())];
        headers.extend(settings.auth_header());
        if self.body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        if let (Some(key), Some(keys)) = (&self.key, &settings.keys) {
            headers.extend(keys.headers(key, self.since));
        }
        headers
    }
}

/// An argument of an operation.
#[derive(Debug)]
pub(crate) enum Argument {
    /// An id.
    Id(String),
    /// A request, as JSON.
    Json(String),
}

impl Argument {
    /// Serializes a request. A failure becomes `null`, which the validation rejects.
    pub(crate) fn of(request: &impl Serialize) -> Self {
        Self::Json(serde_json::to_string(request).unwrap_or_else(|_| "null".into()))
    }
}

/// An argument as the tests and the npm package write it.
pub(crate) fn argument(value: serde_json::Value) -> Argument {
    match value {
        serde_json::Value::String(id) => Argument::Id(id),
        request => Argument::of(&request),
    }
}

/// A JSON value in an argument.
enum Given<'a> {
    Text(&'a str),
    Json(&'a str),
}

/// Validates a request and prepares it for sending. `arguments` are the operation's: the id if it has
/// one, then the request if it has one.
pub(super) fn prepare(
    settings: &Settings,
    operation: Operation,
    mut arguments: Vec<Argument>,
) -> Result<Outgoing, CenterfyError> {
    let fields = match arguments.last() {
        Some(Argument::Json(json)) => Fields::read(json).unwrap_or_default(),
        _ => Fields::default(),
    };
    check(operation, &arguments, &fields)?;
    let route = operation.route();
    let id = match arguments.first() {
        Some(Argument::Id(id)) => id.as_str(),
        _ => "",
    };
    let query: Vec<_> = match route.payload {
        Payload::Query => fields.iter().collect(),
        _ => Vec::new(),
    };
    let url = url::of_operation(&settings.base, route, id, settings.end, &query);
    let body = match route.payload {
        Payload::Nothing | Payload::Query => None,
        Payload::Body => match arguments.pop() {
            Some(Argument::Json(json)) => Some(json),
            _ => None,
        },
        Payload::AgentId => Some(agent_id(id)),
    };
    Ok(Outgoing {
        operation,
        url,
        body,
        key: None,
        since: None,
    })
}

/// The body of an operation whose only argument is an id.
fn agent_id(id: &str) -> String {
    let id = serde_json::to_string(id).unwrap_or_default();
    format!("{{\"agent_id\":{id}}}")
}

fn check(
    operation: Operation,
    arguments: &[Argument],
    fields: &Fields,
) -> Result<(), CenterfyError> {
    let listed = validate::names(operation);
    let value_of = |name: &str| {
        let argument = listed
            .iter()
            .zip(arguments)
            .find(|(listed, _)| **listed == name);
        match argument {
            Some((_, Argument::Id(id))) => Some(Given::Text(id)),
            Some((_, Argument::Json(json))) => Some(Given::Json(json)),
            None => fields.get(name).map(Given::Json),
        }
    };
    let look = |name: &'static str| match value_of(name) {
        Some(Given::Text(text)) => validate::Value::of_str(text),
        Some(Given::Json(json)) => validate::Value::of_json(Some(json)),
        None => validate::Value::of_json(None),
    };
    let issue = |(name, fault): (&'static str, Fault)| {
        let mut message = fault.text().to_owned();
        if let Some(given) = value_of(name) {
            message += ", got ";
            message += got(&given);
        }
        Issue::new(name, message)
    };
    validate::check(operation, look).map_err(|faults| {
        CenterfyError::refused(Some(operation), faults.into_iter().map(issue).collect())
    })
}

/// Describes a value in an error: a number by its value, anything else only by its type, because it may
/// be private. The names of the types are JavaScript's, so that both clients have the same messages.
fn got<'a>(given: &Given<'a>) -> &'a str {
    match given {
        Given::Text("") | Given::Json("\"\"") => "an empty string",
        Given::Text(_) => "string",
        Given::Json(json) => match (*json, json.as_bytes()) {
            ("null", _) => "null",
            ("true" | "false", _) => "boolean",
            // These strings represent numbers that are not finite.
            (r#""NaN""#, _) => "NaN",
            (r#""Infinity""#, _) => "Infinity",
            (r#""-Infinity""#, _) => "-Infinity",
            (_, [b'"', ..]) => "string",
            (_, [b'[' | b'{', ..]) => "object",
            (number, _) => number,
        },
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "prepare_tests.rs"]
mod tests;
