//! Answers that a test makes up.

use super::numbers::{amount, size};
use crate::cors::is_token;
use crate::http::{Answer, Refusal};
use serde_json::{Map, Value};

/// An answer that stands in for the real one.
#[derive(Debug, Clone)]
pub(crate) struct Canned {
    status: u16,
    /// A header without a value takes away the one that would be there.
    headers: Vec<(String, Option<String>)>,
    body: Vec<u8>,
    content_type: Option<&'static str>,
}

impl Canned {
    /// Puts itself in the place of an answer, whose other headers stay.
    pub(crate) fn replace(&self, answer: &mut Answer) {
        answer.status = self.status;
        answer.headers.retain(|(name, _)| name != "content-type");
        if let Some(content_type) = self.content_type {
            answer.set("content-type", content_type);
        }
        for (name, _) in &self.headers {
            answer.headers.retain(|(key, _)| key != name);
        }
        for (name, value) in &self.headers {
            if let Some(value) = value {
                answer.headers.push((name.clone(), value.clone()));
            }
        }
        answer.body.clone_from(&self.body);
    }
}

/// Reads one from a fault's description.
pub(super) fn read(given: &Map<String, Value>) -> Result<Canned, Refusal> {
    let status = match given.get("status") {
        None => 200,
        Some(_) => u16::try_from(amount(given, "status")?)
            .ok()
            .filter(|status| (200..=599).contains(status))
            .ok_or_else(|| Refusal::bad("status must be between 200 and 599"))?,
    };
    let repeat = match given.get("repeat") {
        None => 1,
        Some(_) => size(given, "repeat")?,
    };
    let (body, content_type) = match given.get("body") {
        None => (Vec::new(), None),
        Some(Value::String(text)) if text.len().saturating_mul(repeat) > 64 << 20 => {
            return Err(Refusal::bad("repeat makes a body of more than 64 MiB"));
        }
        Some(Value::String(text)) => (text.repeat(repeat).into_bytes(), Some("text/html")),
        Some(value) => (value.to_string().into_bytes(), Some("application/json")),
    };
    Ok(Canned {
        status,
        headers: headers(given.get("headers"))?,
        // These two have no body, whatever a test asks for.
        body: if matches!(status, 204 | 304) {
            Vec::new()
        } else {
            body
        },
        content_type,
    })
}

fn headers(given: Option<&Value>) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    let given = given
        .as_object()
        .ok_or_else(|| Refusal::bad("headers must be an object"))?;
    let mut headers = Vec::new();
    for (name, value) in given {
        let name = name.to_ascii_lowercase();
        if matches!(
            name.as_str(),
            "content-length" | "transfer-encoding" | "connection"
        ) {
            return Err(Refusal::bad(format!(
                "headers: {name} is the server's own; use stall_body or cut_body"
            )));
        }
        if !is_token(&name) {
            return Err(Refusal::bad(
                "headers: a name has characters that no header may have",
            ));
        }
        if value
            .as_str()
            .is_some_and(|text| text.contains(|it: char| it.is_control() && it != '\t'))
        {
            return Err(Refusal::bad(format!(
                "headers: {name} has control characters"
            )));
        }
        match value {
            Value::Null => headers.push((name, None)),
            Value::String(text) => headers.push((name, Some(text.clone()))),
            Value::Number(number) => headers.push((name, Some(number.to_string()))),
            Value::Array(values) => headers.extend(
                values
                    .iter()
                    .map(|value| (name.clone(), value.as_str().map(str::to_owned))),
            ),
            _ => {
                return Err(Refusal::bad(format!(
                    "headers: {name} must be a string, a number, an array of strings, or null"
                )));
            }
        }
    }
    Ok(headers)
}
