//! The WebAssembly module of `centerfy/sandbox`: the same handler as behind the native server.
//!
//! The time is an argument of each call, in milliseconds since 1970. Randomness is determined by the
//! seed. The module has no imports for input and output: JavaScript does what a fault does to a
//! connection.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]

mod convert;
mod reply;
mod setup;

use centerfy_sandbox::inspector::Inspector;
use centerfy_sandbox::{PendingRequest, Request, Settings};
use convert::{milliseconds, to_js, to_js_json, type_error};
use reply::{Decision, Reply, Scopes};
use setup::Setup;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const IMPORTS: &str = r#"
import type { Agent, Message } from "../../types.js";
import type { Delivery, ListedCall, ListedContact, LogEntry } from "../types.js";
"#;

/// A sandbox and its requests in flight.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handler {
    handler: centerfy_sandbox::Handler,
    /// The main key of the organization that is inspected.
    key: String,
    in_flight: BTreeMap<u32, (Request, PendingRequest)>,
    last_id: u32,
}

#[wasm_bindgen]
impl Handler {
    /// A sandbox with one organization, under the given key.
    #[wasm_bindgen(js_name = ofOneOrganization)]
    pub fn of_one_organization(
        key: String,
        #[wasm_bindgen(unchecked_param_type = "Setup")] setup: JsValue,
        now: f64,
    ) -> Result<Handler, JsValue> {
        let setup: Setup = serde_wasm_bindgen::from_value(setup)?;
        let (seed, settings) = (setup.seed(), setup.settings()?);
        let now_ms = milliseconds(now);
        let handler = centerfy_sandbox::Handler::with_organization(&key, seed, settings, now_ms);
        Ok(Self::new(handler, key))
    }

    /// A sandbox with the default organization, to which others can be added, as in the native
    /// server. `options` are command-line options for the default organization, each with its value.
    #[wasm_bindgen(js_name = ofManyOrganizations)]
    pub fn of_many_organizations(
        seed: f64,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] options: JsValue,
        now: f64,
    ) -> Result<Handler, JsValue> {
        let options: Vec<(String, String)> = serde_wasm_bindgen::from_value(options)?;
        let mut settings = Settings::default_organization();
        for (option, value) in options {
            settings
                .set(&option, &value)
                .map_err(|message| type_error(&message))?;
        }
        let handler = centerfy_sandbox::Handler::with_settings(
            milliseconds(seed),
            settings,
            milliseconds(now),
        );
        Ok(Self::new(handler, "cfy_sandbox".to_owned()))
    }

    fn new(handler: centerfy_sandbox::Handler, key: String) -> Self {
        Self {
            handler,
            key,
            in_flight: BTreeMap::new(),
            last_id: 0,
        }
    }

    /// Whether a path belongs to the API, the recordings, the control endpoints or the welcome page.
    #[wasm_bindgen(js_name = isFor)]
    pub fn is_for(path: &str) -> bool {
        centerfy_sandbox::Handler::is_for(path)
    }

    /// Reads the head of a request and decides how to treat it. `headers` are pairs with names in
    /// lowercase; `origin` is the origin of the sandbox, if the header `host` does not name it.
    #[wasm_bindgen(unchecked_return_type = "Decision")]
    pub fn receive(
        &mut self,
        method: &str,
        target: &str,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] headers: JsValue,
        origin: Option<String>,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let request = Request {
            headers: serde_wasm_bindgen::from_value(headers)?,
            origin,
            ..Request::new(method, target)
        };
        let pending = self.handler.receive(&request, milliseconds(now));
        self.last_id = self.last_id.wrapping_add(1);
        let decision = to_js(&Decision::new(self.last_id, &request, &pending));
        self.in_flight.insert(self.last_id, (request, pending));
        decision
    }

    /// Performs the operation of a request, with its body.
    #[wasm_bindgen(unchecked_return_type = "Reply")]
    pub fn respond(&mut self, id: u32, body: Vec<u8>, now: f64) -> Result<JsValue, JsValue> {
        let Some((request, pending)) = self.in_flight.get_mut(&id) else {
            return Err(type_error("this request is not in flight"));
        };
        request.body = body;
        let response = self.handler.respond(pending, request, milliseconds(now));
        to_js(&Reply::new(response, pending.transfer()))
    }

    /// Removes a request. `disconnected` says whether the client disconnected before it received the whole
    /// response; that is logged.
    pub fn close(&mut self, id: u32, disconnected: bool) {
        if let Some((_, pending)) = self.in_flight.remove(&id)
            && disconnected
        {
            self.handler.client_disconnected(&pending);
        }
    }

    /// The keys of the organization, and their scope.
    #[wasm_bindgen(unchecked_return_type = "Scopes")]
    pub fn scopes(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&Scopes::from(self.inspect(now)?.directory()))
    }

    /// All agents.
    #[wasm_bindgen(unchecked_return_type = "Agent[]")]
    pub fn agents(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&self.inspect(now)?.agents())
    }

    /// All contacts.
    #[wasm_bindgen(unchecked_return_type = "ListedContact[]")]
    pub fn contacts(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&self.inspect(now)?.contacts())
    }

    /// All calls.
    #[wasm_bindgen(unchecked_return_type = "ListedCall[]")]
    pub fn calls(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&self.inspect(now)?.calls())
    }

    /// The messages of a contact's conversation, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Message[]")]
    pub fn conversation(&mut self, contact_id: &str, now: f64) -> Result<JsValue, JsValue> {
        let messages = self.inspect(now)?.conversation(contact_id);
        to_js_json(&messages.map_err(|refusal| type_error(&refusal.message))?)
    }

    /// The agents created, calls placed and messages sent, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Delivery[]")]
    pub fn deliveries(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&self.inspect(now)?.deliveries())
    }

    /// All requests, oldest first.
    #[wasm_bindgen(unchecked_return_type = "LogEntry[]")]
    pub fn log(&mut self, now: f64) -> Result<JsValue, JsValue> {
        to_js_json(&self.inspect(now)?.log())
    }

    /// Adds a fault, as JSON.
    pub fn fail(&mut self, fault: &str, now: f64) -> Result<(), JsValue> {
        let fault = convert::parse(fault)?;
        let added = self.inspect(now)?.fail(&fault);
        added.map_err(|refusal| type_error(&refusal.message))
    }

    /// Removes all pending faults.
    #[wasm_bindgen(js_name = clearFaults)]
    pub fn clear_faults(&mut self, now: f64) -> Result<(), JsValue> {
        self.inspect(now)?.clear_faults();
        Ok(())
    }

    /// Adds a message that a contact writes, as JSON, and returns it.
    #[wasm_bindgen(unchecked_return_type = "Message")]
    pub fn write(&mut self, message: &str, now: f64) -> Result<JsValue, JsValue> {
        let message = convert::parse(message)?;
        let fields = message.as_object().cloned().unwrap_or_default();
        let written = self.inspect(now)?.receive(&fields);
        to_js_json(&written.map_err(|refusal| type_error(&refusal.message))?)
    }

    fn inspect(&mut self, now: f64) -> Result<Inspector<'_>, JsValue> {
        let inspector = self.handler.inspect(&self.key, milliseconds(now));
        inspector.ok_or_else(|| type_error("this organization was removed"))
    }
}
