//! How long to wait: the backoff, and what a server's headers ask for.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use centerfy::internal::retry::{WAIT_HEADERS, backoff, retryable, wait};
use centerfy::internal::{http_date, retry};
use proptest::prelude::*;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// 9999-12-31T23:59:59, after which a year needs five digits.
const LAST: u64 = 253_402_300_799;

fn ms(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

/// The three forms of a date, made from the first by hand.
fn forms(seconds: u64) -> [String; 3] {
    let imf = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    let (day, month, year, time) = (&imf[5..7], &imf[8..11], &imf[12..16], &imf[17..25]);
    let name = DAYS
        .iter()
        .find(|name| name.starts_with(&imf[..3]))
        .unwrap();
    let spaced = format!("{:>2}", day.trim_start_matches('0'));
    [
        imf.clone(),
        format!("{name}, {day}-{month}-{} {time} GMT", &year[2..]),
        format!("{} {month} {spaced} {time} {year}", &imf[..3]),
    ]
}

proptest! {
    #![proptest_config(crate::cases(500))]
    #[test]
    fn no_header_panics_and_every_wait_is_one(
        header in 0..4_u32,
        value in prop::collection::vec(any::<u8>(), 0..64),
        now in -1e18..1e18,
    ) {
        if let Some(wait) = wait(header, &value, now) {
            prop_assert!(wait >= 0.0, "{wait}");
        }
    }

    #[test]
    fn however_many_digits_a_wait_is_finite(
        header in 0..3_u32,
        whole in 1..400_usize,
        fraction in prop::option::of(0..400_usize),
    ) {
        let fraction = fraction.map_or(String::new(), |digits| format!(".{}", "9".repeat(digits)));
        let value = "9".repeat(whole) + &fraction;
        let wait = wait(header, value.as_bytes(), 0.0);
        prop_assert_eq!(wait.is_some(), value.len() <= retry::LONGEST_VALUE, "{}", value);
        prop_assert!(wait.is_none_or(f64::is_finite), "{value}: {wait:?}");
    }

    #[test]
    fn nearly_right_headers_do_not_panic(
        header in 0..3_u32,
        value in r"[A-Z][a-z]{1,8},? {0,2}[0-9]{0,3}[- ]?[A-Z][a-z]{2}[- ]?[0-9]{0,5}( [0-9:]{0,9}){0,2}( GMT| [0-9]{4})?",
    ) {
        if let Some(wait) = wait(header, value.as_bytes(), 784_111_777_000.0) {
            prop_assert!(wait >= 0.0 && wait.is_finite(), "{value}: {wait}");
        }
    }

    #[test]
    fn all_three_forms_of_a_date(seconds in 0..=LAST) {
        let [imf, rfc850, asctime] = forms(seconds);
        let date = seconds as f64 * 1000.0;
        prop_assert_eq!(http_date::parse(imf.as_bytes(), 0.0), Some(date));
        prop_assert_eq!(http_date::parse(asctime.as_bytes(), 0.0), Some(date), "{}", asctime);
        if (0..4_102_444_800).contains(&seconds) {
            // Two digits are a year of this century or the last.
            prop_assert_eq!(http_date::parse(rfc850.as_bytes(), date), Some(date), "{}", rfc850);
        }
    }

    #[test]
    fn a_year_of_two_digits_is_never_more_than_fifty_years_ahead(
        // What is read has two digits only for the years from 1950 to 2099.
        seconds in 0..4_102_444_799_u64,
        now in 946_684_800_000.0..2_524_608_000_000.0,
    ) {
        let [_, rfc850, _] = forms(seconds);
        let date = http_date::parse(rfc850.as_bytes(), now).unwrap();
        prop_assert!(date - now <= 50.0 * 365.25 * 86_400_000.0);
        // The same date in some century: all of them have 36 524 or 36 525 days.
        let centuries = (date / 1000.0 - seconds as f64).abs() / 86_400.0;
        prop_assert!([0.0, 36_524.0, 36_525.0].contains(&centuries), "{rfc850}: {centuries}");
    }

    #[test]
    fn dates_as_the_crate_httpdate_reads_them(
        seconds in 0..=LAST,
        form in 0..3_usize,
        at in 0..40_usize,
        byte in 0x20..0x7f_u8,
    ) {
        let mut text = forms(seconds)[form].clone().into_bytes();
        // httpdate does not look at all separators.
        if let Some(place) = text.get_mut(at).filter(|place| place.is_ascii_alphanumeric()) {
            *place = byte;
        }
        let text = String::from_utf8(text).unwrap();
        // Where httpdate takes a date, so do we, and it is the same. (It is stricter elsewhere, and
        // takes a year of two digits for one of 1970 to 2069.)
        if let Ok(theirs) = httpdate::parse_http_date(&text) {
            let ours = http_date::parse(text.as_bytes(), ms(theirs));
            prop_assert_eq!(ours, Some(ms(theirs)), "{}", text);
        }
    }

    #[test]
    fn seconds_and_milliseconds(whole in 0..1_000_000_000_u64, part in prop::option::of(0..1000_u32)) {
        let text = part.map_or(whole.to_string(), |part| format!("{whole}.{part:03}"));
        let value = text.parse::<f64>().unwrap();
        for (header, unit) in [(0, 1.0), (1, 1000.0), (2, 1000.0)] {
            let wait = wait(header, text.as_bytes(), 0.0).unwrap();
            prop_assert!((wait - value * unit).abs() <= wait * 1e-12, "{} {text}: {wait}", WAIT_HEADERS[header as usize]);
        }
    }

    #[test]
    fn no_wait_is_read_out_of_other_words(value in r"(-[0-9]+|[0-9]+[a-z]+|[0-9]*e[0-9]+|0x[0-9a-f]+|[0-9]+,[0-9]+|\+[0-9]+|\.[0-9]+|[0-9]+ [0-9]+|Infinity|NaN|null| *)") {
        for header in 0..3 {
            prop_assert_eq!(wait(header, value.as_bytes(), 0.0), None, "{}", value);
        }
    }

    #[test]
    fn a_date_in_the_past_is_no_wait(seconds in 0..LAST, later in 1.0..1e9) {
        let text = &forms(seconds)[0];
        prop_assert_eq!(wait(1, text.as_bytes(), seconds as f64 * 1000.0 + later), None);
        prop_assert_eq!(wait(0, text.as_bytes(), 0.0), None, "only Retry-After may be a date");
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
        let worth = [408, 429, 500, 502, 503, 504].contains(&status);
        prop_assert_eq!(retryable(status, true), worth);
    }
}

#[test]
fn the_order_of_the_headers() {
    assert_eq!(
        retry::WAIT_HEADERS,
        ["retry-after-ms", "retry-after", "ratelimit-reset"]
    );
}
