//! What the client needs from its environment: a clock, timers, random numbers, and a way to send requests.
//!
//! In a browser or another JavaScript runtime, JavaScript provides all of it. Elsewhere, the standard library
//! and Tokio provide the clock and the timers, and a [transport](super::wire) sends. The crate's own tests use
//! a simulation whose clock they control.

#[cfg(target_arch = "wasm32")]
mod javascript;
#[cfg(target_arch = "wasm32")]
pub(super) use javascript::{
    Exchange, JsHeaders, Ringer, Signal, Timer, bits, has_location, in_page, now, random, signal,
    time_of_date, url, wall_clock,
};

#[cfg(not(target_arch = "wasm32"))]
mod signal;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use signal::{Ringer, Signal, signal};

#[cfg(not(target_arch = "wasm32"))]
mod url;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use url::url;

#[cfg(not(target_arch = "wasm32"))]
#[cfg_attr(test, allow(dead_code, reason = "the crate's own tests simulate it"))]
mod native;
#[cfg(not(any(target_arch = "wasm32", test)))]
pub(super) use native::{Timer, bits, now, random, time_of_date, wall_clock};

#[cfg(all(not(target_arch = "wasm32"), test))]
pub(super) mod simulated;
#[cfg(all(not(target_arch = "wasm32"), test))]
pub(super) use simulated::{Exchange, Timer, bits, now, random, time_of_date, wall_clock};

/// Whether the program runs in a page, whose content anyone can read.
#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn in_page() -> bool {
    false
}

/// Whether there is a URL to resolve relative URLs against.
#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn has_location() -> bool {
    false
}
