//! Idempotency keys, with which `centerfy/proxy` performs a call at most once.

use super::host;

/// Creates and sends the idempotency keys of calls. It holds functions rather than a flag, so that a
/// program that does not use a proxy contains none of this code.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    fresh: fn() -> String,
    headers: fn(&str, Option<f64>) -> Headers,
}

type Headers = Vec<(&'static str, String)>;

/// The maximum length of a key, in characters.
const LONGEST: usize = 255;

impl Keys {
    pub(super) const fn new() -> Self {
        Self { fresh, headers }
    }

    /// Whether a text is a valid key.
    pub(super) fn is_key(text: &str) -> bool {
        let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
        (1..=LONGEST).contains(&text.len()) && text.bytes().all(fits)
    }

    /// A new, unique key.
    pub(super) fn fresh(&self) -> String {
        (self.fresh)()
    }

    /// The headers of an attempt. `since` is how many milliseconds ago the first one was sent.
    pub(super) fn headers(&self, key: &str, since: Option<f64>) -> Headers {
        (self.headers)(key, since)
    }
}

fn fresh() -> String {
    format!("{:016x}{:016x}", host::bits(), host::bits())
}

fn headers(key: &str, since: Option<f64>) -> Headers {
    let mut headers = vec![("idempotency-key", format!("\"{key}\""))];
    if let Some(since) = since {
        headers.push(("centerfy-since", format!("{since:.0}")));
    }
    headers
}
