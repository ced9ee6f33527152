//! A call that can be awaited.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::future::FusedFuture;
use serde::de::DeserializeOwned;

use super::CenterfyError;
use super::prepare::Argument;
use super::response::ApiResponse;
use super::run::{Done, run};
use super::settings::{CallOptions, Limits, Settings};
use crate::operations::Operation;

/// A call of one operation: a future of the response.
///
/// The call starts when it is first polled. Until then, its methods can override the client's limits.
/// Dropping the future ends the call: it leaves the rate limiter's queue, the request in flight is
/// aborted, and nothing is sent afterwards.
///
/// It is `Send` and `Sync` on every target. Polling it again after it has completed returns a
/// [`CenterfyError::Validation`].
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
#[must_use = "calls do nothing unless awaited"]
pub struct ApiRequest<T> {
    operation: Operation,
    state: State,
    answer: PhantomData<fn() -> T>,
}

enum State {
    Ready(Arc<Settings>, CallOptions, Vec<Argument>),
    InFlight(Pin<Box<dyn Future<Output = Result<Done, CenterfyError>> + Send + Sync>>),
    Over,
}

impl<T> ApiRequest<T> {
    pub(super) fn new(
        settings: &Arc<Settings>,
        operation: Operation,
        arguments: Vec<Argument>,
    ) -> Self {
        let settings = Arc::clone(settings);
        let options = CallOptions {
            limits: settings.limits,
            idempotency_key: None,
        };
        Self {
            operation,
            state: State::Ready(settings, options, arguments),
            answer: PhantomData,
        }
    }

    /// Limits how long one attempt of this call may take; see
    /// [`ClientBuilder::attempt_timeout`](super::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(self, longest: impl Into<Option<Duration>>) -> Self {
        let longest = longest.into();
        self.set(|options| options.limits.attempt_timeout = longest)
    }

    /// Limits how long this call may take; see
    /// [`ClientBuilder::timeout`](super::ClientBuilder::timeout).
    pub fn timeout(self, longest: impl Into<Option<Duration>>) -> Self {
        let longest = longest.into();
        self.set(|options| options.limits.timeout = longest)
    }

    /// Limits how often this call is retried; see
    /// [`ClientBuilder::max_retries`](super::ClientBuilder::max_retries).
    pub fn max_retries(self, most: u32) -> Self {
        self.set(|options| options.limits.max_retries = most)
    }

    /// Sets the idempotency key: the proxy performs requests with the same key at most once. A key has
    /// 1 to 255 visible ASCII characters without double quotes or backslashes. Defaults to a new key
    /// for each call. Set your own if a person may press a button twice, or reload the page.
    ///
    /// Only for a client with [`proxy`](super::ClientBuilder::proxy). It has no effect on operations
    /// that are safe to repeat.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        let key = key.into();
        self.set(|options| options.idempotency_key = Some(key))
    }

    /// Returns the response with its status, its headers and the number of attempts.
    pub fn with_response(self) -> WithResponse<T> {
        WithResponse(self)
    }

    pub(super) fn limit(self, limits: Limits) -> Self {
        self.set(|options| options.limits = limits)
    }

    fn set(mut self, set: impl FnOnce(&mut CallOptions)) -> Self {
        if let State::Ready(_, options, _) = &mut self.state {
            set(options);
        }
        self
    }

    fn poll_done(&mut self, context: &mut Context<'_>) -> Poll<Result<Done, CenterfyError>> {
        self.state.poll(self.operation, context)
    }
}

impl<T: DeserializeOwned> Future for ApiRequest<T> {
    type Output = Result<T, CenterfyError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let done = ready!(self.poll_done(context));
        Poll::Ready(done.and_then(Done::read))
    }
}

impl<T: DeserializeOwned> FusedFuture for ApiRequest<T> {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Over)
    }
}

/// A call of one operation: a future of an [`ApiResponse`]; see [`ApiRequest::with_response`].
#[must_use = "calls do nothing unless awaited"]
pub struct WithResponse<T>(ApiRequest<T>);

impl<T: DeserializeOwned> Future for WithResponse<T> {
    type Output = Result<ApiResponse<T>, CenterfyError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let done = ready!(self.0.poll_done(context));
        Poll::Ready(done.and_then(Done::response))
    }
}

impl<T: DeserializeOwned> FusedFuture for WithResponse<T> {
    fn is_terminated(&self) -> bool {
        self.0.is_terminated()
    }
}

impl State {
    fn poll(
        &mut self,
        operation: Operation,
        context: &mut Context<'_>,
    ) -> Poll<Result<Done, CenterfyError>> {
        let mut future = match std::mem::replace(self, Self::Over) {
            Self::Ready(settings, options, arguments) => {
                Box::pin(run(settings, options, operation, arguments))
            }
            Self::InFlight(future) => future,
            Self::Over => return Poll::Ready(Err(over(operation))),
        };
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            *self = Self::InFlight(future);
        }
        polled
    }
}

/// The error for a call that is polled after it has completed.
fn over(operation: Operation) -> CenterfyError {
    let expected = "polled only until it completes";
    CenterfyError::invalid(Some(operation), "request", expected)
}

impl<T> fmt::Debug for ApiRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiRequest")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for WithResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WithResponse").field(&self.0).finish()
    }
}
