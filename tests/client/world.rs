//! An instance of the sandbox for one test: gloo-net, which shares nothing with the client under test,
//! makes it, sets its faults, and looks at what really came.

use std::time::Duration;

use centerfy::{Client, ClientBuilder};
use gloo_net::http::{Request, RequestBuilder};
use serde_json::{Value, json};

const SANDBOX: &str = env!(
    "CENTERFY_SANDBOX",
    "run these tests with `cargo xtask test wasm`"
);

/// A new instance.
pub struct World {
    /// What the sandbox says of it.
    pub seed: Value,
}

async fn ask(request: RequestBuilder, body: Option<Value>) -> Value {
    let answer = match body {
        Some(body) => request.json(&body).unwrap().send().await.unwrap(),
        None => request.send().await.unwrap(),
    };
    assert!(answer.ok(), "the sandbox answered {}", answer.status());
    serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
}

impl World {
    /// Without a rate limit.
    pub async fn new() -> Self {
        let url = format!("{SANDBOX}/_sandbox/organizations");
        let seed = ask(Request::post(&url), Some(json!({}))).await;
        Self { seed }
    }

    /// A text of the seed: `world.text("/agents/0/id")`.
    pub fn text(&self, pointer: &str) -> String {
        let found = self.seed.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer}")).to_owned()
    }

    /// Its API's base URL.
    pub fn base(&self) -> String {
        format!("{SANDBOX}/functions/v1/crm-api")
    }

    /// A client of its, to be set up further.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder()
            .api_key(self.text("/api_key"))
            .base_url(self.base())
            .dangerously_allow_browser(true)
    }

    /// A client of its.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn door(&self, name: &str) -> String {
        format!(
            "{SANDBOX}/_sandbox/organizations/{}/{name}",
            self.text("/api_key")
        )
    }

    /// Sets what happens to the next requests.
    pub async fn fault(&self, fault: Value) {
        ask(Request::post(&self.door("faults")), Some(fault)).await;
    }

    /// Lets a contact write.
    pub async fn receive(&self, contact_id: &str, content: &str) {
        let message = json!({ "contact_id": contact_id, "content": content });
        ask(Request::post(&self.door("messages")), Some(message)).await;
    }

    /// What was created, called and sent.
    pub async fn deliveries(&self) -> Vec<Value> {
        let deliveries = ask(Request::get(&self.door("deliveries")), None).await;
        deliveries.as_array().cloned().unwrap_or_default()
    }

    /// The operations that were asked of it, without a browser's preflights.
    pub async fn log(&self) -> Vec<Value> {
        let log = ask(Request::get(&self.door("log")), None).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .into_iter()
            .filter(|entry| entry["method"] != "OPTIONS")
            .collect()
    }

    /// The log, as soon as the condition holds.
    pub async fn log_when(&self, is: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        for _ in 0..200 {
            let log = self.log().await;
            if is(&log) {
                return log;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("waited in vain, the log is {:?}", self.log().await);
    }
}

/// Lets time pass.
pub async fn sleep(time: Duration) {
    use wasm_bindgen::prelude::*;
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(ring: &js_sys::Function, milliseconds: f64) -> JsValue;
    }
    let mut start = |resolve: js_sys::Function, _| {
        set_timeout(&resolve, time.as_secs_f64() * 1000.0);
    };
    let promise = js_sys::Promise::new(&mut start);
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

/// Milliseconds.
pub fn now() -> f64 {
    js_sys::Date::now()
}
