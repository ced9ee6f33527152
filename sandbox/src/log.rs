//! The log of requests. It contains no keys.

use crate::http::Request;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// The number of requests that are kept.
const KEPT: usize = 20_000;

/// One request that the API received. Keys are replaced by `[key]`.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct LogEntry {
    #[serde(skip)]
    pub(crate) id: u64,
    /// The time, in milliseconds since 1970.
    pub at_ms: u64,
    /// The operation; `null` if the method and the path match none.
    #[cfg_attr(feature = "typescript", tsify(type = "Operation | null"))]
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: String,
    /// The path, beginning with `/functions/`.
    pub path: String,
    /// The query, without the `?`.
    pub query: String,
    /// The status of the response; `null` if there was none.
    pub status: Option<u16>,
    /// All headers, with names in lowercase.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    #[serde(serialize_with = "joined")]
    pub headers: Vec<(String, String)>,
    /// How the key was sent: `"bearer"` or `"x-api-key"`; `null` for a preflight.
    #[cfg_attr(
        feature = "typescript",
        tsify(type = "\"bearer\" | \"x-api-key\" | null")
    )]
    pub auth: Option<&'static str>,
    /// The body as JSON; `null` if it was empty or not JSON.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub body: Value,
    /// Whether the operation was performed, whatever the client received.
    pub carried_out: bool,
    /// Whether the client disconnected before it received the whole response.
    pub closed_by_client: bool,
}

/// Joins headers of the same name, as HTTP does.
fn joined<S: Serializer>(headers: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut by_name: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in headers {
        by_name
            .entry(name)
            .and_modify(|before| *before = format!("{before}, {value}"))
            .or_insert_with(|| value.clone());
    }
    by_name.serialize(serializer)
}

impl LogEntry {
    /// An entry for the head of a request, without keys.
    pub(crate) fn new(head: &Request, keys: &[String], now_ms: u64) -> Self {
        Self {
            at_ms: now_ms,
            method: head.method.clone(),
            path: redact(&head.path, keys),
            query: redact(&head.query, keys),
            headers: redact_headers(&head.headers, keys),
            ..Self::default()
        }
    }
}

/// The requests of one organization, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    entries: VecDeque<LogEntry>,
}

impl Log {
    pub(crate) fn push(&mut self, entry: LogEntry) {
        if self.entries.len() >= KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// The entry of that request, if it is still kept.
    pub(crate) fn entry(&mut self, id: u64) -> Option<&mut LogEntry> {
        self.entries.iter_mut().rev().find(|entry| entry.id == id)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Oldest first.
    pub(crate) fn entries(&self) -> &VecDeque<LogEntry> {
        &self.entries
    }
}

/// Replaces keys in a text.
fn redact(text: &str, keys: &[String]) -> String {
    keys.iter()
        .filter(|key| !key.is_empty())
        .fold(text.to_owned(), |text, key| {
            text.replace(key.as_str(), "[key]")
        })
}

/// Replaces keys in all strings of a value.
pub(crate) fn redact_value(value: &mut Value, keys: &[String]) {
    match value {
        Value::String(text) => *text = redact(text, keys),
        Value::Array(items) => items.iter_mut().for_each(|item| redact_value(item, keys)),
        Value::Object(object) => object
            .values_mut()
            .for_each(|item| redact_value(item, keys)),
        _ => {}
    }
}

/// Headers without keys.
fn redact_headers(headers: &[(String, String)], keys: &[String]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let shown = match name.as_str() {
                "x-api-key" => "[key]".to_owned(),
                "authorization" => match value.trim().split_once(' ') {
                    Some((scheme, _)) => format!("{scheme} [key]"),
                    None => "[key]".to_owned(),
                },
                _ => redact(value, keys),
            };
            (name.clone(), shown)
        })
        .collect()
}
