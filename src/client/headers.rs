//! Response headers.

use std::fmt;

/// The headers of a response. Names are case-insensitive.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Returns the value of the first header with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = |(known, _): &(&str, &str)| known.eq_ignore_ascii_case(name);
        self.iter().find(found).map(|(_, value)| value)
    }

    /// Iterates over all names and values, in the order in which they were received.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(String, String)> for Headers {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(headers: I) -> Self {
        Self(headers.into_iter().collect())
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The host's headers. They are converted only when they are read.
pub(super) enum Raw {
    #[cfg_attr(
        all(target_arch = "wasm32", not(feature = "transport")),
        allow(dead_code, reason = "in JavaScript, `fetch` has them")
    )]
    List(Headers),
    #[cfg(target_arch = "wasm32")]
    Js(super::host::JsHeaders),
}

impl Raw {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::List(headers) => headers.get(name).map(str::to_owned),
            #[cfg(target_arch = "wasm32")]
            Self::Js(headers) => headers.get(name),
        }
    }

    pub(super) fn all(&self) -> Headers {
        match self {
            Self::List(headers) => headers.clone(),
            #[cfg(target_arch = "wasm32")]
            Self::Js(headers) => headers.all(),
        }
    }
}
