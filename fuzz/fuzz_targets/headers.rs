//! Any values of the headers that say how long to wait.
#![no_main]

use centerfy::internal::retry;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &str| {
    for (_, unit) in retry::WAIT_HEADERS {
        if let Some(wait) = retry::wait(value, unit) {
            assert!(wait >= 0.0 && wait.is_finite(), "{wait}");
        }
    }
    if let Some(date) = retry::date(value) {
        assert!(date.ends_with("GMT"), "{date}");
    }
});
