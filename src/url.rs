//! URLs: the base URL, and the path and query that an operation appends to it.

use crate::operations::Route;

/// The API's own base URL.
pub const BASE: &str = "https://crmwebhook.com/functions/v1/crm-api";

/// Normalizes a base URL, so that it ends with a slash.
///
/// `None` unless it is an `http` or `https` URL with a host, a valid port or none, and without credentials,
/// query and fragment, which every request and errors would repeat. If `relative` is set, a path (`/api`) is
/// a base URL too: `fetch` resolves it against the page's URL. The environment validates the host.
#[must_use]
pub fn base(given: &str, relative: bool) -> Option<String> {
    let below = match given.split_once("://") {
        Some((scheme, below)) if is_http(scheme) => below,
        None if relative && given.starts_with('/') && !given.starts_with("//") => "page",
        _ => return None,
    };
    let authority = below.split('/').next().unwrap_or_default();
    let foreign = |char: char| matches!(char, '?' | '#' | '\\') || char <= ' ' || char == '\u{7f}';
    if authority.is_empty() || authority.contains('@') || given.contains(foreign) {
        return None;
    }
    let base = format!("{}/", given.trim_end_matches('/'));
    if base.starts_with('/') {
        Some(base)
    } else {
        normalized(base)
    }
}

/// JavaScript's `URL` does it, when it validates the host. This saves 800 bytes (brotli).
#[cfg(target_arch = "wasm32")]
fn normalized(base: String) -> Option<String> {
    Some(base)
}

/// Different spellings of the same base URL share one rate limit. `None` if the port is invalid.
#[cfg(not(target_arch = "wasm32"))]
fn normalized(base: String) -> Option<String> {
    let (scheme, below) = base.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = below.split_at(below.find('/')?);
    if !is_host_and_port(authority) {
        return None;
    }
    let authority = authority.to_ascii_lowercase();
    let port = if scheme == "http" { ":80" } else { ":443" };
    let authority = authority.strip_suffix(port).unwrap_or(&authority);
    let authority = authority.strip_suffix(':').unwrap_or(authority);
    Some(format!("{scheme}://{authority}{path}"))
}

/// `host`, `host:443`, `[::1]:443`
#[cfg(not(target_arch = "wasm32"))]
fn is_host_and_port(authority: &str) -> bool {
    // The colons of an IPv6 address precede its closing bracket.
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = port.is_empty() || port.parse::<u16>().is_ok();
    let is_address = host.starts_with('[') && host.ends_with(']');
    let is_name = !host.is_empty() && !host.contains(['%', ':', '[', ']', '<', '>', '^', '|']);
    is_port && in_range && (is_address || is_name)
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// The URL of an operation. `base` is a result of [`base`](base()), `id` becomes the last segment of the path
/// if the operation has a path parameter, `end` follows the path, and `query` follows in its order.
#[must_use]
pub(crate) fn of_operation(
    base: &str,
    route: &Route,
    id: &str,
    end: &str,
    query: &[(&str, &str)],
) -> String {
    let mut url = format!("{base}{}", route.path);
    if route.id_in_path {
        escape(&mut url, id);
    }
    url += end;
    let mut before = '?';
    for (name, value) in query {
        url.push(before);
        escape(&mut url, name);
        url.push('=');
        escape(&mut url, value);
        before = '&';
    }
    url
}

/// Appends a text as a segment of a path or a part of a query, percent-encoded like JavaScript's
/// `encodeURIComponent`: all bytes but unreserved ones become `%XX`.
fn escape(url: &mut String, text: &str) {
    const UNRESERVED: &[u8] = b"-_.!~*'()";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push('%');
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or_default();
                url.push(digit.to_ascii_uppercase());
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
