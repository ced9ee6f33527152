//! The cause of a network error, as text.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Why no response was received: the message of the transport's error, and of its sources.
///
/// It holds text only, so that the API key can be removed from it, and errors can be cloned and compared.
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

    /// An error with all of its sources.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Self {
        Self::new(error.to_string()).because(error.source().map(Self::of))
    }

    /// Applies `change` to every message.
    pub(super) fn map(&self, change: &dyn Fn(String) -> String) -> Self {
        let source = self.source.as_deref();
        Self {
            message: change(self.message.clone()),
            source: source.map(|source| Box::new(source.map(change))),
        }
    }

    /// `error sending request: connection refused`
    pub(super) fn chain(&self) -> String {
        match &self.source {
            Some(source) => format!("{}: {}", self.message, source.chain()),
            None => self.message.clone(),
        }
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
