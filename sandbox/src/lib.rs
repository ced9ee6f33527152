//! The Centerfy AI API, played by a program: for tests, demos and development.
//!
//! The heart is [`Sandbox`]: a value that takes a [`Request`] and the time, and gives an
//! [`Answer`]. It has no clock, no randomness of its own and no input or output, so it runs
//! wherever Rust compiles to. The feature `server` puts it behind a real HTTP server
//! ([`server`]).
//!
//! It is written from the API's contract and shares no code with the client, so that one
//! misreading cannot be in both.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::todo,
    clippy::unimplemented
)]

mod agents;
mod auth;
mod business;
mod calls;
mod control;
mod cors;
mod dialogues;
mod faults;
mod http;
mod log;
mod messages;
mod preflights;
mod random;
mod rate;
mod receipt;
mod recording;
mod replies;
pub mod routes;
mod sandbox;
mod seed;
#[cfg(feature = "server")]
pub mod server;
mod time;
pub mod validate;
mod world;

pub use faults::{Ending, Manner};
pub use http::{Answer, Request};
pub use receipt::{Outcome, Receipt};
pub use sandbox::Sandbox;
