//! The typed client on this machine: its transport, its runtime, and what it reports.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[cfg(feature = "transport")]
mod calls;
#[cfg(feature = "transport")]
mod limits;
mod network;
#[cfg(feature = "transport")]
mod proxy;
#[cfg(feature = "transport")]
mod reports;
#[cfg(feature = "transport")]
mod support;
#[cfg(feature = "transport")]
mod transport;
