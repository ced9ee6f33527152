//! Conversions from and to the types of the `http` crate.

use crate::{Request, Response};
use http::header::{HeaderName, HeaderValue};

impl Request {
    /// A request without its body.
    pub(crate) fn from_head(head: &http::request::Parts) -> Self {
        Self {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: Vec::new(),
            origin: None,
        }
    }
}

impl Response {
    /// The response with another body. Headers that HTTP does not allow are omitted; only a fault can
    /// describe one.
    pub(crate) fn with_body<B>(self, body: B) -> http::Response<B> {
        let mut response = http::Response::new(body);
        if let Ok(status) = http::StatusCode::from_u16(self.status) {
            *response.status_mut() = status;
        }
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_bytes(value.as_bytes()),
            ) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
