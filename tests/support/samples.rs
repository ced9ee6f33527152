//! `samples.json` for Rust: calls of each operation.

use serde_json::Value;

const SAMPLES: &str = include_str!("samples.json");

/// The value in `samples.json` at a JSON pointer.
fn sample(pointer: &str) -> Value {
    let samples: Value = serde_json::from_str(SAMPLES).expect("samples.json is JSON");
    let found = samples.pointer(pointer).cloned();
    found.unwrap_or_else(|| panic!("tests/support/samples.json has no {pointer}"))
}

/// Replaces each string that starts with / by the value at that pointer in an organization.
fn fill(value: Value, organization: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('/') => {
            let found = organization.pointer(&text).cloned();
            found.unwrap_or_else(|| panic!("the organization has no {text}"))
        }
        Value::Array(items) => items.into_iter().map(|it| fill(it, organization)).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, field)| (name, fill(field, organization)))
            .collect(),
        other => other,
    }
}

/// The organization for calls that do not reach the sandbox.
pub fn organization() -> Value {
    sample("/organization")
}

/// Valid arguments of an operation.
pub fn arguments(operation: &str, organization: &Value) -> Vec<Value> {
    match fill(
        sample(&format!("/operations/{operation}/arguments")),
        organization,
    ) {
        Value::Array(arguments) => arguments,
        other => panic!("{operation} has no list of arguments: {other}"),
    }
}

/// A sample answer of an operation.
pub fn answer(operation: &str, organization: &Value) -> Value {
    fill(
        sample(&format!("/operations/{operation}/answer")),
        organization,
    )
}
