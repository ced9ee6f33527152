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
/// fraction, of which nine count. `None` where the value is no such number; it is then as if the header were absent.
#[cfg(feature = "client")]
#[must_use]
pub fn wait(value: &str, unit: f64) -> Option<f64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 48 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    // std's own reading of numbers is 3 KB (brotli) of a program that needs it nowhere else.
    let read = |text: &str| {
        let add = |number: f64, byte| number * 10.0 + f64::from(byte) - f64::from(b'0');
        text.bytes().fold(0.0, add)
    };
    let fraction = fraction.get(..9).unwrap_or(fraction);
    let below = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    Some((read(whole) + read(fraction) / below) * unit)
}

/// Whether a value has the shape of an HTTP date (RFC 9110, 5.6.7): a day, a time, and `GMT` or, in
/// the oldest of the three forms, the year at its end. JavaScript's own `Date.parse` reads it then,
/// which by itself takes half a sentence for a date. With `GMT` added where it is missing: all three
/// forms are in that zone.
#[cfg(feature = "client")]
#[must_use]
pub fn date(value: &str) -> Option<alloc::string::String> {
    match value.as_bytes() {
        [
            b'A'..=b'Z',
            ..,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            b'G',
            b'M',
            b'T',
        ] => Some(value.into()),
        [b'A'..=b'Z', .., b':', _, _, b':', _, _, b' ', a, b, c, d]
            if [a, b, c, d].into_iter().all(u8::is_ascii_digit) =>
        {
            Some(alloc::format!("{value} GMT"))
        }
        _ => None,
    }
}
