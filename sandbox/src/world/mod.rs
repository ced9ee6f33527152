//! A world: one organization with its own keys, things, faults and log.

mod happened;
mod settings;

use crate::auth::Scope;
use crate::faults::Faults;
use crate::log::Log;
use crate::random::Random;
use crate::rate::Window;
use crate::things::{Agent, Call, Contact, Message};
use crate::{replies, seed};

pub use happened::DeliveredMessage;
pub(crate) use happened::Happened;
pub(crate) use settings::LARGEST_LIMIT;
pub use settings::{NewContact, Settings};

/// The key of the world that is always there.
pub(crate) const WELL_KNOWN_KEY: &str = "cfy_sandbox";

/// An API key, what it may touch, and what it asked lately.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) key: String,
    pub(crate) scope: Scope,
    pub(crate) window: Window,
}

/// An answer that a contact is about to write.
#[derive(Debug, Clone)]
pub(crate) struct DueReply {
    pub(crate) at_ms: u64,
    pub(crate) contact_id: String,
    pub(crate) channel: String,
    pub(crate) content: String,
}

/// One organization's whole state.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// How often it was seeded anew; later ids follow from it, so that none comes twice.
    pub(crate) generation: u64,
    pub(crate) settings: Settings,
    pub(crate) main: Access,
    pub(crate) other: Access,
    pub(crate) secret: u64,
    pub(crate) random: Random,
    pub(crate) agents: Vec<Agent>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) calls: Vec<Call>,
    pub(crate) due: Vec<DueReply>,
    pub(crate) happened: Happened,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
}

impl World {
    /// A seeded world. The same seed gives the same keys and ids.
    pub(crate) fn new(seed: u64, settings: Settings, now_ms: u64) -> Self {
        let mut random = Random::new(seed);
        let mut access = |tail: &str| Access {
            key: format!("{}{tail}", random.id("cfy_test_")),
            scope: Scope {
                organization_id: random.uuid(),
                sub_account_id: random.uuid(),
            },
            window: Window::default(),
        };
        let (main, other) = (access(""), access("_other_scope"));
        Self::with(seed, main, other, settings, now_ms)
    }

    /// The world that is always there, under keys and ids that can be written down.
    pub(crate) fn well_known(settings: Settings, now_ms: u64) -> Self {
        Self::under(WELL_KNOWN_KEY, None, settings, now_ms)
    }

    /// A world under a key of one's choice. Without a seed its ids are the well-known ones.
    pub(crate) fn under(key: &str, seed: Option<u64>, settings: Settings, now_ms: u64) -> Self {
        let access = |key: String, organization_id: &str, sub_account_id: &str| Access {
            key,
            scope: Scope {
                organization_id: organization_id.to_owned(),
                sub_account_id: sub_account_id.to_owned(),
            },
            window: Window::default(),
        };
        let other_key = format!("{key}_other_scope");
        if let Some(seed) = seed {
            let mut world = Self::new(seed, settings, now_ms);
            world.main.key = key.to_owned();
            world.other.key = other_key;
            return world;
        }
        Self::with(
            20_260_401,
            access(
                key.to_owned(),
                "0a6f1c52-7f0e-4b5d-9a43-5d1b7f2c8e10",
                "4c1d9e87-2b36-4f0a-8e75-c93a6b0d1f24",
            ),
            access(
                other_key,
                "b7e3d0a9-51c8-4e62-a0f4-16d92c7b5e38",
                "e95a2f60-8d17-43cb-b6e2-70f8a4c3d951",
            ),
            settings,
            now_ms,
        )
    }

    fn with(seed: u64, main: Access, other: Access, settings: Settings, now_ms: u64) -> Self {
        let mut world = Self {
            seed,
            generation: 0,
            settings,
            main,
            other,
            secret: 0,
            random: Random::new(seed),
            agents: Vec::new(),
            contacts: Vec::new(),
            calls: Vec::new(),
            due: Vec::new(),
            happened: Happened::default(),
            faults: Faults::default(),
            log: Log::default(),
        };
        world.fill(now_ms);
        world
    }

    /// Seeds an empty world. The seeded ids are always the same; those of later things never.
    fn fill(&mut self, now_ms: u64) {
        self.random = Random::new(self.seed ^ 0xE703_7ED1_A0B4_28DB);
        self.secret = self.random.next();
        if !self.settings.empty {
            let practice = seed::practice(&self.main.scope, &mut self.random, now_ms);
            self.agents = practice.agents;
            self.contacts = practice.contacts;
            self.calls = practice.calls;
        }
        if let Some(contacts) = &self.settings.contacts {
            self.calls.clear();
            self.contacts = seed::contacts(contacts, &self.main.scope, &mut self.random);
        }
        let later = self.generation.wrapping_mul(0xA076_1D64_78BD_642F);
        self.random = Random::new(self.random.next() ^ later);
    }

    /// Everything as it was in the beginning, under the same keys and ids.
    pub(crate) fn reset(&mut self, now_ms: u64) {
        self.main.window = Window::default();
        self.other.window = Window::default();
        self.agents.clear();
        self.contacts.clear();
        self.calls.clear();
        self.due.clear();
        self.happened = Happened::default();
        self.faults = Faults::default();
        self.log.clear();
        self.generation += 1;
        self.fill(now_ms);
    }

    /// The holder of a key.
    pub(crate) fn access(&mut self, key: &str) -> Option<&mut Access> {
        [&mut self.main, &mut self.other]
            .into_iter()
            .find(|access| access.key == key)
    }

    /// Lets happen what is due by now.
    pub(crate) fn advance(&mut self, now_ms: u64) {
        if self.due.iter().all(|reply| reply.at_ms > now_ms) {
            return;
        }
        let (ready, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.due)
            .into_iter()
            .partition(|reply| reply.at_ms <= now_ms);
        self.due = later;
        for reply in ready {
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

    /// Plans the answer of a contact, where contacts answer at all.
    pub(crate) fn expect_reply(
        &mut self,
        contact_id: &str,
        channel: &str,
        sent: &str,
        now_ms: u64,
    ) {
        if self.settings.contact_replies {
            let content = replies::from_contact(sent, &mut self.random);
            self.due.push(DueReply {
                at_ms: now_ms + 2_000,
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
        self.contacts.iter().find(|contact| contact.id == id)
    }

    pub(crate) fn contact_mut(&mut self, id: &str) -> Option<&mut Contact> {
        self.contacts.iter_mut().find(|contact| contact.id == id)
    }

    /// A call by its id or its `call_sid`.
    pub(crate) fn call(&self, id: &str) -> Option<&Call> {
        self.calls
            .iter()
            .find(|call| call.id == id || call.sid == id)
    }
}
