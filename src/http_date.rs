//! Reads an HTTP date, in any of its three forms (RFC 9110, 5.6.7), all of them GMT whatever the
//! local zone: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
//! `Sun Nov  6 08:49:37 1994`. JavaScript's own `Date.parse` takes the last as local time.

const DAY: f64 = 86_400_000.0;

/// The date in milliseconds since 1970, `None` where it is malformed. `now`, in the same unit,
/// decides the century of a year with two digits: it is not more than 50 years ahead.
#[must_use]
pub fn parse(value: &[u8], now: f64) -> Option<f64> {
    let words = Words::read(value)?;
    let [_, a, b, c, d, e, f, zone] = words.words;
    let [day, month, year, hour, minute, second] = match words.letters {
        LETTERS if zone == u32::from_be_bytes(*b"\0GMT") => [a, b, c, d, e, f],
        LETTERS_OF_ASCTIME if zone == 0 => [b, a, f, c, d, e],
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)? as u32;
    if day.wrapping_sub(1) > 30 || year > 9999 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let two_digits = year < 100;
    let year = if two_digits { year + 2000 } else { year };
    let days = f64::from(days(year, month, day)) - 719_469.0;
    let date = days * DAY + f64::from((hour * 60 + minute) * 60 + second) * 1000.0;
    Some(if two_digits && date - now > 18_262.0 * DAY {
        date - 36_525.0 * DAY
    } else {
        date
    })
}

/// Which words are letters: bit 1 for the first word.
const LETTERS: u32 = 0b1_0000_1010;
const LETTERS_OF_ASCTIME: u32 = 0b0_0000_0110;

/// The words of a date: runs of digits as their number, runs of letters as the last four of them.
struct Words {
    words: [u32; 8],
    letters: u32,
}

impl Words {
    fn read(value: &[u8]) -> Option<Self> {
        let (mut words, mut letters, mut digits) = ([0_u32; 8], 0, 0);
        let (mut count, mut inside) = (0, false);
        for byte in value {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let letter = byte.is_ascii_alphabetic();
            if digit > 9 && !letter {
                if !matches!(byte, b' ' | b',' | b'-' | b':') {
                    return None;
                }
                inside = false;
                continue;
            }
            count += usize::from(!inside);
            inside = true;
            let word = words.get_mut(count - 1)?;
            if letter {
                letters |= 1 << count;
                *word = *word << 8 | u32::from(*byte);
            } else {
                digits |= 1 << count;
                *word = word.wrapping_mul(10).wrapping_add(digit);
            }
        }
        (letters & digits == 0).then_some(Self { words, letters })
    }
}

#[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
const MONTHS: [u32; 12] = {
    let names = *b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let (mut months, mut i) = ([0; 12], 0);
    while i < 12 {
        let name = [0, names[i * 3], names[i * 3 + 1], names[i * 3 + 2]];
        months[i] = u32::from_be_bytes(name);
        i += 1;
    }
    months
};

/// Days from a day in the year 0 to a date of the Gregorian calendar; `month` 0 is January.
const fn days(year: u32, month: u32, day: u32) -> u32 {
    // Years that begin in March have their leap day last.
    let (year, month) = if month > 1 {
        (year, month - 2)
    } else {
        (year - 1, month + 10)
    };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::parse;

    const NOW: f64 = 784_111_700_000.0;

    #[test]
    fn the_three_forms_are_the_same_time() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(
                parse(text.as_bytes(), NOW),
                Some(784_111_777_000.0),
                "{text}"
            );
        }
    }

    #[test]
    fn malformed_dates_are_no_dates() {
        for text in [
            "",
            "Sun",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 6th Nov 1994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
            "Sun Nov  6 08:49:37 1994 GMT",
        ] {
            assert_eq!(parse(text.as_bytes(), NOW), None, "{text}");
        }
    }
}
