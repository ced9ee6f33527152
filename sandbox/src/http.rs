//! HTTP requests and responses as plain values.

use serde_json::{Map, Value, json};
use std::fmt;

/// An HTTP request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method, in uppercase.
    pub method: String,
    /// The path, percent-encoded as it was sent.
    pub path: String,
    /// The query, without the `?`; may be empty.
    pub query: String,
    /// The headers in the order in which they arrived, with names in lowercase.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
    /// The origin of the sandbox, for absolute URLs in responses, for example
    /// `https://sandbox.invalid`. Defaults to the one that the header `Host` names.
    pub origin: Option<String>,
}

impl Request {
    /// A request without headers and body. `target` is a path, optionally with a query.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn with_json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.with_header("content-type", "application/json")
    }

    /// The first header with that name, which must be in lowercase.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The origin of the sandbox, for absolute URLs.
    pub(crate) fn origin(&self) -> String {
        if let Some(origin) = &self.origin {
            return origin.clone();
        }
        let scheme = match self.header("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        format!("{scheme}://{}", self.header("host").unwrap_or("localhost"))
    }

    /// The first query parameter with that name, decoded.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .find(|(key, _)| unescape(key) == name)
            .map(|(_, value)| unescape(&value.replace('+', " ")))
    }

    /// The body as a JSON object, or a refusal that says what it is instead.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, Refusal> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Refusal::bad("The body must be a JSON object")),
            Err(_) if self.body.is_empty() => {
                Err(Refusal::bad("The body is empty; it must be a JSON object"))
            }
            Err(error) => Err(Refusal::bad(format!("The body is not valid JSON: {error}"))),
        }
    }
}

/// An HTTP response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, with names in lowercase.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Response {
    /// A response without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// A response with a JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        }
    }

    /// An error in the API's format.
    pub(crate) fn error(status: u16, message: &str) -> Self {
        Self::json(status, &json!({ "error": true, "message": message }))
    }

    /// A 405 that lists the allowed methods.
    pub(crate) fn wrong_method(allowed: &str) -> Self {
        let mut response = Self::error(405, &format!("Method not allowed; use {allowed}"));
        response.set("allow", allowed);
        response
    }

    /// The first header with that name, which must be in lowercase.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `null` if it is not JSON.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Sets a header and removes others with the same name.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.to_owned(), value.into()));
    }
}

/// The reason why a request or an input was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status of the error response.
    pub status: u16,
    /// The problem, and what was expected.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    /// A 400: the request is invalid.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// A 403: the entity exists outside the scope of the key.
    pub(crate) fn scope(what: &str) -> Self {
        Self::new(
            403,
            format!(
                "This API key has no access to that {what}: it belongs to another organization or sub-account"
            ),
        )
    }

    /// A 404: there is no such entity.
    pub(crate) fn missing(what: &str) -> Self {
        Self::new(404, format!("{what} not found"))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        Self::error(refusal.status, &refusal.message)
    }
}

/// Decodes percent escapes. Invalid escapes are kept.
pub(crate) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (nibble(*high), nibble(*low))
        {
            bytes.push(high * 16 + low);
            rest = after;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
