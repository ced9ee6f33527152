//! Bodies and headers outside of JavaScript, as plain values.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The headers of an answer.
pub(crate) type Headers = Vec<(&'static str, String)>;
/// A body.
pub(crate) type Text = String;
/// A body that is JSON.
pub(crate) type Json = Value;

/// The value of a header.
pub(crate) fn header(headers: &Headers, name: &str) -> Option<String> {
    let found = headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.clone())
}

/// A body as Rust's text.
pub(crate) fn text(text: &Text) -> String {
    text.clone()
}

/// JSON as a value, `None` where it is none.
pub(crate) fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Whether it says `"error": true`.
pub(crate) fn says_error(json: &Json) -> bool {
    json.get("error") == Some(&Value::Bool(true))
}

/// Reads it as a type, or says why it cannot be one.
pub(crate) fn decode<T: DeserializeOwned>(json: &Json) -> Result<T, String> {
    T::deserialize(json).map_err(|error| error.to_string())
}

/// Whether this is a page, where everybody can read what is in it.
pub(crate) fn in_page() -> bool {
    false
}

/// Whether there is a URL that relative ones are resolved against.
pub(crate) fn has_location() -> bool {
    false
}
