//! The errors of a sandbox's service.

use std::error::Error;
use std::fmt;

/// Any error.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// The error of a request to a [`SandboxService`](crate::SandboxService) that has no response, or of a
/// response body that is incomplete.
#[derive(Debug)]
pub struct ServiceError {
    message: String,
    is_connection_lost: bool,
    source: Option<BoxError>,
}

impl ServiceError {
    /// The connection was lost.
    pub(super) fn lost(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            is_connection_lost: true,
            source: None,
        }
    }

    /// The request was not sent.
    pub(super) fn not_sent(message: String) -> Self {
        Self {
            message,
            is_connection_lost: false,
            source: None,
        }
    }

    /// The request body failed.
    pub(super) fn request_body(source: BoxError) -> Self {
        Self {
            source: Some(source),
            ..Self::not_sent("the request body failed".to_owned())
        }
    }

    /// Whether the connection was lost after the request was sent. The operation may have been
    /// performed. `false` if the request was not sent.
    #[must_use]
    pub fn is_connection_lost(&self) -> bool {
        self.is_connection_lost
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for ServiceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
