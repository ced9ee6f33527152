//! The HTTP server: behavior that only a socket shows.

mod connections;
mod faults;
mod files;
mod pages;
mod program;
mod ready;
mod support;
