//! What a world was asked, for tests to look at. No key is in it.

use crate::http::Request;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;

/// More than a test looks at; a longer run must not fill the memory.
const KEPT: usize = 20_000;

/// One request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) ticket: u64,
    pub(crate) at_ms: u64,
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) auth: Option<&'static str>,
    pub(crate) body: Value,
    pub(crate) carried_out: bool,
    pub(crate) closed_by_client: bool,
}

impl Entry {
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

    fn to_json(&self) -> Value {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            let value = match headers.get(name).and_then(Value::as_str) {
                Some(before) => format!("{before}, {value}"),
                None => value.clone(),
            };
            headers.insert(name.clone(), Value::String(value));
        }
        json!({
            "at_ms": self.at_ms,
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "headers": headers,
            "auth": self.auth,
            "body": self.body,
            "carried_out": self.carried_out,
            "closed_by_client": self.closed_by_client,
        })
    }
}

/// The requests of one world, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
}

impl Log {
    pub(crate) fn push(&mut self, entry: Entry) {
        if self.entries.len() >= KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// The entry of that request, if it is still kept. The newest are the likeliest.
    pub(crate) fn entry(&mut self, ticket: u64) -> Option<&mut Entry> {
        self.entries
            .iter_mut()
            .rev()
            .find(|entry| entry.ticket == ticket)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn to_json(&self) -> Value {
        Value::Array(self.entries.iter().map(Entry::to_json).collect())
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
