//! The options of a sandbox.

use super::clock::Clock;
use super::{Sandbox, Shared};
use crate::{NewContacts, RateLimit, Settings};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

static CREATED: AtomicU64 = AtomicU64::new(1);

/// Sets the options of a [`Sandbox`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxBuilder {
    seed: Option<u64>,
    now: Option<SystemTime>,
    settings: Settings,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        let settings = Settings {
            contact_replies: false,
            ..Settings::default_organization()
        };
        Self {
            seed: None,
            now: None,
            settings,
        }
    }
}

impl SandboxBuilder {
    /// Determines all ids. Without it, the ids are always those of the same default organization.
    ///
    /// The same seed and the same calls produce the same ids and texts. Only the API key differs, because
    /// clients with the same key share their rate limit.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The fixed time of the sandbox. Only [`Sandbox::advance`] moves it. Times before 1970 count as
    /// 1970.
    ///
    /// By default, the time is that of Tokio's clock, so it stops while a test pauses that clock.
    pub fn now(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// The rate limit of each key, or `None` for no limit. Defaults to the API's own limit, 60 requests
    /// per minute.
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.settings.rate_limit = limit.into();
        self
    }

    /// Whether contacts reply two seconds after a message. Defaults to `false`.
    pub fn contact_replies(mut self, replies: bool) -> Self {
        self.settings.contact_replies = replies;
        self
    }

    /// Whether the sandbox starts without agents, contacts and calls. Defaults to `false`.
    pub fn empty(mut self, empty: bool) -> Self {
        self.settings.empty = empty;
        self
    }

    /// The initial contacts, which have no messages and calls: a number of made-up people or a list of
    /// [`NewContact`](crate::NewContact)s. Defaults to the contacts of the dental practice.
    ///
    /// Made-up people are spread over time zones. The seed determines them. One in seventeen has no phone
    /// number, one in nine no email address. More than [`NewContacts::MOST`] count as that number.
    ///
    /// ```
    /// use centerfy_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().seed(7).contacts(1_000).build();
    /// let people = sandbox.contacts();
    /// assert_eq!(people.len(), 1_000);
    /// assert!(people.iter().all(|person| person.time_zone.is_some()));
    /// ```
    pub fn contacts(mut self, contacts: impl Into<NewContacts>) -> Self {
        self.settings.contacts = Some(contacts.into());
        self
    }

    /// Creates the sandbox.
    #[must_use]
    pub fn build(self) -> Sandbox {
        let number = CREATED.fetch_add(1, Ordering::Relaxed);
        let key = format!("cfy_sandbox_{number}");
        let clock = Clock::new(self.now);
        Sandbox::over(Shared::new(key, self.seed, self.settings, clock))
    }
}
