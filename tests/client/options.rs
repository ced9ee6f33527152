//! How a client is made, and what goes out because of it.

use crate::runner::conformance_test;
use centerfy::{Auth, CenterfyError, Client, RateLimit};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

use crate::world::World;

#[conformance_test]
async fn the_key_goes_out_either_way_with_the_fewest_headers() {
    let world = World::new().await;
    for auth in [Auth::ApiKey, Auth::Bearer] {
        let client = world.builder().auth(auth).build().unwrap();
        client.get_agent(&world.text("/agents/0/id")).await.unwrap();
    }
    let log = world.log().await;
    assert_eq!(log[0]["auth"], "x-api-key");
    assert_eq!(log[1]["auth"], "bearer");
    assert_eq!(log[0]["headers"]["accept"], "application/json");
    assert!(log[0]["headers"].get("content-type").is_none());
}

#[conformance_test]
async fn the_key_shows_nowhere() {
    let world = World::new().await;
    let key = world.text("/api_key");
    let builder = world.builder();
    let client = world.client();
    let request = client.get_agent("nobody");
    let shown = format!("{builder:?} {client:?} {request:?}");
    assert!(!shown.contains(&key), "{shown}");
    // Not when the server says it either, plain or escaped.
    let escaped: String = key
        .chars()
        .map(|c| format!("\\u{:04x}", c as u32))
        .collect();
    let body = format!("{{\"error\":true,\"message\":\"{key} {escaped}\"}}");
    let headers = serde_json::json!({ "content-type": "application/json", "x-request-id": key });
    world
        .fault(
            serde_json::json!({ "type": "answer", "status": 400, "body": body,
                                   "headers": headers }),
        )
        .await;
    let error = request.await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("[apiKey] [apiKey]"), "{shown}");
    assert!(!shown.contains(&key), "{shown}");
}

#[conformance_test]
async fn what_cannot_be_is_refused_when_the_client_is_made() {
    let field =
        |client: Result<Client, CenterfyError>| client.unwrap_err().field().map(str::to_owned);
    let base = "http://127.0.0.1:1/api";
    let proxied = || Client::builder().base_url(base);
    assert!(proxied().build().is_ok());
    assert_eq!(field(Client::builder().build()).as_deref(), Some("api_key"));
    let newline = proxied().api_key("cfy_\n").dangerously_allow_browser(true);
    let error = newline.build().unwrap_err();
    assert_eq!(error.field(), Some("api_key"));
    assert!(!error.to_string().contains("cfy_"));
    let none = RateLimit::new(0, Duration::from_secs(1));
    assert_eq!(
        field(proxied().rate_limit(none).build()).as_deref(),
        Some("rate_limit")
    );
    let secret = proxied().base_url("https://user:secret@example.com");
    assert_eq!(field(secret.build()).as_deref(), Some("base_url"));
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(inline_js = r#"
export const isUrl = (line) => {
  const host = line.replace(/\\u\{(\w+)\}/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
  const url = `http://${host}/`;
  try { return new URL(url) && url; } catch { return `${url} no`; }
};
"#)]
extern "C" {
    /// The URL with this host, and ` no` after it where that is not a URL.
    #[wasm_bindgen(js_name = isUrl)]
    fn url(line: &str) -> String;
}

#[cfg(target_arch = "wasm32")]
#[conformance_test]
async fn a_host_is_taken_where_the_runtime_takes_it() {
    let page = js_sys::Reflect::has(&js_sys::global(), &"document".into()).unwrap();
    let takes = |url: &str| Client::builder().base_url(url).build().is_ok();
    for line in include_str!("../../src/client/host/url/refused.txt").lines() {
        let url = url(line);
        let none = url.strip_suffix(" no");
        assert_eq!(takes(none.unwrap_or(&url)), none.is_none(), "{url:?}");
        // Browsers take one or the other, as `fetch` then does there.
        assert!(none.is_some() || page, "{url:?}");
    }
    for line in include_str!("../../src/client/host/url/taken.txt").lines() {
        let url = url(line);
        assert!(takes(&url), "{url:?}");
    }
}

#[cfg(target_arch = "wasm32")]
#[conformance_test]
async fn a_page_keeps_no_key_unless_that_is_meant() {
    let page = js_sys::Reflect::has(&js_sys::global(), &"document".into()).unwrap();
    assert_eq!(Client::new("cfy_1").is_err(), page);
    let meant = Client::builder()
        .api_key("cfy_1")
        .dangerously_allow_browser(true);
    assert!(meant.build().is_ok());
}
