//! A sandbox in the same process, and its `tower::Service`.

mod body;
mod builder;
mod clock;
mod error;
mod exchange;
mod fault;
mod message;
mod service;

pub use body::SandboxBody;
pub use builder::SandboxBuilder;
pub use error::ServiceError;
pub use fault::Fault;
pub use message::IncomingMessage;
pub use service::{ResponseFuture, SandboxService};

use crate::inspector::{Directory, Inspector, ListedCall, ListedContact};
use crate::organization::Settings;
use crate::routes::BASE_PATH;
use crate::{Delivery, Handler, LogEntry, Refusal};
use clock::Clock;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The origin of the sandbox. `.invalid` names resolve in no network.
pub(crate) const ORIGIN: &str = "https://sandbox.invalid";

/// The Centerfy AI API in this process, for tests: its operations, with the agents, contacts,
/// conversations and calls of a fictional dental practice. It sends no messages and places no calls.
///
/// Sandboxes share no state, so each test can have its own. A clone is a handle of the same sandbox.
///
/// ```
/// use centerfy_sandbox::{Fault, Sandbox, When};
/// use std::time::{Duration, UNIX_EPOCH};
///
/// # fn main() -> Result<(), centerfy_sandbox::Refusal> {
/// let now = UNIX_EPOCH + Duration::from_secs(1_775_000_000);
/// let sandbox = Sandbox::builder().seed(7).now(now).build();
/// // The next message is sent, and its response is lost.
/// sandbox.fail("sendMessage", Fault::drop(When::After))?;
/// assert!(sandbox.deliveries().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
    api_key: Arc<str>,
    other_api_key: Arc<str>,
    organization_id: Arc<str>,
    sub_account_id: Arc<str>,
}

/// What the handles, the services and the requests in flight of a sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    key: String,
    seed: Option<u64>,
    settings: Settings,
    handler: Mutex<Handler>,
    pub(crate) clock: Clock,
}

impl Shared {
    fn new(key: String, seed: Option<u64>, settings: Settings, clock: Clock) -> Self {
        let now_ms = clock.now_ms();
        let handler = Handler::with_organization(&key, seed, settings.clone(), now_ms);
        Self {
            key,
            seed,
            settings,
            handler: Mutex::new(handler),
            clock,
        }
    }

