//! The typed client against the running sandbox: on this machine, in Node.js and in a page.
// Runs on wasm32 too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[cfg(target_arch = "wasm32")]
mod answers;
mod dropping;
mod errors;
#[cfg(target_arch = "wasm32")]
mod leaks;
mod limiter;
mod messages;
mod operations;
mod options;
mod retries;
mod runner;
#[allow(dead_code, reason = "other tests have use for the rest")]
#[path = "../support/samples.rs"]
mod samples;
mod sending;
mod wire;
mod world;
