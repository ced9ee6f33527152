//! How a sandbox of one world is made. JavaScript has checked the values.

use crate::convert::milliseconds;
use centerfy_sandbox::{RateLimit, Settings};
use serde::Deserialize;
use tsify::Tsify;

/// How a sandbox of one world is made.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Setup {
    /// Decides all ids. The well-known ones when left out.
    #[tsify(type = "number | undefined")]
    seed: Option<f64>,
    /// The limit of each key; none when left out.
    #[tsify(type = "Limit | undefined")]
    rate_limit: Option<Limit>,
    /// Whether a contact answers two seconds after a message.
    contact_replies: bool,
    /// Whether it begins without agents, contacts and calls.
    empty: bool,
}

/// At most so many requests in any window of that length.
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

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            rate_limit: self.rate_limit.as_ref().map(|limit| RateLimit {
                requests: limit.requests,
                per_ms: milliseconds(limit.per_ms),
            }),
            contact_replies: self.contact_replies,
            empty: self.empty,
            ..Settings::default()
        }
    }
}
