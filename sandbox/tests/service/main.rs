//! `Sandbox` and its service, as Rust tests use them.

mod faults;
mod state;
mod support;
mod time;
