//! The options of a sandbox with one organization. JavaScript has validated the values.

use crate::convert::{milliseconds, type_error};
use centerfy_sandbox::{RateLimit, Settings};
use serde::Deserialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

/// The options of a sandbox with one organization.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Setup {
    /// Determines all ids. Defaults to the ids of the default organization.
    #[tsify(type = "number | undefined")]
    seed: Option<f64>,
    /// The rate limit of each key. Defaults to no limit.
    #[tsify(type = "Limit | undefined")]
    rate_limit: Option<Limit>,
    /// Whether contacts reply two seconds after a message.
    contact_replies: bool,
    /// Whether the organization starts without agents, contacts and calls.
    empty: bool,
    /// A number of made-up people, or a list of contacts, as JSON.
    contacts: Option<String>,
}

/// At most `requests` requests in any window of `perMs` milliseconds.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Limit {
    requests: usize,
    #[tsify(type = "number")]
    per_ms: f64,
}

impl Setup {
    pub(crate) fn seed(&self) -> Option<u64> {
        self.seed.map(milliseconds)
    }

    pub(crate) fn settings(&self) -> Result<Settings, JsValue> {
        let mut settings = Settings {
            rate_limit: self.rate_limit.as_ref().map(|limit| RateLimit {
                requests: limit.requests,
                per_ms: milliseconds(limit.per_ms),
            }),
            contact_replies: self.contact_replies,
            empty: self.empty,
            ..Settings::default()
        };
        if let Some(json) = &self.contacts {
            settings
                .set_contacts(json)
                .map_err(|problem| type_error(&format!("contacts {problem}")))?;
        }
        Ok(settings)
    }
}
