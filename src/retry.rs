//! When to send again: which statuses, how long to wait, and what a server's headers ask for.

/// The longest wait of our own, in milliseconds.
const LONGEST: f64 = 8_000.0;

/// Whether an answer with this status is worth another try.
///
/// Of 5xx all are but 501 and 505, which say that the server will never do it: gateways have many of
/// their own, such as Cloudflare's 520 to 530.
///
/// Of the operations that are not repeat-safe only a 429 is: the server says itself that it did
/// not carry them out.
#[must_use]
pub fn retryable(status: u32, repeat_safe: bool) -> bool {
    let unavailable = matches!(status, 408 | 500..=599) && !matches!(status, 501 | 505);
    status == 429 || repeat_safe && unavailable
}

/// The wait after attempt number `attempt` (1 is the first), in milliseconds: 500, 1000, 2000, …
/// up to 8000, less up to a quarter of it. `random` is from 0 (included) to 1.
#[must_use]
pub fn backoff(attempt: u32, random: f64) -> f64 {
    let doubled = f64::from(250_u32 << attempt.min(6));
    let longest = if doubled > LONGEST { LONGEST } else { doubled };
    longest * (1.0 - random * 0.25)
}

/// The headers that tell how long to wait, in the order in which they are believed, and their unit in
/// milliseconds. Only [`RETRY_AFTER`] may be a date instead of a number.
pub const WAIT_HEADERS: [(&str, f64); 3] = [
    ("retry-after-ms", 1.0),
    (RETRY_AFTER, 1000.0),
    ("ratelimit-reset", 1000.0),
];

/// The one standard header among them (RFC 9110, 10.2.3).
pub const RETRY_AFTER: &str = "retry-after";

/// The wait that a header's number asks for, in milliseconds: up to 48 digits, with or without a
/// fraction. `None` where the value is no such number; it is then as if the header were absent.
#[cfg(feature = "client")]
#[must_use]
pub fn wait(value: &str, unit: f64) -> Option<f64> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if whole.is_empty() || whole.len() > 48 || !digits(whole) || !digits(fraction) {
        return None;
    }
    Some(value.parse::<f64>().ok()? * unit)
}

/// Whether a value has the shape of an HTTP date (RFC 9110, 5.6.7): a day, a time, and `GMT` or, in
/// the oldest of the three forms, the year at its end. JavaScript's own `Date.parse` reads it then,
/// which by itself takes half a sentence for a date. With `GMT` added where it is missing: all three
/// forms are in that zone.
#[cfg(feature = "client")]
#[must_use]
pub fn date(value: &str) -> Option<alloc::string::String> {
    let (rest, last) = value.rsplit_once(' ')?;
    let time = rest.rsplit_once(' ')?.1.as_bytes();
    let is_time = matches!(time, [_, _, b':', _, _, b':', _, _]);
    if !value.starts_with(|first: char| first.is_ascii_uppercase()) || !is_time {
        return None;
    }
    match last.len() {
        3 if last == "GMT" => Some(value.into()),
        4 if last.bytes().all(|byte| byte.is_ascii_digit()) => Some(alloc::format!("{value} GMT")),
        _ => None,
    }
}
