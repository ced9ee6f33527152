//! What runs a test: Tokio on this machine, wasm-bindgen-test in JavaScript.

#[cfg(not(target_arch = "wasm32"))]
pub use tokio::test as conformance_test;
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_test::wasm_bindgen_test as conformance_test;
