//! A call that is about to be made.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::CenterfyError;
use super::run::{Done, run};
use super::settings::{Limits, Settings};
use crate::operations::Operation;

/// A call of one operation: a future of its answer.
///
/// It starts when it is first polled. Until then its own limits can be set, in place of the client's.
/// Dropping it ends the call wherever it is: it leaves the rate limiter's queue, the request on the
/// wire is aborted, and nothing is sent afterwards.
///
/// ```no_run
/// use std::time::Duration;
/// # use centerfy::{CenterfyError, Client};
/// # async fn example(client: Client) -> Result<(), CenterfyError> {
/// let agent = client
///     .get_agent("00000000-0000-4000-8000-000000000001")
///     .timeout(Duration::from_secs(5))
///     .max_retries(0)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is made when it is awaited"]
pub struct Request<T> {
    operation: Operation,
    state: State,
    answer: PhantomData<fn() -> T>,
}

enum State {
    Ready(Arc<Settings>, Limits, Vec<Value>),
    UnderWay(Pin<Box<dyn Future<Output = Result<Done, CenterfyError>> + Send + Sync>>),
    Over,
}

impl<T> Request<T> {
    pub(super) fn new(
        settings: &Arc<Settings>,
        operation: Operation,
        arguments: Vec<Value>,
    ) -> Self {
        let settings = Arc::clone(settings);
        let limits = settings.limits;
        Self {
            operation,
            state: State::Ready(settings, limits, arguments),
            answer: PhantomData,
        }
    }

    /// The longest that one attempt of this call may take; see
    /// [`ClientBuilder::attempt_timeout`](super::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(self, longest: impl Into<Option<Duration>>) -> Self {
        let longest = longest.into();
        self.limit(|limits| limits.attempt_timeout = longest)
    }

    /// The longest that this call may take; see
    /// [`ClientBuilder::timeout`](super::ClientBuilder::timeout).
    pub fn timeout(self, longest: impl Into<Option<Duration>>) -> Self {
        let longest = longest.into();
        self.limit(|limits| limits.timeout = longest)
    }

    /// How often this call is tried again; see
    /// [`ClientBuilder::max_retries`](super::ClientBuilder::max_retries).
    pub fn max_retries(self, most: u32) -> Self {
        self.limit(|limits| limits.max_retries = most)
    }

    pub(super) fn limit(mut self, set: impl FnOnce(&mut Limits)) -> Self {
        if let State::Ready(_, limits, _) = &mut self.state {
            set(limits);
        }
        self
    }
}

impl<T: DeserializeOwned> Future for Request<T> {
    type Output = Result<T, CenterfyError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let operation = self.operation;
        let done = ready!(self.state.poll(operation, context));
        Poll::Ready(done.and_then(Done::read))
    }
}

impl State {
    fn poll(
        &mut self,
        operation: Operation,
        context: &mut Context<'_>,
    ) -> Poll<Result<Done, CenterfyError>> {
        let mut future = match std::mem::replace(self, Self::Over) {
            Self::Ready(settings, limits, arguments) => {
                Box::pin(run(settings, limits, operation, arguments))
            }
            Self::UnderWay(future) => future,
            // Its answer is gone. Nobody will wake whoever asks again.
            Self::Over => return Poll::Pending,
        };
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            *self = Self::UnderWay(future);
        }
        polled
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}
