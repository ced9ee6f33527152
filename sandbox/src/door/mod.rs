//! The side entrance for tests: looking into a world, and breaking it.
//!
//! The control door reaches it over HTTP, a sandbox in the same process as it is.

mod views;

use crate::http::Refusal;
use crate::log::LogEntry;
use crate::things::{Agent, Message};
use crate::validate::{self, Kind, Shape, text};
use crate::world::World;
use serde_json::{Map, Value};

pub use views::{DeliveredCall, Deliveries, Directory, ListedAgent, ListedCall, ListedContact};

const NEW_MESSAGE: Shape = Shape {
    fields: &[
        ("contact_id", Kind::Text),
        ("content", Kind::Text),
        ("sender_type", Kind::Text),
        ("message_type", Kind::Text),
    ],
    required: &["contact_id", "content"],
    rules: &[],
};

/// One world, at one point in time.
#[derive(Debug)]
pub struct Door<'a> {
    world: &'a mut World,
    now_ms: u64,
}

impl<'a> Door<'a> {
    pub(crate) fn new(world: &'a mut World, now_ms: u64) -> Self {
        world.advance(now_ms);
        Self { world, now_ms }
    }

    /// What the world holds now.
    pub fn directory(&self) -> Directory {
        let world = &self.world;
        Directory {
            api_key: world.main.key.clone(),
            other_key: world.other.key.clone(),
            organization_id: world.main.scope.organization_id.clone(),
            sub_account_id: world.main.scope.sub_account_id.clone(),
            other_organization_id: world.other.scope.organization_id.clone(),
            other_sub_account_id: world.other.scope.sub_account_id.clone(),
            agents: self.own_agents().map(ListedAgent::of).collect(),
            contacts: self.contacts(),
            calls: self.calls(),
        }
    }

    /// All agents, as `getAgent` answers them.
    pub fn agents(&self) -> Vec<Value> {
        self.own_agents().map(Agent::to_json).collect()
    }

    /// Those that the main key can reach.
    fn own_agents(&self) -> impl Iterator<Item = &Agent> {
        let scope = &self.world.main.scope;
        self.world
            .agents
            .iter()
            .filter(move |agent| agent.scope == *scope)
    }

    /// All contacts.
    pub fn contacts(&self) -> Vec<ListedContact> {
        self.world.contacts.iter().map(ListedContact::of).collect()
    }

    /// All calls, the seeded ones first.
    pub fn calls(&self) -> Vec<ListedCall> {
        let calls = self.world.calls.iter();
        calls
            .map(|call| ListedCall::of(call, self.now_ms))
            .collect()
    }

    /// The messages of a contact's conversation, oldest first.
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn conversation(&self, contact_id: &str) -> Result<Vec<Value>, Refusal> {
        let contact = views::contact(self.world, contact_id)?;
        Ok(contact.messages.iter().map(Message::to_json).collect())
    }

    /// What really happened.
    pub fn deliveries(&self) -> Deliveries {
        Deliveries::of(self.world)
    }

    /// Every request, oldest first.
    pub fn log(&self) -> Vec<&LogEntry> {
        self.world.log.entries().iter().collect()
    }

    /// Forgets the requests so far.
    pub fn clear_log(&mut self) {
        self.world.log.clear();
    }

    /// Adds a fault or an array of them; all or none.
    ///
    /// # Errors
    /// When one of them cannot be; it names the field, and what was expected.
    pub fn fail(&mut self, faults: &Value) -> Result<(), Refusal> {
        self.world.faults.add(faults)
    }

    /// The faults that still wait.
    pub fn faults(&self) -> Value {
        self.world.faults.to_json()
    }

    /// Takes back all faults that still wait.
    pub fn clear_faults(&mut self) {
        self.world.faults.clear();
    }

    /// A contact, or whoever it shall be, writes in; the message that is now there.
    ///
    /// # Errors
    /// When a field is wrong, or there is no such contact.
    pub fn receive(&mut self, message: &Map<String, Value>) -> Result<Value, Refusal> {
        validate::check(message, &NEW_MESSAGE)?;
        let contact_id = text(message, "contact_id");
        views::contact(self.world, contact_id)?;
        let or = |name: &str, fallback: &str| match text(message, name) {
            "" => fallback.to_owned(),
            given => given.to_owned(),
        };
        let message = Message::new(
            self.world.random.id("msg_"),
            text(message, "content").to_owned(),
            &or("sender_type", "contact"),
            &or("message_type", "sms"),
            self.now_ms,
        );
        let shown = message.to_json();
        if let Some(contact) = self.world.contact_mut(contact_id) {
            contact.messages.push(message);
        }
        Ok(shown)
    }

    /// Everything as it was in the beginning, under the same keys and ids.
    pub fn reset(&mut self) {
        self.world.reset(self.now_ms);
    }
}
