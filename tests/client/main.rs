//! The typed client against the running sandbox, in Node.js and in a page.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod answers;
mod dropping;
mod errors;
mod leaks;
mod limiter;
mod messages;
mod operations;
mod options;
mod retries;
#[path = "../support/samples.rs"]
mod samples;
mod world;
