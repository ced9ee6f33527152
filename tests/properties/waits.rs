//! How long to wait: the backoff, and the wait in a server's headers.

use std::time::{Duration, UNIX_EPOCH};

use centerfy::internal::retry::{RETRY_AFTER, WAIT_HEADERS, backoff, date, retryable, wait};
use proptest::prelude::*;

/// The three forms of a date, made from the first by hand.
fn forms(seconds: u64) -> [String; 3] {
    let imf = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    let (day, month, year, time) = (&imf[5..7], &imf[8..11], &imf[12..16], &imf[17..25]);
    let spaced = format!("{:>2}", day.trim_start_matches('0'));
    [
        imf.clone(),
        format!("Sunday, {day}-{month}-{} {time} GMT", &year[2..]),
        format!("{} {month} {spaced} {time} {year}", &imf[..3]),
    ]
}

proptest! {
    #![proptest_config(crate::cases(500))]
    #[test]
    fn no_header_panics_and_every_wait_is_one(value in ".{0,64}", unit in 1.0..1000.0) {
        if let Some(wait) = wait(&value, unit) {
            prop_assert!(wait >= 0.0 && wait.is_finite(), "{wait}");
        }
        let _ = date(&value);
    }

    #[test]
    fn however_many_digits_a_wait_is_finite(whole in 1..400_usize, fraction in prop::option::of(0..400_usize)) {
        let fraction = fraction.map_or(String::new(), |digits| format!(".{}", "9".repeat(digits)));
        let value = "9".repeat(whole) + &fraction;
        prop_assert!(wait(&value, 1000.0).is_none_or(f64::is_finite), "{value}");
    }

    #[test]
    fn all_three_forms_of_a_date_are_dates_of_gmt(seconds in 0..253_402_300_799_u64) {
        for form in forms(seconds) {
            let read = date(&form);
            prop_assert!(read.is_some_and(|read| read.starts_with(&form) && read.ends_with(" GMT")), "{form}");
        }
    }

    #[test]
    fn seconds_and_milliseconds(whole in 0..1_000_000_000_u64, part in prop::option::of(0..1000_u32)) {
        let text = part.map_or(whole.to_string(), |part| format!("{whole}.{part:03}"));
        let value = text.parse::<f64>().unwrap();
        for (name, unit) in WAIT_HEADERS {
            let wait = wait(&text, unit).unwrap();
            prop_assert!((wait - value * unit).abs() <= wait * 1e-12, "{name} {text}: {wait}");
        }
    }

    #[test]
    fn no_wait_is_read_out_of_other_words(value in r"(-[0-9]+|[0-9]+[a-z]+|[0-9]*e[0-9]+|0x[0-9a-f]+|[0-9]+,[0-9]+|\+[0-9]+|\.[0-9]+|[0-9]+ [0-9]+|Infinity|NaN|null|next Monday 5|2099-01-01|Fri, 32|[A-Z][a-z]{2} [0-9]{4}| *)") {
        prop_assert_eq!(wait(&value, 1.0), None, "{}", value);
        prop_assert_eq!(date(&value), None, "{}", value);
    }

    #[test]
    fn the_backoff_stays_in_its_bounds(attempt in 1..1000_u32, random in 0.0..1.0) {
        let most = (500.0 * f64::powi(2.0, attempt as i32 - 1)).min(8000.0);
        let wait = backoff(attempt, random);
        prop_assert!(wait <= most && wait > most * 0.75, "{attempt}: {wait}");
    }

    #[test]
    fn only_a_429_lets_a_second_call_happen(status in 0..1000_u32) {
        prop_assert_eq!(retryable(status, false), status == 429);
        let worth = [408, 429].contains(&status)
            || (500..600).contains(&status) && ![501, 505].contains(&status);
        prop_assert_eq!(retryable(status, true), worth);
    }
}

#[test]
fn the_order_of_the_headers() {
    let names = WAIT_HEADERS.map(|(name, _)| name);
    assert_eq!(names, ["retry-after-ms", RETRY_AFTER, "ratelimit-reset"]);
}
