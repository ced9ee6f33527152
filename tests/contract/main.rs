//! The contract, `openapi.yaml`, against its implementations: the Rust structs, the TypeScript
//! declarations, the client's request table and its checks, and the sandbox.
//!
//! Operations, fields and rules come from the document, so a change of the contract fails these tests until
//! all implementations follow.
#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unreachable,
    reason = "a test that stops says so"
)]
#![cfg(all(feature = "typescript", not(target_arch = "wasm32")))]

mod answers;
mod cases;
mod declarations;
mod document;
mod samples;
#[path = "../support/samples.rs"]
mod samples_file;
mod sandbox;
mod structs;
mod table;
mod typescript;
