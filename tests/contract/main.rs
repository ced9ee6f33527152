//! The contract, `openapi.yaml`, against what stands for it in this project: the Rust structs, the
//! TypeScript declarations made of them, the client's request table and its checks, and the sandbox.
//!
//! Operations, fields and rules come from the document, so a change of the contract fails these tests until
//! everything follows. `structs.rs` and `answers.rs` name the struct that belongs to each schema, and
//! `table.rs` the lengths of strings.
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
mod sandbox;
mod structs;
mod table;
mod typescript;
