//! The stream of all messages of a contact.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use futures_core::future::FusedFuture;
use futures_core::stream::FusedStream;

use super::settings::Limits;
use super::{ApiRequest, CenterfyError, Client};
use crate::types::{ContactMessages, ContactMessagesQuery, Message};

/// A [`Stream`] of all messages of a contact, newest first.
///
/// It requests a page only when all messages of the previous page have been read. It follows the
/// server's own counts, yields no message twice and skips none if new messages arrive in the
/// meantime. It ends when a page contains nothing new, or after an error. Dropping the stream aborts
/// the request in flight.
///
/// ```no_run
/// # use centerfy::{CenterfyError, Client};
/// # async fn example(client: Client) -> Result<(), CenterfyError> {
/// let mut messages = client.contact_messages("00000000-0000-4000-8000-000000000002");
/// while let Some(message) = messages.next().await {
///     let message = message?;
///     println!("{}: {}", message.sender_type, message.content);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct MessageStream {
    client: Client,
    contact_id: String,
    limit: Option<u64>,
    limits: Limits,
    pager: Pager,
    page: VecDeque<Message>,
    under_way: Option<ApiRequest<ContactMessages>>,
}

impl MessageStream {
    pub(super) fn new(client: &Client, contact_id: &str) -> Self {
        Self {
            client: client.clone(),
            contact_id: contact_id.to_owned(),
            limit: None,
            limits: client.settings.limits,
            pager: Pager::default(),
            page: VecDeque::new(),
            under_way: None,
        }
    }

    /// Sets the maximum number of messages per page, from 1 to 200. Defaults to the server's own page
    /// size, 50.
    pub fn page_size(mut self, messages: u64) -> Self {
        self.limit = Some(messages);
        self
    }

    /// Limits how long one attempt to get a page may take; see
    /// [`ClientBuilder::attempt_timeout`](super::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt_timeout = longest.into();
        self
    }

    /// Limits how long getting one page may take; see
    /// [`ClientBuilder::timeout`](super::ClientBuilder::timeout).
    pub fn timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = longest.into();
        self
    }

    /// Limits how often getting a page is retried; see
    /// [`ClientBuilder::max_retries`](super::ClientBuilder::max_retries).
    pub fn max_retries(mut self, most: u32) -> Self {
        self.limits.max_retries = most;
        self
    }

    /// Returns the next message, without an extension trait for streams such as `StreamExt`.
    ///
    /// # Errors
    /// The errors of [`Client::get_contact_messages`]. The stream ends after an error.
    #[allow(
        clippy::should_implement_trait,
        reason = "it is what `StreamExt::next` is"
    )]
    pub fn next(&mut self) -> NextMessage<'_> {
        NextMessage(self)
    }

    fn request(&self) -> ApiRequest<ContactMessages> {
        let query = ContactMessagesQuery {
            limit: self.limit,
            offset: Some(self.pager.offset),
        };
        let limits = self.limits;
        self.client
            .get_contact_messages(&self.contact_id, query)
            .limit(limits)
    }
}

/// A future of the next message of a [`MessageStream`]; see [`MessageStream::next`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct NextMessage<'a>(&'a mut MessageStream);

impl Future for NextMessage<'_> {
    type Output = Option<Result<Message, CenterfyError>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}

impl FusedFuture for NextMessage<'_> {
    fn is_terminated(&self) -> bool {
        self.0.is_terminated()
    }
}

impl Stream for MessageStream {
    type Item = Result<Message, CenterfyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(message) = self.page.pop_front() {
                return Poll::Ready(Some(Ok(message)));
            }
            if self.pager.over {
                return Poll::Ready(None);
            }
            let mut request = self.under_way.take().unwrap_or_else(|| self.request());
            let polled = Pin::new(&mut request).poll(context);
            if polled.is_pending() {
                self.under_way = Some(request);
            }
            match ready!(polled) {
                Ok(page) => self.page = self.pager.turn(page),
                Err(error) => {
                    self.pager.over = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl FusedStream for MessageStream {
    fn is_terminated(&self) -> bool {
        self.pager.over && self.page.is_empty()
    }
}

impl fmt::Debug for MessageStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageStream")
            .field("contact_id", &self.contact_id)
            .field("offset", &self.pager.offset)
            .finish_non_exhaustive()
    }
}

/// Tracks which messages of a page are new, and where the next page starts.
#[derive(Debug, Default)]
struct Pager {
    seen: HashSet<String>,
    offset: u64,
    /// The total that the first page reported.
    total: Option<u64>,
    /// How many messages were received a second time.
    repeated: u64,
    over: bool,
}

impl Pager {
    /// Adds a page and returns its new messages.
    fn turn(&mut self, page: ContactMessages) -> VecDeque<Message> {
        let came = page.messages.len() as u64;
        let fresh: VecDeque<Message> = page
            .messages
            .into_iter()
            .filter(|message| self.seen.insert(message.id.clone()))
            .collect();
        self.repeated += came - fresh.len() as u64;
        // Each message that arrives moves the older ones down by one, so one of them is received again.
        // More repeats than arrivals mean that the server returns the same pages in a loop.
        let arrived = page
            .total
            .saturating_sub(*self.total.get_or_insert(page.total));
        let circles = fresh.is_empty() && self.repeated > arrived;
        // The server may return fewer messages than requested, so count what was received.
        self.offset = self.offset.saturating_add(came);
        self.over = came == 0 || circles || self.offset == page.total;
        fresh
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "messages_tests.rs"]
mod tests;
