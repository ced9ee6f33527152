//! What an error of the network has behind it, in words.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Why no answer came: what the transport said, and what was behind that.
///
/// Texts alone, so that the API key can be taken out of them, and errors can be cloned and compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    message: String,
    source: Option<Box<Cause>>,
}

impl Cause {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    pub(super) fn because(mut self, source: Option<Self>) -> Self {
        self.source = source.map(Box::new);
        self
    }

    /// An error and all that is behind it.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Self {
        Self::new(error.to_string()).because(error.source().map(Self::of))
    }

    /// All of its texts, with what `change` makes of them.
    pub(super) fn map(self, change: &impl Fn(String) -> String) -> Self {
        Self {
            message: change(self.message),
            source: self.source.map(|source| Box::new(source.map(change))),
        }
    }

    /// `error sending request: connection refused`: each text that is not in the one before.
    pub(super) fn chain(&self) -> String {
        let mut chain = self.message.clone();
        let mut next = self.source.as_deref();
        while let Some(cause) = next {
            if !chain.contains(&cause.message) {
                if !chain.is_empty() {
                    chain += ": ";
                }
                chain += &cause.message;
            }
            next = cause.source.as_deref();
        }
        chain
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|cause| cause as _)
    }
}
