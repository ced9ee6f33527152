//! A client for the Centerfy AI API: AI voice agents, outbound calls, recordings and messages.
//!
//! The crate has two faces. The feature `npm` makes the WebAssembly module of the npm package
//! `centerfy`; the feature `client`, which is on by default, is a typed client for Rust programs
//! that run where JavaScript does. Both stand on the same rooms, which are plain Rust:
//!
//! - [`operations`]: the table of the eight operations
//! - [`validate`]: requests against that table
//! - [`call`]: one call as a state machine
//! - [`retry`], [`http_date`], [`limiter`], [`error`]: what it decides with
#![cfg_attr(docsrs, feature(doc_cfg))]
// The rooms alone, which the npm module stands on, do without std: its panics would bring 4 KB of
// text and formatting (brotli 2.1 KB) into a module in which none is reachable.
#![cfg_attr(not(feature = "types"), no_std)]

extern crate alloc;

#[cfg(feature = "client")]
pub mod client;
mod enumerated;
#[cfg(feature = "types")]
pub mod types;

// What the npm module, the build and the tests stand on, too. No version promises any of it.
#[doc(hidden)]
pub mod call;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod http_date;
#[doc(hidden)]
pub mod limiter;
#[doc(hidden)]
pub mod operations;
#[doc(hidden)]
pub mod pool;
#[doc(hidden)]
pub mod protocol;
#[doc(hidden)]
pub mod retry;
#[cfg(feature = "client")]
#[doc(hidden)]
pub mod url;
#[doc(hidden)]
pub mod validate;

/// The README's Rust programs, which compile with the documentation's examples.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../README.md")]
pub struct Readme;
