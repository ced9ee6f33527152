//! One request to a sandbox's service, and its response.

use super::Shared;
use super::clock::WasReset;
use super::error::ServiceError;
use crate::{Handler, PendingRequest, Request, Response};
use std::sync::Arc;
use std::time::Duration;

/// One request and its response, until the response is received. If it is dropped before, the client
/// disconnected.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) shared: Arc<Shared>,
    pub(super) pending: PendingRequest,
    /// The number of resets before the request.
    generation: u64,
    is_open: bool,
}

impl Exchange {
    /// Passes the head of a request to the handler.
    pub(super) fn start(shared: Arc<Shared>, head: &Request) -> Self {
        let now_ms = shared.clock.now_ms();
        let mut handler = shared.handler();
        let pending = handler.receive(head, now_ms);
        let generation = shared.clock.generation();
        drop(handler);
        Self {
            shared,
            pending,
            generation,
            is_open: true,
        }
    }

    /// Performs the operation.
    pub(super) fn respond(&self, request: &Request) -> Result<Response, ServiceError> {
        let now_ms = self.shared.clock.now_ms();
        self.with_handler(|handler| handler.respond(&self.pending, request, now_ms))
            .ok_or_else(reset_error)
    }

    /// Uses the handler, unless the sandbox was reset.
    fn with_handler<T>(&self, use_it: impl FnOnce(&mut Handler) -> T) -> Option<T> {
        let mut handler = self.shared.handler();
        let is_current = self.shared.clock.generation() == self.generation;
        is_current.then(|| use_it(&mut handler))
    }

    /// Waits, unless the sandbox is reset.
    pub(super) fn wait(
        &self,
        time: Duration,
    ) -> impl Future<Output = Result<(), ServiceError>> + Send + 'static {
        let (shared, generation) = (Arc::clone(&self.shared), self.generation);
        let wait_ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let until_ms = shared.clock.now_ms().saturating_add(wait_ms);
        async move {
            let waited = shared.clock.wait_until(until_ms, generation).await;
            waited.map_err(|WasReset| reset_error())
        }
    }

    /// Waits until the sandbox is reset.
    pub(super) fn stall(&self) -> impl Future<Output = Result<(), ServiceError>> + Send + 'static {
        let (shared, generation) = (Arc::clone(&self.shared), self.generation);
        async move {
            let WasReset = shared.clock.wait_for_reset(generation).await;
            Err(reset_error())
        }
    }

    /// The response is received, or as much of it as a fault lets through.
    pub(super) fn complete(&mut self) {
        self.is_open = false;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if self.is_open {
            self.with_handler(|handler| handler.client_disconnected(&self.pending));
        }
    }
}

fn reset_error() -> ServiceError {
    ServiceError::lost("the sandbox was reset")
}
