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

pub mod call;
#[cfg(feature = "client")]
pub mod client;
pub mod error;
pub mod http_date;
#[cfg(all(feature = "npm", target_arch = "wasm32"))]
mod js;
pub mod limiter;
pub mod operations;
pub mod pool;
pub mod retry;
mod slots;
#[cfg(feature = "types")]
pub mod types;
#[cfg(feature = "client")]
pub mod url;
pub mod validate;

/// The README's Rust programs, which compile with the documentation's examples.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../README.md")]
pub struct Readme;
