//! A response with its status and headers.

use super::Headers;

/// A response with its status, its headers and the number of attempts; see
/// [`ApiRequest::with_response`](super::ApiRequest::with_response).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiResponse<T> {
    /// The response body.
    pub data: T,
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The response headers. In a page, only those that CORS exposes.
    pub headers: Headers,
    /// The server's request id, for support requests.
    pub request_id: Option<String>,
    /// The number of requests that were sent.
    pub attempts: u32,
}
