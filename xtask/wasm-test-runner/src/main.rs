//! Runs wasm-bindgen tests.
fn main() {}
