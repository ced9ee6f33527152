//! How a world behaves.

use crate::rate::RateLimit;

/// The contract's own bound.
pub(crate) const LARGEST_LIMIT: usize = 200;

/// How a world behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The limit of each key; none if left out.
    pub rate_limit: Option<RateLimit>,
    /// Whether a contact answers two seconds after a message.
    pub contact_replies: bool,
    /// How long a recording's URL is good for.
    pub recording_expires_in_ms: u64,
    /// As many messages a page has at the most, whatever was asked for.
    pub largest_page: usize,
    /// Whether it begins without agents, contacts and calls.
    pub empty: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_limit: None,
            contact_replies: false,
            recording_expires_in_ms: 3_600_000,
            largest_page: LARGEST_LIMIT,
            empty: false,
        }
    }
}
