//! CORS headers and preflight responses.

use crate::http::{Request, Response};

/// The request headers that a page may send to the API.
const ALLOWED: [&str; 4] = ["authorization", "x-api-key", "content-type", "accept"];
/// The response headers of the API that a page may read.
const EXPOSED: &str = "retry-after, retry-after-ms, ratelimit-reset, x-request-id, date";

/// A part of the URL space, with its own CORS rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Api,
    /// The control endpoints.
    Control,
    Recordings,
    /// The welcome page at `/`.
    Welcome,
}

pub(crate) fn is_preflight(request: &Request) -> bool {
    request.method == "OPTIONS"
}

/// The response to a preflight. It allows the requested headers that the area takes.
pub(crate) fn preflight(request: &Request, area: Area) -> Response {
    let mut response = Response::empty(204);
    response.set("access-control-allow-origin", "*");
    response.set(
        "access-control-allow-methods",
        match area {
            Area::Api => "GET, POST, PUT, OPTIONS",
            Area::Control => "GET, POST, DELETE, OPTIONS",
            Area::Recordings | Area::Welcome => "GET, HEAD, OPTIONS",
        },
    );
    let requested = request
        .header("access-control-request-headers")
        .unwrap_or_default();
    let allowed: Vec<String> = requested
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| match area {
            Area::Api => ALLOWED.contains(&name.as_str()),
            Area::Control => is_token(name),
            Area::Recordings => name == "range",
            Area::Welcome => false,
        })
        .collect();
    if !allowed.is_empty() {
        response.set("access-control-allow-headers", allowed.join(", "));
    }
    response.set("access-control-max-age", "600");
    if request.header("access-control-request-private-network") == Some("true") {
        response.set("access-control-allow-private-network", "true");
    }
    response
}

/// Lets pages of any origin read the response.
pub(crate) fn allow(response: &mut Response, area: Area) {
    response.set("access-control-allow-origin", "*");
    match area {
        Area::Api => response.set("access-control-expose-headers", EXPOSED),
        Area::Recordings => response.set(
            "access-control-expose-headers",
            "accept-ranges, content-length, content-range",
        ),
        Area::Control | Area::Welcome => {}
    }
}

/// Whether a text is a valid header name.
pub(crate) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&byte))
}
