//! One organization: its keys, agents, contacts, calls, faults and log.

mod delivery;
mod new_contacts;
mod settings;

use crate::auth::Scope;
use crate::entities::{Agent, Call, Contact, Contacts, Message};
use crate::faults::Faults;
use crate::log::Log;
use crate::random::Random;
use crate::rate::Window;
use crate::{replies, seed};

pub use delivery::Delivery;
pub use new_contacts::{NewContact, NewContacts};
pub(crate) use settings::LARGEST_LIMIT;
pub use settings::Settings;

/// The main key of the default organization.
pub(crate) const DEFAULT_KEY: &str = "cfy_sandbox";
/// The seed of the default organization.
const DEFAULT_SEED: u64 = 20_260_401;
/// After a message was sent, the contact replies this much later.
const REPLY_AFTER_MS: u64 = 2_000;

/// An API key, its scope, and its recent requests.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) key: String,
    pub(crate) scope: Scope,
    pub(crate) window: Window,
}

impl Access {
    fn new(key: String, organization_id: String, sub_account_id: String) -> Self {
        Self {
            key,
            scope: Scope {
                organization_id,
                sub_account_id,
            },
            window: Window::default(),
        }
    }
}

/// A reply that a contact is about to write.
#[derive(Debug, Clone)]
pub(crate) struct ScheduledReply {
    pub(crate) at_ms: u64,
    pub(crate) contact_id: String,
    pub(crate) channel: String,
    pub(crate) content: String,
}

/// The whole state of one organization.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
    pub(crate) seed: u64,
    /// The number of resets. Later ids depend on it, so that none is issued twice.
    pub(crate) generation: u64,
    pub(crate) settings: Settings,
    pub(crate) main: Access,
    pub(crate) other: Access,
    pub(crate) secret: u64,
    /// How far the organization's time is ahead of the clock, in milliseconds.
    pub(crate) ahead_ms: u64,
    pub(crate) random: Random,
    pub(crate) agents: Vec<Agent>,
    pub(crate) contacts: Contacts,
    pub(crate) calls: Vec<Call>,
    pub(crate) scheduled: Vec<ScheduledReply>,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
}

impl Organization {
    /// A seeded organization. The same seed produces the same keys and ids.
    pub(crate) fn new(seed: u64, settings: Settings, now_ms: u64) -> Self {
        let mut random = Random::new(seed);
        let mut access = |suffix: &str| {
            Access::new(
                format!("{}{suffix}", random.id("cfy_test_")),
                random.uuid(),
                random.uuid(),
            )
        };
        let (main, other) = (access(""), access("_other_scope"));
        Self::with(seed, main, other, settings, now_ms)
    }

    /// The default organization, whose keys and ids are always the same.
    pub(crate) fn default_one(settings: Settings, now_ms: u64) -> Self {
        Self::under(DEFAULT_KEY, None, settings, now_ms)
    }

    /// An organization under the given key. Without a seed its ids are those of the default one.
    pub(crate) fn under(key: &str, seed: Option<u64>, settings: Settings, now_ms: u64) -> Self {
        let other_key = format!("{key}_other_scope");
        if let Some(seed) = seed {
            let mut organization = Self::new(seed, settings, now_ms);
            organization.main.key = key.to_owned();
            organization.other.key = other_key;
            return organization;
        }
        let main = Access::new(
            key.to_owned(),
            "0a6f1c52-7f0e-4b5d-9a43-5d1b7f2c8e10".to_owned(),
            "4c1d9e87-2b36-4f0a-8e75-c93a6b0d1f24".to_owned(),
        );
        let other = Access::new(
            other_key,
            "b7e3d0a9-51c8-4e62-a0f4-16d92c7b5e38".to_owned(),
            "e95a2f60-8d17-43cb-b6e2-70f8a4c3d951".to_owned(),
        );
        Self::with(DEFAULT_SEED, main, other, settings, now_ms)
    }

