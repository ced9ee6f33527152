//! What a world was asked, for tests to look at. No key is in it.

use crate::http::Request;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// More than a test looks at; a longer run must not fill the memory.
const KEPT: usize = 20_000;

/// One request, as it reached the API. Keys are replaced by `[key]`.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct LogEntry {
    #[serde(skip)]
    pub(crate) ticket: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// The operation; `null` where the path and the verb name none.
    #[cfg_attr(feature = "typescript", tsify(type = "Operation | null"))]
    pub operation: Option<&'static str>,
    /// The verb.
    pub method: String,
    /// The path, from `/functions/` on.
    pub path: String,
    /// What came after the `?`.
    pub query: String,
    /// The status of the answer; `null` when there was none.
    pub status: Option<u16>,
    /// All headers, names in small letters.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    #[serde(serialize_with = "joined")]
    pub headers: Vec<(String, String)>,
    /// How the key was sent: `"bearer"` or `"x-api-key"`.
    #[cfg_attr(
        feature = "typescript",
        tsify(type = "\"bearer\" | \"x-api-key\" | null")
    )]
    pub auth: Option<&'static str>,
    /// The body as JSON; `null` where it was something else or empty.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub body: Value,
    /// Whether the operation was carried out, whatever the client was told.
    pub carried_out: bool,
    /// Whether the client left before it had its answer.
    pub closed_by_client: bool,
}

/// Headers of the same name as one, the way HTTP joins them.
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
    /// What a request's head says, with keys taken out.
    pub(crate) fn new(head: &Request, keys: &[&str], now_ms: u64) -> Self {
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

/// The requests of one world, oldest first.
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

    /// The entry of that request, if it is still kept. The newest are the likeliest.
    pub(crate) fn entry(&mut self, ticket: u64) -> Option<&mut LogEntry> {
        self.entries
            .iter_mut()
            .rev()
            .find(|entry| entry.ticket == ticket)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Oldest first.
    pub(crate) fn entries(&self) -> &VecDeque<LogEntry> {
        &self.entries
    }
}

/// Takes keys out of a text.
fn redact(text: &str, keys: &[&str]) -> String {
    keys.iter()
        .filter(|key| !key.is_empty())
        .fold(text.to_owned(), |text, key| text.replace(key, "[key]"))
}

/// Takes keys out of all texts of a value.
pub(crate) fn redact_value(value: &mut Value, keys: &[&str]) {
    match value {
        Value::String(text) => *text = redact(text, keys),
        Value::Array(items) => items.iter_mut().for_each(|item| redact_value(item, keys)),
        Value::Object(object) => object
            .values_mut()
            .for_each(|item| redact_value(item, keys)),
        _ => {}
    }
}

/// Headers as they may be shown: whatever was sent as a key is not.
fn redact_headers(headers: &[(String, String)], keys: &[&str]) -> Vec<(String, String)> {
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
