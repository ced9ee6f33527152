//! An instance of the sandbox for one test: another HTTP client than the one under test makes it, sets
//! its faults, and looks at what really came.

use std::time::Duration;

use centerfy::{Client, ClientBuilder};
use serde_json::{Value, json};

use crate::wire::{ask, sandbox};
pub use crate::wire::{now, sleep};

/// A new instance.
pub struct World {
    /// What the sandbox says of it.
    pub seed: Value,
}

impl World {
    /// Without a rate limit.
    pub async fn new() -> Self {
        let url = format!("{}/_sandbox/organizations", sandbox());
        let seed = ask(&url, Some(json!({}))).await;
        Self { seed }
    }

    /// A text of the seed: `world.text("/agents/0/id")`.
    pub fn text(&self, pointer: &str) -> String {
        let found = self.seed.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer}")).to_owned()
    }

    /// Its API's base URL.
    pub fn base(&self) -> String {
        format!("{}/functions/v1/crm-api", sandbox())
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
        let key = self.text("/api_key");
        format!("{}/_sandbox/organizations/{key}/{name}", sandbox())
    }

    /// Sets what happens to the next requests.
    pub async fn fault(&self, fault: Value) {
        ask(&self.door("faults"), Some(fault)).await;
    }

    /// Lets a contact write.
    pub async fn receive(&self, contact_id: &str, content: &str) {
        let message = json!({ "contact_id": contact_id, "content": content });
        ask(&self.door("messages"), Some(message)).await;
    }

    /// What was created, called and sent.
    pub async fn deliveries(&self) -> Vec<Value> {
        let deliveries = ask(&self.door("deliveries"), None).await;
        deliveries.as_array().cloned().unwrap_or_default()
    }

    /// The operations that were asked of it, without a browser's preflights.
    pub async fn log(&self) -> Vec<Value> {
        let log = ask(&self.door("log"), None).await;
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
