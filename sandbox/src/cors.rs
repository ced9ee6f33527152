//! What a browser needs before it lets a page read an answer.

use crate::http::{Answer, Request};

/// The headers that a page may send to the API.
const ALLOWED: [&str; 4] = ["authorization", "x-api-key", "content-type", "accept"];
const EXPOSED: &str = "retry-after, retry-after-ms, ratelimit-reset, x-request-id, date";

/// Which part of the server is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Api,
    Control,
    Recordings,
    /// What the server says of itself.
    Welcome,
}

/// Whether this asks for permission instead of for a thing.
pub(crate) fn is_preflight(request: &Request) -> bool {
    request.method == "OPTIONS"
}

/// The answer to a preflight: the headers that were asked for, as far as they are allowed.
pub(crate) fn preflight(request: &Request, part: Part) -> Answer {
    let mut answer = Answer::empty(204);
    answer.set("access-control-allow-origin", "*");
    answer.set(
        "access-control-allow-methods",
        match part {
            Part::Api => "GET, POST, PUT, OPTIONS",
            Part::Control => "GET, POST, DELETE, OPTIONS",
            Part::Recordings | Part::Welcome => "GET, HEAD, OPTIONS",
        },
    );
    let asked = request
        .header("access-control-request-headers")
        .unwrap_or_default();
    let allowed: Vec<String> = asked
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| match part {
            Part::Api => ALLOWED.contains(&name.as_str()),
            Part::Control => is_token(name),
            Part::Recordings => name == "range",
            Part::Welcome => false,
        })
        .collect();
    if !allowed.is_empty() {
        answer.set("access-control-allow-headers", allowed.join(", "));
    }
    answer.set("access-control-max-age", "600");
    if request.header("access-control-request-private-network") == Some("true") {
        answer.set("access-control-allow-private-network", "true");
    }
    answer
}

/// Lets any page read the answer.
pub(crate) fn open(answer: &mut Answer, part: Part) {
    answer.set("access-control-allow-origin", "*");
    match part {
        Part::Api => answer.set("access-control-expose-headers", EXPOSED),
        Part::Recordings => answer.set(
            "access-control-expose-headers",
            "accept-ranges, content-length, content-range",
        ),
        Part::Control | Part::Welcome => {}
    }
}

/// Whether a name may stand in a header; an echo must not carry anything else.
pub(crate) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&byte))
}
