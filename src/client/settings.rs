//! What a client is set to, and what a single call may set otherwise.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::cause::Cause;
use super::event::Observer;
use super::keys::Keys;
use super::rate_limiter::Gate;
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
use super::wire::Transport;
use super::{CenterfyError, host, queue};
use crate::call::Plan;
use crate::limiter::Limit;
use crate::operations::Operation;

/// How the key is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
    pub(super) limiting: Limiting,
    pub(super) limits: Limits,
    /// How the keys of calls reach a proxy that performs each call once; `None` for any other server.
    pub(super) keys: Option<Keys>,
    /// What each path ends with: a slash, where a proxy's framework has one there.
    pub(super) end: &'static str,
    /// What is told of each event.
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// The most bytes that the body of an answer may have.
    pub(super) max_response_bytes: usize,
    /// What sends, instead of the host's own `fetch`.
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    pub(super) transport: Option<Arc<dyn Transport>>,
}

/// What says when a request may be sent.
#[derive(Clone)]
pub(super) enum Limiting {
    None,
    /// One of this process, for all clients with the same key and base.
    Shared(RateLimit),
    /// One of the caller's own.
    Own(Arc<dyn Gate>),
}

/// What a call may set otherwise than its client.
pub(super) struct CallOptions {
    pub(super) limits: Limits,
    pub(super) idempotency_key: Option<String>,
}

impl Settings {
    /// The idempotency key of a call, where it has one.
    pub(super) fn key(
        &self,
        operation: Operation,
        given: Option<String>,
    ) -> Result<Option<String>, CenterfyError> {
        let invalid = |expected| {
            let field = "idempotency_key";
            Err(CenterfyError::invalid(Some(operation), field, expected))
        };
        let Some(keys) = &self.keys else {
            return match given {
                Some(_) => invalid("omitted without proxy"),
                None => Ok(None),
            };
        };
        if given.as_deref().is_some_and(|key| !Keys::is_key(key)) {
            return invalid("1 to 255 visible ASCII characters without quotes and backslashes");
        }
        let is_safe = operation.spec().repeat_safe;
        Ok((!is_safe).then(|| given.unwrap_or_else(|| keys.fresh())))
    }

    /// The server asks for a pause of so many milliseconds.
    pub(super) fn hold(&self, milliseconds: f64) {
        match &self.limiting {
            Limiting::None => {}
            Limiting::Shared(_) => queue::hold(&self.shared(), milliseconds),
            Limiting::Own(limiter) => limiter.hold(milliseconds),
        }
    }

    /// Whether a path can be sent to: something resolves it, or takes it as it is.
    pub(super) fn takes_paths(&self) -> bool {
        #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
        if let Some(transport) = &self.transport {
            return transport.takes_paths();
        }
        host::has_location()
    }

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

impl fmt::Debug for Limiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Shared(limit) => limit.fmt(f),
            Self::Own(_) => f.write_str("a limiter of the caller's own"),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key.
        f.debug_struct("Settings")
            .field("base", &self.base)
            .field("auth", &self.auth)
            .field("rate_limit", &self.limiting)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
