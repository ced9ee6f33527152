//! HTTP dates (RFC 9110, section 5.6.7) in their three formats.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The time of an HTTP date, in milliseconds since 1970. `None` if the date is invalid.
pub(crate) fn time_of_date(date: &str) -> Option<f64> {
    let mut month = None;
    let mut time = None;
    let mut numbers = Vec::new();
    for part in date.split([' ', ',', '-']).filter(|part| !part.is_empty()) {
        if part.contains(':') {
            time = Some(seconds_of_day(part)?);
        } else if let Some(at) = MONTHS.iter().position(|name| *name == part) {
            month = Some(at as i64 + 1);
        } else if part.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers.push(part.parse::<i64>().ok()?);
        }
    }
    let [day, year] = numbers.try_into().ok()?;
    let month = month?;
    let year = full_year(year);
    if !(1..=days_of(month, year)).contains(&day) {
        return None;
    }
    Some((days_since_1970(year, month, day) * 86_400 + time?) as f64 * 1000.0)
}

/// `08:49:37`
fn seconds_of_day(text: &str) -> Option<i64> {
    let numbers: Option<Vec<i64>> = text.split(':').map(|part| part.parse().ok()).collect();
    let [hours, minutes, seconds] = numbers?.try_into().ok()?;
    let fits =
        (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds);
    fits.then_some(hours * 3600 + minutes * 60 + seconds)
}

/// The obsolete RFC 850 format has a two-digit year.
fn full_year(year: i64) -> i64 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}

fn days_of(month: i64, year: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Of the Gregorian calendar. Its years are counted from March, so that the leap day is the last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let month = (month + 9) % 12;
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::time_of_date;
    use proptest::prelude::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn the_three_forms_tell_the_same_time() {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994 GMT",
        ] {
            assert_eq!(time_of_date(date), Some(784_111_777_000.0), "{date}");
        }
    }

    #[test]
    fn what_is_no_date_tells_no_time() {
        for date in [
            "",
            "Sun, 06 Nov 1994",
            "Sun, 31 Feb 2026 00:00:00 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "06 07 08 Nov 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        ] {
            assert_eq!(time_of_date(date), None, "{date}");
        }
    }

    proptest! {
        #[test]
        fn another_reader_reads_the_same(seconds in 0_u32..4_000_000_000) {
            let time = UNIX_EPOCH + Duration::from_secs(seconds.into());
            let date = httpdate::fmt_http_date(time);
            prop_assert_eq!(time_of_date(&date), Some(f64::from(seconds) * 1000.0));
        }
    }
}
