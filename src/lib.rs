#![cfg_attr(feature = "client", doc = include_str!("../CRATE.md"))]
#![cfg_attr(
    not(feature = "client"),
    doc = "The requests and responses of the Centerfy AI API, with serde: see `types`."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the types, as in the npm module, the crate does not use std: its panics would add 4 KB of text and
// formatting (2.1 KB brotli) to a module that cannot reach them.
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
mod text;
#[cfg(feature = "types")]
pub mod types;
#[cfg(feature = "client")]
mod url;
mod validate;

#[cfg(feature = "client")]
pub use client::{
    Acquire, ApiRequest, ApiResponse, Auth, Cause, CenterfyError, Client, ClientBuilder, Event,
    EventKind, Failure, Headers, Issue, MessageStream, NextMessage, Permit, RateLimit, RateLimiter,
    WithResponse,
};
/// The types of custom transports: see [`ClientBuilder::transport`].
#[cfg(feature = "transport")]
pub mod transport {
    pub use crate::client::{BoxError, RequestBody};
}
pub use error::Code;
pub use operations::Operation;

/// The Rust programs of `docs/`, compiled as doctests.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/rust.md")]
pub struct Docs;
