//! The sandbox can be reached from where the wasm tests run: Node.js and a page in Chromium.
#![cfg(target_arch = "wasm32")]

use gloo_net::http::Request;
use wasm_bindgen_test::wasm_bindgen_test;

const SANDBOX: &str = env!(
    "CENTERFY_SANDBOX",
    "run these tests with `cargo xtask test wasm`"
);

#[wasm_bindgen_test]
async fn the_control_endpoint_answers() {
    let answer = Request::get(&format!("{SANDBOX}/_sandbox/health"))
        .send()
        .await;
    assert_eq!(answer.map(|answer| answer.status()).ok(), Some(200));
}
