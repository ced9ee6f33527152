//! From an operation and its arguments to what is sent, or to the error that says why it is not.

use serde_json::Value;

use super::CenterfyError;
use super::settings::Settings;
use crate::operations::{Operation, Rule};
use crate::url;
use crate::validate::{self, Kind};

/// What goes out, with every attempt anew.
#[derive(Debug)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "only JavaScript sends it")
)]
pub(super) struct Outgoing {
    pub(super) operation: Operation,
    pub(super) url: String,
    /// The JSON body, where there is one.
    pub(super) body: Option<String>,
}

/// Checks a request and makes of it what goes out. `arguments` are the operation's: the id where it
/// has one, then the request where it has one.
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
    let reads = spec.method == "GET";
    let query = match arguments.last() {
        Some(Value::Object(query)) if reads => query
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_string()))
            .collect(),
        _ => Vec::new(),
    };
    let query: Vec<_> = query
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    let url = url::of_operation(&settings.base, spec, id, &query);
    let body = if reads { None } else { arguments.pop() };
    let body = match body {
        // The one operation whose body is made of its id.
        Some(Value::String(id)) => Some(serde_json::json!({ "agent_id": id })),
        body => body,
    };
    Ok(Outgoing {
        operation,
        url,
        body: body.map(|body| body.to_string()),
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
    validate::check(operation, |name| kind(value_of(name))).map_err(|(name, fault)| {
        let mut expected = String::from(fault.expected.expected());
        if let Some(rule) = fault.rule {
            expected += &when(rule);
        }
        expected += ", got ";
        expected += &got(value_of(name));
        CenterfyError::invalid(Some(operation), name, &expected)
    })
}

fn when(rule: Rule) -> String {
    let (field, value) = rule.condition();
    format!(" when {field} is {value}")
}

/// What the checks ask of a value.
fn kind(value: Option<&Value>) -> (Kind, f64) {
    let kind = match value {
        None => Kind::ABSENT,
        Some(Value::Bool(value)) => Kind::of_bool(*value),
        Some(Value::String(text)) => Kind::of_str(text),
        Some(Value::Object(_)) => Kind::OBJECT,
        Some(Value::Number(number)) => {
            return (Kind::NUMBER, number.as_f64().unwrap_or(f64::NAN));
        }
        Some(Value::Null | Value::Array(_)) => Kind::OTHER,
    };
    (kind, 0.0)
}

/// A value in an error: a number as it is, anything else by its type only, as it may be private.
fn got(value: Option<&Value>) -> String {
    let name = match value {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a boolean",
        Some(Value::Number(number)) => return number.to_string(),
        Some(Value::String(text)) if text.is_empty() => "an empty string",
        Some(Value::String(_)) => "a string",
        Some(Value::Array(_)) => "an array",
        Some(Value::Object(_)) => "an object",
    };
    name.into()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "prepare_tests.rs"]
mod tests;
