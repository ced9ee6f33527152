//! The rules for request bodies, as data, and the check that applies them.
//!
//! A refusal names the first field that is wrong. Unknown fields are accepted.

use crate::http::{Refusal, Request};
use serde_json::{Map, Value};

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A number within bounds, both included.
    Between(f64, f64),
    /// `true` or `false`.
    Flag,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An absolute http or https URL.
    Url,
}

/// A field's name and type.
pub type Field = (&'static str, Kind);

/// A conditional rule: if the first field has the value of the trigger, the last field is required.
pub type Rule = (&'static str, Trigger, &'static str);

/// The value to which a conditional rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The field is `true`.
    True,
    /// The field is this string.
    Is(&'static str),
}

/// The rules for one request body.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// All known fields.
    pub fields: &'static [Field],
    /// The fields that are always required.
    pub required: &'static [&'static str],
    /// The fields that are required because of another.
    pub rules: &'static [Rule],
    /// The fields that the request must not contain.
    pub read_only: &'static [&'static str],
}

impl Schema {
    /// The body of a request, if it follows the rules.
    pub(crate) fn read(&self, request: &Request) -> Result<Map<String, Value>, Refusal> {
        let body = request.object()?;
        self.check(&body)?;
        Ok(body)
    }

    /// Refuses a body that breaks a rule.
    pub(crate) fn check(&self, body: &Map<String, Value>) -> Result<(), Refusal> {
        if let Some(name) = self.read_only.iter().find(|name| body.contains_key(**name)) {
            return Err(Refusal::bad(format!("{name} cannot be changed")));
        }
        for (name, kind) in self.fields {
            match body.get(*name) {
                Some(value) => kind.check(name, value)?,
                None if self.required.contains(name) => {
                    return Err(Refusal::bad(format!("{name} is required")));
                }
                None => {}
            }
        }
        self.rules
            .iter()
            .try_for_each(|rule| check_rule(body, *rule))
    }
}

fn check_rule(body: &Map<String, Value>, (field, trigger, needed): Rule) -> Result<(), Refusal> {
    let value = body.get(field);
    let (applies, shown) = match trigger {
        Trigger::True => (value == Some(&Value::Bool(true)), "true".to_owned()),
        Trigger::Is(text) => (
            value.and_then(Value::as_str) == Some(text),
            format!("\"{text}\""),
        ),
    };
    if applies && !body.contains_key(needed) {
        return Err(Refusal::bad(format!(
            "{needed} is required when {field} is {shown}"
        )));
    }
    Ok(())
}

impl Kind {
    fn check(self, name: &str, value: &Value) -> Result<(), Refusal> {
        let expected = match self {
            Self::Text if value.is_string() => return Ok(()),
            Self::Text => "a string".to_owned(),
            Self::Number if value.is_number() => return Ok(()),
            Self::Number => "a number".to_owned(),
            Self::Between(low, high) => match value.as_f64() {
                Some(number) if (low..=high).contains(&number) => return Ok(()),
                _ => format!("a number between {low} and {high}"),
            },
            Self::Flag if value.is_boolean() => return Ok(()),
            Self::Flag => "true or false".to_owned(),
            Self::OneOf(list) => match value.as_str() {
                Some(text) if list.contains(&text) => return Ok(()),
                _ => format!("one of {}", list.join(", ")),
            },
            Self::Url => match value.as_str() {
                Some(text) if is_url(text) => return Ok(()),
                _ => "an absolute http or https URL".to_owned(),
            },
        };
        Err(Refusal::bad(format!("{name} must be {expected}")))
    }
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
