//! When to retry: which statuses, after which delay, and which wait a server's headers request.

/// The maximum backoff, in milliseconds.
const LONGEST: f64 = 8_000.0;

/// Whether a response with this status can be retried.
///
/// All 5xx statuses can, because gateways have many of their own, such as Cloudflare's 520 to 530. The
/// exceptions are 501 and 505, which are permanent.
///
/// Operations that are not safe to repeat can be retried only after 429, with which the server states
/// that it did not perform them.
#[must_use]
pub fn retryable(status: u32, repeat_safe: bool) -> bool {
    let unavailable = matches!(status, 408 | 500..=599) && !matches!(status, 501 | 505);
    status == 429 || repeat_safe && unavailable
}

/// The backoff after attempt number `attempt` (1 is the first), in milliseconds: 500, 1000, 2000, … up to
/// 8000, minus a jitter of up to a quarter. `random` is from 0 (included) to 1 (excluded).
#[must_use]
pub fn backoff(attempt: u32, random: f64) -> f64 {
    let doubled = f64::from(250_u32 << attempt.min(6));
    let longest = if doubled > LONGEST { LONGEST } else { doubled };
    longest * (1.0 - random * 0.25)
}

/// The headers that specify how long to wait, in order of precedence, and their units in milliseconds.
/// Only [`RETRY_AFTER`] may be a date instead of a number.
pub const WAIT_HEADERS: [(&str, f64); 3] = [
    ("retry-after-ms", 1.0),
    (RETRY_AFTER, 1000.0),
    ("ratelimit-reset", 1000.0),
];

/// The only standard header among them (RFC 9110, section 10.2.3).
pub const RETRY_AFTER: &str = "retry-after";

/// The wait that a numeric header specifies, in milliseconds. The number has up to 48 digits and an
/// optional fraction, of which nine digits count. For any other value the result is `None`, and the header
/// is ignored.
#[cfg(feature = "client")]
#[must_use]
pub fn wait(value: &str, unit: f64) -> Option<f64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 48 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    // The number parser of std adds 3 KB (brotli) to a program that does not use it elsewhere.
    let read = |text: &str| {
        let add = |number: f64, byte| number * 10.0 + f64::from(byte) - f64::from(b'0');
        text.bytes().fold(0.0, add)
    };
    let fraction = fraction.get(..9).unwrap_or(fraction);
    let below = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    Some((read(whole) + read(fraction) / below) * unit)
}

/// Returns a value that has the shape of an HTTP date (RFC 9110, section 5.6.7): a day, a time, and `GMT`
/// or, in the `asctime` format, the year at the end. `GMT` is added if it is missing, because all three
/// formats use that time zone. The caller parses the result: JavaScript's `Date.parse` alone would accept
/// many texts that are not dates.
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
