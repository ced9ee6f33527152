//! The settings of a client, and the options of a call that override them.

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

/// The header that carries the API key. Defaults to [`Auth::Bearer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// The header `x-api-key`.
    ApiKey,
    /// The header `Authorization: Bearer …`, which the API's reference recommends first.
    #[default]
    Bearer,
}

/// A rate limit: at most `requests` requests in any window of length `per`. Defaults to 60 requests a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The maximum number of requests in a window, 1 or more.
    pub requests: u32,
    /// The length of the window, longer than zero.
    pub per: Duration,
}

impl RateLimit {
    /// Creates a limit of `requests` requests in any window of length `per`.
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

/// The limits of a call's duration and retries.
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
            repeat_safe: operation.route().repeat_safe,
            once: false,
            max_retries: f64::from(self.max_retries),
            attempt_timeout: most(self.attempt_timeout),
            timeout: most(self.timeout),
        }
    }
}

/// The validated options of a client.
pub(super) struct Settings {
    /// The key, or `""` if the caller's own proxy adds it.
    pub(super) api_key: String,
    /// Ends with a slash.
    pub(super) base: String,
    pub(super) auth: Auth,
    pub(super) limiting: Limiting,
    pub(super) limits: Limits,
    /// How idempotency keys are sent to a proxy made with `centerfy/proxy`; `None` for any other server.
    pub(super) keys: Option<Keys>,
    /// The end of each path: a slash if the proxy's framework requires it, otherwise empty.
    pub(super) end: &'static str,
    /// Receives the events.
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// The maximum size of a response body, in bytes.
    pub(super) max_response_bytes: usize,
    /// Sends the requests in place of the host's `fetch`.
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    pub(super) transport: Option<Arc<dyn Transport>>,
}

/// Decides when a request may be sent.
#[derive(Clone)]
pub(super) enum Limiting {
    None,
    /// The process's limiter, shared by all clients with the same key and base URL.
    Shared(RateLimit),
    /// A custom rate limiter.
    Own(Arc<dyn Gate>),
}

/// The options of a call, which override the client's.
pub(super) struct CallOptions {
    pub(super) limits: Limits,
    pub(super) idempotency_key: Option<String>,
}

impl Settings {
    /// The idempotency key of a call, if it has one.
    pub(super) fn key(
        &self,
        operation: Operation,
        given: Option<String>,
    ) -> Result<Option<String>, CenterfyError> {
        let invalid = |expected| {
            let field = "idempotency_key";
            CenterfyError::invalid(Some(operation), field, expected)
        };
        let Some(keys) = &self.keys else {
            return match given {
                Some(_) => Err(invalid("omitted unless proxy is set")),
                None => Ok(None),
            };
        };
        let key = keys.key(given).map_err(invalid)?;
        Ok((!operation.route().repeat_safe).then_some(key))
    }

    /// Pauses for this many milliseconds, because the server requests it.
    pub(super) fn hold(&self, milliseconds: f64) {
        match &self.limiting {
            Limiting::None => {}
            Limiting::Shared(_) => queue::hold(&self.shared(), milliseconds),
            Limiting::Own(limiter) => limiter.hold(milliseconds),
        }
    }

    /// Whether a path works as the base URL: the page resolves it, or the transport accepts it.
    pub(super) fn takes_paths(&self) -> bool {
        #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
        if let Some(transport) = &self.transport {
            return transport.takes_paths();
        }
        host::has_location()
    }

    /// Why no request can be sent now, if so.
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

    /// The key of the rate limit, the same for all clients that share it.
    pub(super) fn shared(&self) -> String {
        format!("{} {}", self.base, self.api_key)
    }

    /// Removes the key from a text of another origin, in plain form and with the escapes of JSON, at any
    /// depth of JSON within JSON.
    pub(super) fn hide(&self, text: String) -> String {
        // A shorter string is not a key, and would occur in any text.
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
                // Skip all of the backslashes: the key does not start after any of them.
                let slashes = here.len() - here.trim_start_matches('\\').len();
                let (passed, after) = here.split_at(slashes.max(1));
                shown += passed;
                rest = after;
            }
        }
        shown + rest
    }
}

/// The rest of a text that starts with the key. Each character of the key can be escaped, and the escape
/// can be escaped again, so all backslashes are ignored, including those of the key.
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
            Self::Own(_) => f.write_str("a custom limiter"),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Omits the key.
        f.debug_struct("Settings")
            .field("base", &self.base)
            .field("auth", &self.auth)
            .field("rate_limit", &self.limiting)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
