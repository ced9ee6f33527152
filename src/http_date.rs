//! Reads an HTTP date, in any of its three forms (RFC 9110, 5.6.7), all of them GMT whatever the
//! local zone: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
//! `Sun Nov  6 08:49:37 1994`. JavaScript's own `Date.parse` takes the last as local time.

const DAY: f64 = 86_400_000.0;

/// The date in milliseconds since 1970, `None` where it is malformed. `now`, in the same unit,
/// decides the century of a year with two digits: it is not more than 50 years ahead.
#[must_use]
pub fn parse(value: &[u8], now: f64) -> Option<f64> {
    let mut words = value
        .split(|byte| matches!(byte, b' ' | b',' | b'-' | b':'))
        .filter(|word| !word.is_empty());
    let weekday = words.next()?;
    let mut next = || words.next().unwrap_or_default();
    let [a, b, c, d, e, f, zone, end] = [
        next(),
        next(),
        next(),
        next(),
        next(),
        next(),
        next(),
        next(),
    ];
    let asctime = zone.is_empty();
    let [day, month, year, hour, minute, second] = if asctime {
        [b, a, f, c, d, e]
    } else {
        [a, b, c, d, e, f]
    };
    let gmt = asctime || zone == b"GMT" && end.is_empty();
    if !gmt || !weekday.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let month = month_number(month)?;
    let (day, year) = (number(day, 31)?, number(year, 9999)?);
    let (hour, minute, second) = (number(hour, 23)?, number(minute, 59)?, number(second, 60)?);
    let two_digits = year < 100.0;
    let year = if two_digits { year + 2000.0 } else { year };
    let date = days(year, month, day) * DAY + ((hour * 60.0 + minute) * 60.0 + second) * 1000.0;
    if two_digits && date - now > 50.0 * 365.25 * DAY {
        return Some(date - 36_525.0 * DAY);
    }
    Some(date)
}

fn number(digits: &[u8], most: u32) -> Option<f64> {
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() || number > most {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
    }
    (!digits.is_empty() && number <= most).then_some(f64::from(number))
}

/// 1 for `Jan`.
fn month_number(name: &[u8]) -> Option<f64> {
    let at = b"JanFebMarAprMayJunJulAugSepOctNovDec"
        .chunks(3)
        .position(|month| month == name)?;
    u32::try_from(at + 1).ok().map(f64::from)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: f64, month: f64, day: f64) -> f64 {
    // Years that begin in March have their leap day last.
    let (year, month) = if month > 2.0 {
        (year, month - 3.0)
    } else {
        (year - 1.0, month + 9.0)
    };
    let leaps = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    year * 365.0 + leaps + ((month * 153.0 + 2.0) / 5.0).floor() + day - 719_469.0
}
