//! Idempotency keys, with which `centerfy/proxy` performs a call at most once.

use super::host;

/// Creates and sends the idempotency keys of calls. It holds functions rather than a flag, so that a
/// program that does not use a proxy contains none of this code.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    key: fn(Option<String>) -> Result<String, &'static str>,
    headers: fn(&str, Option<f64>) -> Headers,
}

type Headers = Vec<(&'static str, String)>;

/// The maximum length of a key, in characters.
const LONGEST: usize = 255;

impl Keys {
    pub(super) const fn new() -> Self {
        Self { key, headers }
    }

    /// The caller's key, or a new, unique one. The error is what a key must be.
    pub(super) fn key(&self, given: Option<String>) -> Result<String, &'static str> {
        (self.key)(given)
    }

    /// The headers of an attempt. `since` is how many milliseconds ago the first one was sent.
    pub(super) fn headers(&self, key: &str, since: Option<f64>) -> Headers {
        (self.headers)(key, since)
    }
}

fn key(given: Option<String>) -> Result<String, &'static str> {
    let Some(key) = given else {
        return Ok(format!("{:016x}{:016x}", host::bits(), host::bits()));
    };
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if (1..=LONGEST).contains(&key.len()) && key.bytes().all(fits) {
        Ok(key)
    } else {
        Err("1 to 255 visible ASCII characters without double quotes or backslashes")
    }
}

fn headers(key: &str, since: Option<f64>) -> Headers {
    let mut headers = vec![("idempotency-key", format!("\"{key}\""))];
    if let Some(since) = since {
        headers.push(("centerfy-since", format!("{since:.0}")));
    }
    headers
}
