//! The sandbox as a WebAssembly module: the same handler that stands behind the native server.
//!
//! Time comes in with every call, in milliseconds since 1970; randomness follows from the seed. The
//! module reaches nothing: what a fault does to a connection is told, and the caller does it.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]

mod convert;
mod exchange;
mod setup;

use centerfy_sandbox::door::Door;
use centerfy_sandbox::{Receipt, Request, Sandbox, Settings};
use convert::{milliseconds, read, refused, shown};
use exchange::{Decision, Reply, Scopes};
use setup::Setup;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const IMPORTS: &str = r#"
import type { Agent, Message } from "../../types.js";
import type { Deliveries, ListedCall, ListedContact, LogEntry } from "../types.js";
"#;

/// A sandbox, and the requests that are under way in it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handler {
    sandbox: Sandbox,
    /// The main key of the world that is looked into.
    key: String,
    open: BTreeMap<u32, (Request, Receipt)>,
    tickets: u32,
}

#[wasm_bindgen]
impl Handler {
    /// A sandbox with one world, under that key.
    #[wasm_bindgen(js_name = ofOneWorld)]
    pub fn of_one_world(
        key: String,
        #[wasm_bindgen(unchecked_param_type = "Setup")] setup: JsValue,
        now: f64,
    ) -> Result<Handler, JsValue> {
        let setup: Setup = serde_wasm_bindgen::from_value(setup)?;
        let now_ms = milliseconds(now);
        let sandbox = Sandbox::with_world(&key, setup.seed(), setup.settings(), now_ms);
        Ok(Self::new(sandbox, key))
    }

    /// A sandbox with the well-known world, and room for others, as the native server has it.
    /// `options` are those of the command line that set how the well-known world behaves, each
    /// with its value.
    #[wasm_bindgen(js_name = ofManyWorlds)]
    pub fn of_many_worlds(
        seed: f64,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] options: JsValue,
        now: f64,
    ) -> Result<Handler, JsValue> {
        let options: Vec<(String, String)> = serde_wasm_bindgen::from_value(options)?;
        let mut settings = Settings::well_known();
        for (option, value) in options {
            settings
                .set(&option, &value)
                .map_err(|words| refused(&words))?;
        }
        let sandbox = Sandbox::with_settings(milliseconds(seed), settings, milliseconds(now));
        Ok(Self::new(sandbox, "cfy_sandbox".to_owned()))
    }

    fn new(sandbox: Sandbox, key: String) -> Self {
        Self {
            sandbox,
            key,
            open: BTreeMap::new(),
            tickets: 0,
        }
    }

    /// Whether a path leads to the API, the recordings or the control door.
    #[wasm_bindgen(js_name = isFor)]
    pub fn is_for(path: &str) -> bool {
        Sandbox::is_for(path)
    }

    /// Looks at a request's head, and decides what happens to it. `headers` are pairs, names in
    /// small letters; `origin` is where the sandbox was found, if the headers do not say it.
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
        let receipt = self.sandbox.receive(&request, milliseconds(now));
        self.tickets = self.tickets.wrapping_add(1);
        let decision = shown(&Decision::new(self.tickets, &request, &receipt));
        self.open.insert(self.tickets, (request, receipt));
        decision
    }

    /// Carries a request out, now that its body is there too.
    #[wasm_bindgen(unchecked_return_type = "Reply")]
    pub fn answer(&mut self, ticket: u32, body: Vec<u8>, now: f64) -> Result<JsValue, JsValue> {
        let Some((request, receipt)) = self.open.get_mut(&ticket) else {
            return Err(refused("this request is not under way"));
        };
        request.body = body;
        let answer = self.sandbox.answer(receipt, request, milliseconds(now));
        shown(&Reply::new(answer, receipt.manner()))
    }

    /// Forgets a request. If the client left before it had its answer, the log says so.
    pub fn close(&mut self, ticket: u32, client_left: bool) {
        if let Some((_, receipt)) = self.open.remove(&ticket)
            && client_left
        {
            self.sandbox.closed_by_client(&receipt);
        }
    }

    /// The key, organization and sub-account of the world, and those of another organization.
    #[wasm_bindgen(unchecked_return_type = "Scopes")]
    pub fn scopes(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&Scopes::from(self.door(now)?.directory()))
    }

    /// All agents.
    #[wasm_bindgen(unchecked_return_type = "Agent[]")]
    pub fn agents(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&self.door(now)?.agents())
    }

    /// All contacts.
    #[wasm_bindgen(unchecked_return_type = "ListedContact[]")]
    pub fn contacts(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&self.door(now)?.contacts())
    }

    /// All calls.
    #[wasm_bindgen(unchecked_return_type = "ListedCall[]")]
    pub fn calls(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&self.door(now)?.calls())
    }

    /// The messages of a contact's conversation, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Message[]")]
    pub fn conversation(&mut self, contact_id: &str, now: f64) -> Result<JsValue, JsValue> {
        let messages = self.door(now)?.conversation(contact_id);
        read(&messages.map_err(|refusal| refused(&refusal.message))?)
    }

    /// What really happened.
    #[wasm_bindgen(unchecked_return_type = "Deliveries")]
    pub fn deliveries(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&self.door(now)?.deliveries())
    }

    /// Every request, oldest first.
    #[wasm_bindgen(unchecked_return_type = "LogEntry[]")]
    pub fn log(&mut self, now: f64) -> Result<JsValue, JsValue> {
        read(&self.door(now)?.log())
    }

    /// Adds a fault, given as JSON.
    pub fn fail(&mut self, fault: &str, now: f64) -> Result<(), JsValue> {
        let fault = convert::json(fault)?;
        let added = self.door(now)?.fail(&fault);
        added.map_err(|refusal| refused(&refusal.message))
    }

    /// Takes back all faults that still wait.
    #[wasm_bindgen(js_name = clearFaults)]
    pub fn clear_faults(&mut self, now: f64) -> Result<(), JsValue> {
        self.door(now)?.clear_faults();
        Ok(())
    }

    /// A contact writes; the message is given as JSON. Gives the message that is now there.
    #[wasm_bindgen(unchecked_return_type = "Message")]
    pub fn write(&mut self, message: &str, now: f64) -> Result<JsValue, JsValue> {
        let message = convert::json(message)?;
        let fields = message.as_object().cloned().unwrap_or_default();
        let written = self.door(now)?.receive(&fields);
        read(&written.map_err(|refusal| refused(&refusal.message))?)
    }

    fn door(&mut self, now: f64) -> Result<Door<'_>, JsValue> {
        let door = self.sandbox.door(&self.key, milliseconds(now));
        door.ok_or_else(|| refused("this world was removed"))
    }
}
