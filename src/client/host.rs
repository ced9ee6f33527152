//! What the client needs of where it runs: a clock, timers, chance and `fetch`.
//!
//! In a browser or another JavaScript runtime, JavaScript has all of it. Elsewhere there is nothing
//! to send with: the crate compiles there, for programs that render the same code on a server, and
//! every call fails. The crate's own tests have a world of their own there, with a clock that they
//! turn.

#[cfg(target_arch = "wasm32")]
mod javascript;
#[cfg(target_arch = "wasm32")]
pub(super) use javascript::{
    Exchange, Headers, Ringer, Signal, Timer, UNABLE, has_location, header, in_page, is_url, now,
    random, signal, time_of_date, wall_clock,
};

#[cfg(not(target_arch = "wasm32"))]
mod signal;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use signal::{Ringer, Signal, signal};

#[cfg(not(target_arch = "wasm32"))]
mod url;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use url::is_url;

#[cfg(not(target_arch = "wasm32"))]
mod values;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use values::{Headers, has_location, header, in_page};

#[cfg(not(any(target_arch = "wasm32", test)))]
mod elsewhere;
#[cfg(not(any(target_arch = "wasm32", test)))]
pub(super) use elsewhere::{Exchange, Timer, UNABLE, now, random, time_of_date, wall_clock};

#[cfg(all(not(target_arch = "wasm32"), test))]
pub(super) mod simulated;
#[cfg(all(not(target_arch = "wasm32"), test))]
pub(super) use simulated::{Exchange, Timer, UNABLE, now, random, time_of_date, wall_clock};
