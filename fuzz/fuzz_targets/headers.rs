//! Whatever a server puts into the headers that tell how long to wait.
#![no_main]

use centerfy::internal::{http_date, retry};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u32, f64, &[u8])| {
    let (header, now, value) = input;
    // A clock tells a time within the years that a date can have.
    let now = if now.is_finite() { now % 2.6e14 } else { 0.0 };
    if let Some(wait) = retry::wait(header % 3, value, now) {
        assert!(wait >= 0.0, "{wait}");
    }
    if let Some(date) = http_date::parse(value, now) {
        assert!(date.is_finite(), "{date}");
    }
});