    pub(crate) fn handler(&self) -> MutexGuard<'_, Handler> {
        self.handler.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sandbox {
    /// A sandbox with the default options. See [`Sandbox::builder`].
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Sets the options of a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    fn over(shared: Shared) -> Self {
        let shared = Arc::new(shared);
        let mut directory = Directory::default();
        if let Some(inspector) = shared.handler().inspect(&shared.key, shared.clock.now_ms()) {
            directory = inspector.directory();
        }
        Self {
            api_key: directory.api_key.into(),
            other_api_key: directory.other_key.into(),
            organization_id: directory.organization_id.into(),
            sub_account_id: directory.sub_account_id.into(),
            shared,
        }
    }

    /// The API key of the sandbox. It is unique within the process, because clients with the same key
    /// share their rate limit.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// A key of another organization. Requests with it for agents of [`api_key`](Self::api_key) fail
    /// with 403.
    pub fn other_api_key(&self) -> &str {
        &self.other_api_key
    }

    /// The organization of [`api_key`](Self::api_key), for requests.
    pub fn organization_id(&self) -> &str {
        &self.organization_id
    }

    /// The sub-account of [`api_key`](Self::api_key), for requests.
    pub fn sub_account_id(&self) -> &str {
        &self.sub_account_id
    }

    /// The base URL of the sandbox, `https://sandbox.invalid/functions/v1/crm-api`. A client with the
    /// API's own base URL reaches the sandbox, too.
    pub fn base_url(&self) -> String {
        format!("{ORIGIN}{BASE_PATH}")
    }

    /// A `tower::Service` that reaches only this sandbox: the API at
    /// [`base_url`](Self::base_url) and at its own URL, and the recordings. Clients use it as their
    /// transport.
    pub fn service(&self) -> SandboxService {
        SandboxService::new(Arc::clone(&self.shared))
    }

    /// Adds a fault for the next request of an operation, by its name in the contract, such as
    /// `"sendMessage"`, or of `"any"`. Each request uses up the oldest pending fault that applies to its
    /// operation. Requests that fail with 401, 404 (for the path), 405 or 429 use up none.
    ///
    /// # Errors
    /// If the operation is unknown or the fault is invalid. The message names the field and what was
    /// expected, and no fault is added.
    pub fn fail(&self, operation: &str, fault: Fault) -> Result<(), Refusal> {
        let fault = fault.for_operation(operation);
        self.inspect(|inspector| inspector.fail(&fault))
            .unwrap_or(Ok(()))
    }

    /// Removes all pending faults.
    pub fn clear_faults(&self) {
        self.inspect(|inspector| inspector.clear_faults());
    }

    /// All agents, archived ones included, as `getAgent` returns them.
    pub fn agents(&self) -> Vec<Value> {
        self.inspect(|inspector| inspector.agents())
            .unwrap_or_default()
    }

    /// All contacts. Of the dental practice, the first one has the longest conversation.
    pub fn contacts(&self) -> Vec<ListedContact> {
        self.inspect(|inspector| inspector.contacts())
            .unwrap_or_default()
    }

    /// The messages of a contact's conversation, oldest first.
    ///
    /// # Errors
    /// If there is no such contact.
    pub fn conversation(&self, contact_id: &str) -> Result<Vec<Value>, Refusal> {
        self.inspect(|inspector| inspector.conversation(contact_id))
            .unwrap_or_else(|| Ok(Vec::new()))
    }

    /// All calls: past ones, then those that were placed through the API.
    pub fn calls(&self) -> Vec<ListedCall> {
        self.inspect(|inspector| inspector.calls())
            .unwrap_or_default()
    }

    /// The agents created, calls placed and messages sent through the API since the sandbox was created
    /// or reset, oldest first, whatever the client received.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.inspect(|inspector| inspector.deliveries().to_vec())
            .unwrap_or_default()
    }

    /// All requests with a key of the sandbox, oldest first. The log contains no keys.
    pub fn log(&self) -> Vec<LogEntry> {
        self.inspect(|inspector| inspector.log().into_iter().cloned().collect())
            .unwrap_or_default()
    }

    /// Adds a message that a contact writes, and returns it.
    ///
    /// ```
    /// use centerfy_sandbox::{IncomingMessage, Sandbox};
    ///
    /// # fn main() -> Result<(), centerfy_sandbox::Refusal> {
    /// let sandbox = Sandbox::new();
    /// let contacts = sandbox.contacts();
    /// # let contact = &contacts[0];
    /// sandbox.receive(IncomingMessage::new(&contact.id, "Is Friday free?"))?;
    /// assert_eq!(sandbox.conversation(&contact.id)?.last().unwrap()["content"], "Is Friday free?");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If there is no such contact.
    pub fn receive(&self, message: IncomingMessage) -> Result<Value, Refusal> {
        let message = message.into_fields();
        self.inspect(|inspector| inspector.receive(&message))
            .unwrap_or(Ok(Value::Null))
    }

    /// Advances the sandbox's time: calls progress, contacts reply, URLs expire, rate limits reset, and
    /// delays end.
    pub fn advance(&self, time: Duration) {
        self.shared.clock.advance(time);
    }

    /// Restores the initial state, time, log and faults, under the same keys and ids. Requests in flight
    /// fail with a [`ServiceError`].
    pub fn reset(&self) {
        let shared = &self.shared;
        let mut handler = shared.handler();
        shared.clock.reset();
        let settings = shared.settings.clone();
        let now_ms = shared.clock.now_ms();
        *handler = Handler::with_organization(&shared.key, shared.seed, settings, now_ms);
    }

    /// `None` if there is no organization, which cannot happen: only the control endpoints remove one, and
    /// the service does not reach them.
    fn inspect<T>(&self, look: impl FnOnce(&mut Inspector<'_>) -> T) -> Option<T> {
        let now_ms = self.shared.clock.now_ms();
        let mut handler = self.shared.handler();
        let mut inspector = handler.inspect(&self.shared.key, now_ms)?;
        Some(look(&mut inspector))
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}
