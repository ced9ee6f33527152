//! An answer with what came with it.

use super::Headers;

/// An answer with its status, its headers and the number of attempts; see
/// [`ApiRequest::with_response`](super::ApiRequest::with_response).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiResponse<T> {
    /// The answer.
    pub data: T,
    /// The status, 200 to 299.
    pub status: u16,
    /// The headers. In a page, those that CORS lets it see.
    pub headers: Headers,
    /// The server's own number of the request, for support.
    pub request_id: Option<String>,
    /// How many requests were sent.
    pub attempts: u32,
}
