//! Turns an operation and its arguments into a request, or into the error that explains why it is invalid.

use serde_json::Value;

use super::CenterfyError;
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

/// Validates a request and prepares it for sending. `arguments` are the operation's: the id if it has
/// one, then the request if it has one.
pub(super) fn prepare(
    settings: &Settings,
    operation: Operation,
    mut arguments: Vec<Value>,
) -> Result<Outgoing, CenterfyError> {
    check(operation, &arguments)?;
    let spec = operation.spec();
    let id = match arguments.first() {
        Some(Value::String(id)) => id.as_str(),
        _ => "",
    };
    let query = match (spec.payload, arguments.last()) {
        (Payload::Query, Some(Value::Object(query))) => query
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_string()))
            .collect(),
        _ => Vec::new(),
    };
    let query: Vec<_> = query
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    let url = url::of_operation(&settings.base, spec, id, settings.end, &query);
    let body = match spec.payload {
        Payload::Nothing | Payload::Query => None,
        Payload::Body => arguments.pop(),
        Payload::AgentId => Some(serde_json::json!({ "agent_id": id })),
    };
    Ok(Outgoing {
        operation,
        url,
        body: body.map(|body| body.to_string()),
        key: None,
        since: None,
    })
}

fn check(operation: Operation, arguments: &[Value]) -> Result<(), CenterfyError> {
    let fields = operation.spec().fields;
    let request = arguments.last();
    let value_of = |name: &str| {
        let argument = fields
            .iter()
            .zip(arguments)
            .find(|(field, _)| field.name == name);
        match argument {
            Some((_, value)) => Some(value),
            None => request.and_then(|request| request.get(name)),
        }
    };
    let issue = |(name, fault): (&'static str, Fault)| {
        let message = match value_of(name) {
            None => fault.text(),
            value => format!("{}, got {}", fault.text(), got(value)),
        };
        Issue::new(name, message)
    };
    validate::check(operation, |name| validate::Value::of_json(value_of(name))).map_err(|faults| {
        CenterfyError::refused(Some(operation), faults.into_iter().map(issue).collect())
    })
}

/// Describes a value in an error: a number by its value, anything else only by its type, because it may
/// be private. The names of the types are JavaScript's, so that both clients have the same messages.
fn got(value: Option<&Value>) -> String {
    let name = match value {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(number)) => return number.to_string(),
        Some(Value::String(text)) if text.is_empty() => "an empty string",
        // These strings represent numbers that are not finite.
        Some(Value::String(text)) if matches!(&**text, "NaN" | "Infinity" | "-Infinity") => text,
        Some(Value::String(_)) => "string",
        Some(Value::Array(_) | Value::Object(_)) => "object",
    };
    name.into()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "prepare_tests.rs"]
mod tests;
