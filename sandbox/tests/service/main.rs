//! `Sandbox` and its service, as Rust tests use them.

mod client;
mod faults;
mod first_test;
mod readme;
mod state;
mod support;
mod time;
