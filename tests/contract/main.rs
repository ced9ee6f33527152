//! The contract, `openapi.yaml`, against what stands for it in this project: the Rust structs, the
//! TypeScript declarations made of them, the client's request table and its checks, and the sandbox.
//!
//! Nothing here lists an operation, a field or a rule: all come from the document. So a change of the
//! contract fails these tests until everything follows.
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
