//! What is said to `centerfy/proxy`, so that a call is performed once, however often it is sent.

use super::host;

/// How the keys of calls are made and sent. Functions rather than a flag: a program that never sets a
/// proxy has none of this code.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    fresh: fn() -> String,
    headers: fn(&str, Option<f64>) -> Headers,
}

type Headers = Vec<(&'static str, String)>;

/// The most characters of a key.
const LONGEST: usize = 255;

impl Keys {
    pub(super) const fn new() -> Self {
        Self { fresh, headers }
    }

    /// Whether a text can be a key.
    pub(super) fn is_key(text: &str) -> bool {
        let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
        (1..=LONGEST).contains(&text.len()) && text.bytes().all(fits)
    }

    /// A key that no other call has.
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
