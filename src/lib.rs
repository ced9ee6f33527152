#![cfg_attr(feature = "client", doc = include_str!("../CRATE.md"))]
#![cfg_attr(
    not(feature = "client"),
    doc = "The requests and answers of the Centerfy AI API, with serde: see `types`."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// The rooms alone, which the npm module stands on, do without std: its panics would bring 4 KB of
// text and formatting (brotli 2.1 KB) into a module in which none is reachable.
#![cfg_attr(not(feature = "types"), no_std)]

extern crate alloc;

mod accepts;
mod call;
mod checks;
#[cfg(feature = "client")]
mod client;
mod enumerated;
mod error;
#[doc(hidden)]
pub mod internal;
#[cfg(feature = "client")]
mod limiter;
mod operations;
mod protocol;
mod retry;
#[cfg(feature = "types")]
pub mod types;
#[cfg(feature = "client")]
mod url;
mod validate;

#[cfg(feature = "client")]
pub use client::{
    Acquire, ApiRequest, ApiResponse, Auth, Cause, CenterfyError, Client, ClientBuilder, Event,
    EventKind, Failure, Headers, MessageStream, NextMessage, Permit, RateLimit, RateLimiter,
    WithResponse,
};
/// Sending by a `tower::Service` of the caller's own: see [`ClientBuilder::transport`].
#[cfg(feature = "transport")]
pub mod transport {
    pub use crate::client::{BoxError, RequestBody};
}
pub use error::Code;
pub use operations::Operation;

/// The Rust programs of `docs/`, which compile with the documentation's examples.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/rust.md")]
pub struct Docs;
