//! Error responses.

use serde::Serialize;

use super::objects::objects;

declare! { requests: ; others: ApiError }

/// The body of an error response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ApiError {
    /// Always `true`.
    #[cfg_attr(feature = "typescript", tsify(type = "true"))]
    pub error: bool,
    /// The server's message.
    pub message: String,
}

objects! {
    ApiError {
        error,
        message,
    }
}