    fn with(seed: u64, main: Access, other: Access, settings: Settings, now_ms: u64) -> Self {
        let mut organization = Self {
            seed,
            generation: 0,
            settings,
            main,
            other,
            secret: 0,
            ahead_ms: 0,
            random: Random::new(seed),
            agents: Vec::new(),
            contacts: Contacts::default(),
            calls: Vec::new(),
            scheduled: Vec::new(),
            deliveries: Vec::new(),
            faults: Faults::default(),
            log: Log::default(),
        };
        organization.fill(now_ms);
        organization
    }

    /// Seeds an empty organization. Seeded ids are the same after each reset; later ids are not.
    fn fill(&mut self, now_ms: u64) {
        self.random = Random::new(self.seed ^ 0xE703_7ED1_A0B4_28DB);
        self.secret = self.random.next();
        if !self.settings.empty {
            let practice = seed::practice(&self.main.scope, &mut self.random, now_ms);
            self.agents = practice.agents;
            self.contacts = practice.contacts.into();
            self.calls = practice.calls;
        }
        if let Some(contacts) = &self.settings.contacts {
            self.calls.clear();
            self.contacts = seed::contacts(contacts, &self.main.scope, &mut self.random).into();
        }
        let later = self.generation.wrapping_mul(0xA076_1D64_78BD_642F);
        self.random = Random::new(self.random.next() ^ later);
    }

    /// Restores the initial state, under the same keys and ids.
    pub(crate) fn reset(&mut self, now_ms: u64) {
        self.ahead_ms = 0;
        self.main.window = Window::default();
        self.other.window = Window::default();
        self.agents.clear();
        self.contacts = Contacts::default();
        self.calls.clear();
        self.scheduled.clear();
        self.deliveries.clear();
        self.faults = Faults::default();
        self.log.clear();
        self.generation += 1;
        self.fill(now_ms);
    }

    /// Both keys, to be redacted.
    pub(crate) fn keys(&self) -> [String; 2] {
        [self.main.key.clone(), self.other.key.clone()]
    }

    /// The access of a key.
    pub(crate) fn access(&mut self, key: &str) -> Option<&mut Access> {
        [&mut self.main, &mut self.other]
            .into_iter()
            .find(|access| access.key == key)
    }

    /// The organization's time, given that of the clock.
    pub(crate) fn now(&self, clock_ms: u64) -> u64 {
        clock_ms.saturating_add(self.ahead_ms)
    }

    /// Adds the replies that are due at a time of the clock. Returns the organization's time.
    pub(crate) fn advance_to(&mut self, clock_ms: u64) -> u64 {
        let now_ms = self.now(clock_ms);
        if self.scheduled.iter().any(|reply| reply.at_ms <= now_ms) {
            self.add_replies(now_ms);
        }
        now_ms
    }

    fn add_replies(&mut self, now_ms: u64) {
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.scheduled)
            .into_iter()
            .partition(|reply| reply.at_ms <= now_ms);
        self.scheduled = later;
        for reply in due {
            let message = Message::new(
                self.random.id("msg_"),
                reply.content,
                "contact",
                &reply.channel,
                reply.at_ms,
            );
            if let Some(contact) = self.contact_mut(&reply.contact_id) {
                contact.messages.push(message);
            }
        }
    }

    /// Schedules a contact's reply, if contacts reply.
    pub(crate) fn schedule_reply(
        &mut self,
        contact_id: &str,
        channel: &str,
        sent: &str,
        now_ms: u64,
    ) {
        if self.settings.contact_replies {
            let content = replies::from_contact(sent, &mut self.random);
            self.scheduled.push(ScheduledReply {
                at_ms: now_ms + REPLY_AFTER_MS,
                contact_id: contact_id.to_owned(),
                channel: channel.to_owned(),
                content,
            });
        }
    }

    pub(crate) fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    pub(crate) fn agent_mut(&mut self, id: &str) -> Option<&mut Agent> {
        self.agents.iter_mut().find(|agent| agent.id == id)
    }

    pub(crate) fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.get(id)
    }

    pub(crate) fn contact_mut(&mut self, id: &str) -> Option<&mut Contact> {
        self.contacts.get_mut(id)
    }

    /// A call by its id or its `call_sid`.
    pub(crate) fn call(&self, id: &str) -> Option<&Call> {
        self.calls
            .iter()
            .find(|call| call.id == id || call.sid == id)
    }
}
