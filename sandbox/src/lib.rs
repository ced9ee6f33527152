#![cfg_attr(all(feature = "server", feature = "service"), doc = include_str!("../README.md"))]
//!
//! ## The handler
//!
//! [`Handler`] takes a [`Request`] and the time, and returns a [`Response`]. It has no clock, no
//! randomness of its own and no input or output, so it runs wherever Rust compiles to. The sandbox,
//! the server and the WebAssembly module are built on it.
//!
//! ```
//! use centerfy_sandbox::{Handler, Request};
//!
//! let now_ms = 1_775_000_000_000;
//! let mut handler = Handler::new(1, now_ms);
//! let request = Request::new("GET", "/functions/v1/crm-api/get-agent/unknown")
//!     .with_header("x-api-key", "cfy_sandbox");
//! let response = handler.handle(&request, now_ms).response;
//! assert_eq!(response.status, 404);
//! assert_eq!(response.value()["message"], "Agent not found");
//! ```
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
#[cfg(any(feature = "server", feature = "service"))]
mod convert;
mod cors;
#[cfg(feature = "typescript")]
mod declarations;
mod entities;
pub mod faults;
mod handler;
mod http;
pub mod inspector;
mod log;
pub mod operations;
mod organization;
mod organizations;
mod pending;
mod preflights;
mod random;
mod rate;
mod recording;
mod replies;
pub mod routes;
#[cfg(feature = "service")]
mod sandbox;
pub mod schema;
mod seed;
#[cfg(feature = "server")]
pub mod server;
#[cfg(any(feature = "server", feature = "service"))]
mod steps;
mod time;
mod welcome;

#[cfg(feature = "typescript")]
pub use declarations::declarations;
pub use faults::{Ending, Transfer, When};
pub use handler::Handler;
pub use http::{Refusal, Request, Response};
pub use inspector::{ListedCall, ListedContact};
pub use log::LogEntry;
pub use organization::{Delivery, NewContact, NewContacts, Settings};
pub use pending::{Outcome, PendingRequest};
pub use rate::RateLimit;
#[cfg(feature = "service")]
pub use sandbox::{
    Fault, IncomingMessage, ResponseFuture, Sandbox, SandboxBody, SandboxBuilder, SandboxService,
    ServiceError,
};
