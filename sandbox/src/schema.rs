//! The check of a request body against the fields of its operation.
//!
//! The fields and their rules come from the client's table ([`centerfy::internal::operations`]), which the
//! project's tests compare with the contract. A refusal names the first field that is wrong. Unknown fields
//! are accepted.

use crate::http::{Refusal, Request};
use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::{Field, Operation, Presence, Rule};
use serde_json::{Map, Value};

/// The fields of a request body.
pub type Schema = [Field];

/// The fields of the request body of an operation.
pub(crate) const fn body_of(operation: Operation) -> &'static Schema {
    let spec = operation.spec();
    // The arguments come first.
    spec.fields.split_at(spec.arity()).1
}

/// A required field.
pub(crate) const fn required(name: &'static str, accepts: Accepts) -> Field {
    Field {
        name,
        accepts,
        presence: Presence::Required,
    }
}

/// An optional field.
pub(crate) const fn optional(name: &'static str, accepts: Accepts) -> Field {
    Field {
        name,
        accepts,
        presence: Presence::Optional,
    }
}

/// The body of a request, if it follows the rules.
pub(crate) fn read(schema: &Schema, request: &Request) -> Result<Map<String, Value>, Refusal> {
    let body = request.object()?;
    check(schema, &body)?;
    Ok(body)
}

/// Refuses a body that breaks a rule: fields that cannot be changed first, then the value of each field, then
/// the conditional rules.
pub(crate) fn check(schema: &Schema, body: &Map<String, Value>) -> Result<(), Refusal> {
    let is_refused =
        |field: &&Field| field.accepts == Accepts::Nothing && body.contains_key(field.name);
    if let Some(field) = schema.iter().find(is_refused) {
        return Err(Refusal::bad(format!("{} cannot be changed", field.name)));
    }
    for field in schema {
        match body.get(field.name) {
            Some(value) => check_value(field, value)?,
            None if field.presence == Presence::Required => {
                return Err(Refusal::bad(format!("{} is required", field.name)));
            }
            None => {}
        }
    }
    schema.iter().try_for_each(|field| check_rule(field, body))
}

fn check_rule(field: &Field, body: &Map<String, Value>) -> Result<(), Refusal> {
    match field.presence {
        Presence::When(rule) if applies(rule, body) && !body.contains_key(field.name) => Err(
            Refusal::bad(format!("{} is required when {}", field.name, rule.text())),
        ),
        _ => Ok(()),
    }
}

fn applies(rule: Rule, body: &Map<String, Value>) -> bool {
    let (field, word) = rule.condition();
    body.get(field).is_some_and(|value| match word {
        Some(word) => value.as_str() == Some(word),
        None => value.as_bool() == Some(true),
    })
}

fn check_value(field: &Field, value: &Value) -> Result<(), Refusal> {
    let (is_valid, expected) = match field.accepts {
        Accepts::String { .. } | Accepts::PathSegment if is_url_field(field.name) => (
            value.as_str().is_some_and(is_url),
            "an absolute http or https URL".to_owned(),
        ),
        Accepts::String { min, max } if max.is_finite() => (
            value
                .as_str()
                .is_some_and(|text| (min..=max).contains(&(text.chars().count() as f64))),
            format!("a string of {min} to {max} characters"),
        ),
        Accepts::String { .. } | Accepts::PathSegment => (value.is_string(), "a string".to_owned()),
        Accepts::OneOf(words) => (
            value.as_str().is_some_and(|word| words.contains(&word)),
            format!("one of {}", words.join(", ")),
        ),
        Accepts::Boolean => (value.is_boolean(), "true or false".to_owned()),
        Accepts::Number { min, max } | Accepts::Integer { min, max } => (
            value
                .as_f64()
                .is_some_and(|number| (min..=max).contains(&number)),
            match (min, max) {
                (f64::MIN, f64::MAX) => "a number".to_owned(),
                _ => format!("a number between {min} and {max}"),
            },
        ),
        Accepts::Object => (value.is_object(), "an object".to_owned()),
        Accepts::Nothing => (false, "omitted".to_owned()),
    };
    if is_valid {
        return Ok(());
    }
    Err(Refusal::bad(format!("{} must be {expected}", field.name)))
}

/// Whether the contract says `format: uri` for a field. The client does not check it, so the table says "a
/// string".
#[must_use]
pub fn is_url_field(name: &str) -> bool {
    name.ends_with("_url")
}

fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
            && rest
                .chars()
                .next()
                .is_some_and(|first| !"/?#".contains(first))
            && !text.contains(|character: char| character.is_whitespace())
    })
}

/// A string field; empty if the body has no such field.
pub(crate) fn text<'a>(body: &'a Map<String, Value>, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}
