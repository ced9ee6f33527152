//! Answers that a test makes up.

use super::kind::AnswerFault;
use crate::cors::is_token;
use crate::http::{Answer, Refusal};
use serde_json::Value;

/// What a repeated body may come to, in bytes.
const LARGEST_BODY: usize = 64 << 20;

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
    /// The answer that a fault describes.
    pub(super) fn new(given: &AnswerFault) -> Result<Self, Refusal> {
        let status = given.status.unwrap_or(200);
        let (body, content_type) = match &given.body {
            None => (Vec::new(), None),
            Some(Value::String(text)) => {
                let times = given.repeat.unwrap_or(1);
                if text.len().saturating_mul(times) > LARGEST_BODY {
                    return Err(Refusal::bad("repeat makes a body of more than 64 MiB"));
                }
                (text.repeat(times).into_bytes(), Some("text/html"))
            }
            Some(value) => (value.to_string().into_bytes(), Some("application/json")),
        };
        Ok(Self {
            status,
            headers: headers(given.headers.iter().flatten())?,
            // These two have no body, whatever a test asks for.
            body: if matches!(status, 204 | 304) {
                Vec::new()
            } else {
                body
            },
            content_type,
        })
    }

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

fn headers<'a>(
    given: impl Iterator<Item = (&'a String, &'a Value)>,
) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let mut headers = Vec::new();
    for (name, value) in given {
        let name = checked(name)?;
        match value {
            Value::Null => headers.push((name, None)),
            Value::Array(values) => {
                for value in values {
                    headers.push((name.clone(), Some(text(&name, value)?)));
                }
            }
            value => {
                let text = text(&name, value)?;
                headers.push((name, Some(text)));
            }
        }
    }
    Ok(headers)
}

/// A header's name in small letters, if a test may set it.
fn checked(name: &str) -> Result<String, Refusal> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "content-length" | "transfer-encoding" | "connection" => Err(Refusal::bad(format!(
            "headers: {name} is the server's own; use stall_body or cut_body"
        ))),
        _ if !is_token(&name) => Err(Refusal::bad(
            "headers: a name has characters that no header may have",
        )),
        _ => Ok(name),
    }
}

fn text(name: &str, value: &Value) -> Result<String, Refusal> {
    match value {
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) if text.contains(|it: char| it.is_control() && it != '\t') => Err(
            Refusal::bad(format!("headers: {name} has control characters")),
        ),
        Value::String(text) => Ok(text.clone()),
        _ => Err(Refusal::bad(format!(
            "headers: {name} must be a string, a number, an array of strings, or null"
        ))),
    }
}
