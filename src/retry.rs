//! When to send again: which statuses, how long to wait, and what a server's headers ask for.

/// The longest wait of our own, in milliseconds.
const LONGEST: f64 = 8_000.0;

/// Whether an answer with this status is worth another try.
///
/// Of the operations that are not repeat-safe only a 429 is: the server says itself that it did
/// not carry them out.
#[must_use]
pub fn retryable(status: u32, repeat_safe: bool) -> bool {
    status == 429 || repeat_safe && (matches!(status, 408 | 500) || (502..=504).contains(&status))
}

/// The wait after attempt number `attempt` (1 is the first), in milliseconds: 500, 1000, 2000, …
/// up to 8000, less up to a quarter of it. `random` is from 0 (included) to 1.
#[must_use]
pub fn backoff(attempt: u32, random: f64) -> f64 {
    let doubled = f64::from(250_u32 << attempt.min(6));
    let longest = if doubled > LONGEST { LONGEST } else { doubled };
    longest * (1.0 - random * 0.25)
}

/// The headers that tell how long to wait, in the order in which they are believed.
pub const WAIT_HEADERS: [&str; 3] = ["retry-after-ms", "retry-after", "ratelimit-reset"];

/// The most bytes that a header's value may have. A date has 29; and so few digits keep a number
/// finite.
pub const LONGEST_VALUE: usize = 48;

/// The wait that a header asks for, in milliseconds. `header` is its index in [`WAIT_HEADERS`],
/// `now` the time since 1970 in milliseconds. `None` where the value is malformed or in the past:
/// it is then as if the header were absent.
#[must_use]
pub fn wait(header: u32, value: &[u8], now: f64) -> Option<f64> {
    if value.len() > LONGEST_VALUE {
        return None;
    }
    wait_of_short(header, value, now)
}

/// [`wait`] of a value that is known to have [`LONGEST_VALUE`] bytes at most.
#[must_use]
pub fn wait_of_short(header: u32, value: &[u8], now: f64) -> Option<f64> {
    match (number(value), header) {
        (Some(number), 0) => Some(number),
        (Some(number), _) => Some(number * 1000.0),
        (None, 1) => crate::http_date::parse(value, now)
            .map(|date| date - now)
            .filter(|wait| *wait >= 0.0),
        _ => None,
    }
}

/// Digits, with or without a fraction.
fn number(value: &[u8]) -> Option<f64> {
    let (mut number, mut unit) = (0.0, 0.0);
    let mut digits = 0;
    for byte in value {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            number = number * 10.0 + f64::from(digit);
            unit *= 10.0;
            digits += 1;
        } else if *byte == b'.' && digits > 0 && unit == 0.0 {
            unit = 1.0;
        } else {
            return None;
        }
    }
    match (digits > 0, unit > 0.0) {
        (false, _) => None,
        (_, true) => Some(number / unit),
        _ => Some(number),
    }
}
