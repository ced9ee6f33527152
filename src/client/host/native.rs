//! Outside of JavaScript: the system's clock, or Tokio's if a test has paused it; and Tokio's timers, or
//! those of a thread if no runtime is running.

mod date;
mod thread;
mod timer;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

#[cfg_attr(test, allow(unused_imports))]
pub(crate) use date::time_of_date;
#[cfg_attr(test, allow(unused_imports))]
pub(crate) use timer::Timer;

#[cfg(not(feature = "native"))]
use std::time::Instant;
#[cfg(feature = "native")]
use tokio::time::Instant;

/// The milliseconds of a monotonic clock.
pub(crate) fn now() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let now = Instant::now();
    now.saturating_duration_since(*START.get_or_init(|| now))
        .as_secs_f64()
        * 1000.0
}

/// Milliseconds since 1970.
pub(crate) fn wall_clock() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64() * 1000.0
}

/// A random number from 0 (included) to 1 (excluded).
pub(crate) fn random() -> f64 {
    const PRECISE: u32 = 53;
    (bits() >> (u64::BITS - PRECISE)) as f64 / (1_u64 << PRECISE) as f64
}

/// 64 random bits: std seeds its hashers with the operating system's random numbers.
pub(crate) fn bits() -> u64 {
    RandomState::new().hash_one(0)
}
