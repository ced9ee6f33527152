//! What tests see and change besides the API. The control endpoints offer it over HTTP, a sandbox in
//! the same process directly.

mod views;

use crate::entities::{Agent, Message};
use crate::http::Refusal;
use crate::log::LogEntry;
use crate::organization::{Delivery, Organization};
use crate::schema::{self, optional, required, text};
use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::Field;
use serde_json::{Map, Value};

pub use views::{Directory, ListedAgent, ListedCall, ListedContact};

/// The latest time that JavaScript's `Date` supports, in milliseconds since 1970.
const LATEST_MS: u64 = 8_640_000_000_000_000;

static NEW_MESSAGE: [Field; 4] = [
    required("contact_id", Accepts::TEXT),
    required("content", Accepts::TEXT),
    optional("sender_type", Accepts::TEXT),
    optional("message_type", Accepts::TEXT),
];

/// Inspects and changes one organization, at one point in time.
#[derive(Debug)]
pub struct Inspector<'a> {
    organization: &'a mut Organization,
    /// The time of the clock, in milliseconds since 1970.
    clock_ms: u64,
    /// The organization's time.
    now_ms: u64,
}

impl<'a> Inspector<'a> {
    pub(crate) fn new(organization: &'a mut Organization, clock_ms: u64) -> Self {
        Self {
            now_ms: organization.advance_to(clock_ms),
            clock_ms,
            organization,
        }
    }

    /// The keys and ids of the organization.
    pub fn directory(&self) -> Directory {
        let organization = &self.organization;
        Directory {
            api_key: organization.main.key.clone(),
            other_key: organization.other.key.clone(),
            organization_id: organization.main.scope.organization_id.clone(),
            sub_account_id: organization.main.scope.sub_account_id.clone(),
            other_organization_id: organization.other.scope.organization_id.clone(),
            other_sub_account_id: organization.other.scope.sub_account_id.clone(),
            agents: self.own_agents().map(ListedAgent::of).collect(),
            contacts: self.contacts(),
            calls: self.calls(),
        }
    }

    /// All agents in the scope of the main key, as `getAgent` returns them.
    pub fn agents(&self) -> Vec<Value> {
        self.own_agents().map(Agent::to_json).collect()
    }

    fn own_agents(&self) -> impl Iterator<Item = &Agent> {
        let scope = &self.organization.main.scope;
        self.organization
            .agents
            .iter()
            .filter(move |agent| agent.scope == *scope)
    }

    /// All contacts.
    pub fn contacts(&self) -> Vec<ListedContact> {
        let contacts = self.organization.contacts.iter();
        contacts.map(ListedContact::of).collect()
    }

    /// All calls: the seeded ones, then those that were placed through the API.
    pub fn calls(&self) -> Vec<ListedCall> {
        let calls = self.organization.calls.iter();
        calls
            .map(|call| ListedCall::of(call, self.now_ms))
            .collect()
    }

    /// The messages of a contact's conversation, oldest first.
    ///
    /// # Errors
    /// If there is no such contact.
    pub fn conversation(&self, contact_id: &str) -> Result<Vec<Value>, Refusal> {
        let contact = views::contact(self.organization, contact_id)?;
        Ok(contact.messages.iter().map(Message::to_json).collect())
    }

    /// The agents created, calls placed and messages sent through the API, oldest first, whatever
    /// the client received.
    pub fn deliveries(&self) -> &[Delivery] {
        &self.organization.deliveries
    }

    /// All requests, oldest first.
    pub fn log(&self) -> Vec<&LogEntry> {
        self.organization.log.entries().iter().collect()
    }

    /// Clears the log.
    pub fn clear_log(&mut self) {
        self.organization.log.clear();
    }

    /// Adds a fault, or an array of faults. If one of them is invalid, none is added.
    ///
    /// # Errors
    /// If a fault is invalid. The message names the field and what was expected.
    pub fn fail(&mut self, faults: &Value) -> Result<(), Refusal> {
        self.organization.faults.add(faults)
    }

    /// The pending faults.
    pub fn faults(&self) -> Value {
        self.organization.faults.to_json()
    }

    /// Removes all pending faults.
    pub fn clear_faults(&mut self) {
        self.organization.faults.clear();
    }

    /// Adds a message that a contact writes, and returns it.
    ///
    /// # Errors
    /// If a field is invalid, or there is no such contact.
    pub fn receive(&mut self, message: &Map<String, Value>) -> Result<Value, Refusal> {
        schema::check(&NEW_MESSAGE, message)?;
        let contact_id = text(message, "contact_id");
        views::contact(self.organization, contact_id)?;
        let or = |name: &str, default: &str| match text(message, name) {
            "" => default.to_owned(),
            value => value.to_owned(),
        };
        let message = Message::new(
            self.organization.random.id("msg_"),
            text(message, "content").to_owned(),
            &or("sender_type", "contact"),
            &or("message_type", "sms"),
            self.now_ms,
        );
        let added = message.to_json();
        if let Some(contact) = self.organization.contact_mut(contact_id) {
            contact.messages.push(message);
        }
        Ok(added)
    }

    /// Advances the organization's time, and returns it: calls progress, contacts reply, URLs expire and
    /// rate limits reset. Delays of requests in flight are those of the transport.
    pub fn advance(&mut self, ms: u64) -> u64 {
        let ahead_ms = &mut self.organization.ahead_ms;
        *ahead_ms = ahead_ms.saturating_add(ms).min(LATEST_MS);
        self.now_ms = self.organization.advance_to(self.clock_ms);
        self.now_ms
    }

    /// Restores the initial state and time, under the same keys and ids.
    pub fn reset(&mut self) {
        self.organization.reset(self.clock_ms);
    }
}
