//! How a world behaves.

use crate::rate::RateLimit;

/// The contract's own bound.
pub(crate) const LARGEST_LIMIT: usize = 200;

/// How a world behaves.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) contact_replies: bool,
    pub(crate) recording_expires_in_ms: u64,
    /// As many messages a page has at the most, whatever was asked for.
    pub(crate) largest_page: usize,
    pub(crate) empty: bool,
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
