//! The Centerfy AI API, played by a program: for tests, demos and development.
//!
//! The heart is [`Sandbox`]: a value that takes a [`Request`] and the time, and gives an
//! [`Answer`]. It has no clock, no randomness of its own and no input or output, so it runs
//! wherever Rust compiles to. The feature `server` puts it behind a real HTTP server
//! ([`server`]).
//!
//! ```
//! use centerfy_sandbox::{Request, Sandbox};
//!
//! let now_ms = 1_775_000_000_000;
//! let mut sandbox = Sandbox::new(1, now_ms);
//! let request = Request::new("GET", "/functions/v1/crm-api/get-agent/nobody")
//!     .with_header("x-api-key", "cfy_sandbox");
//! let answer = sandbox.handle(&request, now_ms).answer;
//! assert_eq!(answer.status, 404);
//! assert_eq!(answer.value()["message"], "Agent not found");
//! ```
//!
//! It is written from the API's contract and shares no code with the client, so that one
//! misreading cannot be in both.
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::todo,
    clippy::unimplemented
)]

mod auth;
mod control;
mod cors;
#[cfg(feature = "typescript")]
mod declarations;
pub mod door;
pub mod faults;
mod http;
mod log;
mod operations;
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
mod things;
mod time;
pub mod validate;
mod welcome;
mod world;
mod worlds;

#[cfg(feature = "typescript")]
pub use declarations::declarations;
pub use faults::{Ending, Manner};
pub use http::{Answer, Refusal, Request};
pub use log::LogEntry;
pub use rate::RateLimit;
pub use receipt::{Outcome, Receipt};
pub use sandbox::Sandbox;
pub use world::{DeliveredMessage, NewContact, Settings};
