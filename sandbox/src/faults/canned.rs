//! Responses that a fault describes.

use super::kind::AnswerFault;
use crate::cors::is_token;
use crate::http::{Refusal, Response};
use serde_json::Value;

/// The largest size of a repeated body, in bytes.
const LARGEST_BODY: usize = 64 << 20;

/// A response that replaces the operation's own.
#[derive(Debug, Clone)]
pub(crate) struct CannedResponse {
    status: u16,
    /// A header without a value is removed.
    headers: Vec<(String, Option<String>)>,
    body: Vec<u8>,
    content_type: Option<&'static str>,
}

impl CannedResponse {
    /// The response that a fault describes.
    pub(super) fn new(answer: &AnswerFault) -> Result<Self, Refusal> {
        let status = answer.status.unwrap_or(200);
        let (body, content_type) = match &answer.body {
            None => (Vec::new(), None),
            Some(Value::String(text)) => {
                let times = answer.repeat.unwrap_or(1);
                if text.len().saturating_mul(times) > LARGEST_BODY {
                    return Err(Refusal::bad(
                        "repeat must not make the body larger than 64 MiB",
                    ));
                }
                (text.repeat(times).into_bytes(), Some("text/html"))
            }
            Some(value) => (value.to_string().into_bytes(), Some("application/json")),
        };
        Ok(Self {
            status,
            headers: headers(answer.headers.iter().flatten())?,
            // Responses with these statuses have no body.
            body: if matches!(status, 204 | 304) {
                Vec::new()
            } else {
                body
            },
            content_type,
        })
    }

    /// Replaces a response. Its other headers are kept.
    pub(crate) fn replace(&self, response: &mut Response) {
        response.status = self.status;
        response.headers.retain(|(name, _)| name != "content-type");
        if let Some(content_type) = self.content_type {
            response.set("content-type", content_type);
        }
        for (name, _) in &self.headers {
            response.headers.retain(|(key, _)| key != name);
        }
        for (name, value) in &self.headers {
            if let Some(value) = value {
                response.headers.push((name.clone(), value.clone()));
            }
        }
        response.body.clone_from(&self.body);
    }
}

fn headers<'a>(
    described: impl Iterator<Item = (&'a String, &'a Value)>,
) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let mut headers = Vec::new();
    for (name, value) in described {
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

/// The lowercase name of a header, if a fault can set it.
fn checked(name: &str) -> Result<String, Refusal> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "content-length" | "transfer-encoding" | "connection" => Err(Refusal::bad(format!(
            "headers: {name} is set by the server; to transfer an incomplete body, use stall_body or cut_body"
        ))),
        _ if !is_token(&name) => Err(Refusal::bad(
            "headers: a name contains characters that are not allowed in a header name",
        )),
        _ => Ok(name),
    }
}

fn text(name: &str, value: &Value) -> Result<String, Refusal> {
    match value {
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) if text.contains(|it: char| it.is_control() && it != '\t') => Err(
            Refusal::bad(format!("headers: {name} contains control characters")),
        ),
        Value::String(text) => Ok(text.clone()),
        _ => Err(Refusal::bad(format!(
            "headers: {name} must be a string, a number, an array of strings, or null"
        ))),
    }
}
