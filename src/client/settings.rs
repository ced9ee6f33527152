//! What a client is set to, and what a single call may set otherwise.

use std::fmt;
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
use std::sync::Arc;
use std::time::Duration;

use super::cause::Cause;
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
use super::wire::Transport;
use crate::call::Plan;
use crate::limiter::Limit;
use crate::operations::Operation;

/// How the key is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// As the header `x-api-key`.
    ApiKey,
    /// As `Authorization: Bearer …`, which the API's reference names first.
    #[default]
    Bearer,
}

/// A limit: at most so many requests in any window of so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many requests, 1 or more.
    pub requests: u32,
    /// The length of the window, longer than zero.
    pub per: Duration,
}

impl RateLimit {
    /// At most so many requests in any window of so much time.
    #[must_use]
    pub const fn new(requests: u32, per: Duration) -> Self {
        Self { requests, per }
    }

    pub(super) fn limit(self) -> Limit {
        Limit {
            requests: self.requests,
            per_ms: milliseconds(self.per),
        }
    }
}

impl Default for RateLimit {
    /// The API's own limit: 60 requests a minute.
    fn default() -> Self {
        Self::new(60, Duration::from_secs(60))
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// How long and how often a call tries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) timeout: Option<Duration>,
    pub(super) max_retries: u32,
}

impl Limits {
    pub(super) fn plan(self, operation: Operation) -> Plan {
        let most = |duration: Option<Duration>| match duration {
            Some(duration) if !duration.is_zero() => milliseconds(duration),
            _ => f64::INFINITY,
        };
        Plan {
            repeat_safe: operation.spec().repeat_safe,
            once: false,
            max_retries: f64::from(self.max_retries),
            attempt_timeout: most(self.attempt_timeout),
            timeout: most(self.timeout),
        }
    }
}

/// What a client was made with, read once.
pub(super) struct Settings {
    /// The key, or `""` where a proxy of the caller's own adds it.
    pub(super) api_key: String,
    /// With the slash that paths follow.
    pub(super) base: String,
    pub(super) auth: Auth,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) limits: Limits,
    /// The most bytes that the body of an answer may have.
    pub(super) max_response_bytes: usize,
    /// What sends, instead of the host's own `fetch`.
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    pub(super) transport: Option<Arc<dyn Transport>>,
}

impl Settings {
    /// Why nothing can be sent just now.
    pub(super) fn unable(&self) -> Option<Cause> {
        #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
        return self.transport.as_ref()?.unable();
        #[cfg(not(any(feature = "transport", not(target_arch = "wasm32"))))]
        None
    }

    /// The header that carries the key.
    pub(super) fn auth_header(&self) -> Option<(&'static str, String)> {
        match self.auth {
            _ if self.api_key.is_empty() => None,
            Auth::ApiKey => Some(("x-api-key", self.api_key.clone())),
            Auth::Bearer => Some(("authorization", format!("Bearer {}", self.api_key))),
        }
    }

    /// What clients have in common that share their places.
    pub(super) fn shared(&self) -> String {
        format!("{} {}", self.base, self.api_key)
    }

    /// A text from outside without the key: not as it is, and not as JSON can write it, however often
    /// one JSON stands in another.
    pub(super) fn hide(&self, text: String) -> String {
        // What is shorter is no key, and would be found in any text.
        let first = self.api_key.chars().find(|char| *char != '\\');
        let (Some(first), 8..) = (first, self.api_key.len()) else {
            return text;
        };
        let mut shown = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['\\', first]) {
            let (before, here) = rest.split_at(at);
            shown += before;
            if let Some(after) = after_key(here, &self.api_key) {
                shown += "[apiKey]";
                rest = after;
            } else {
                // All of the backslashes: the key begins after none of them.
                let slashes = here.len() - here.trim_start_matches('\\').len();
                let (passed, after) = here.split_at(slashes.max(1));
                shown += passed;
                rest = after;
            }
        }
        shown + rest
    }
}

/// What follows the key in a text that begins with it. Each of its characters can be escaped, and the
/// escape itself again; so backslashes count for nothing, the key's own either.
fn after_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut chars = key.chars().filter(|char| *char != '\\');
    chars.try_fold(text, |text, char| {
        let bare = text.trim_start_matches('\\');
        let escaped = bare.len() < text.len() && {
            let code = format!("u{:04x}", u32::from(char));
            bare.get(..5)
                .is_some_and(|it| it.eq_ignore_ascii_case(&code))
        };
        if escaped {
            bare.get(5..)
        } else {
            bare.strip_prefix(char)
        }
    })
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key.
        f.debug_struct("Settings")
            .field("base", &self.base)
            .field("auth", &self.auth)
            .field("rate_limit", &self.rate_limit)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
