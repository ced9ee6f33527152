//! The body of a response.

use super::error::ServiceError;
use super::exchange::Exchange;
use crate::Transfer;
use crate::steps::{Step, Steps};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type Wait = Pin<Box<dyn Future<Output = Result<(), ServiceError>> + Send>>;

/// The body of a response of a [`SandboxService`](crate::SandboxService). A fault can stall it, cut it
/// or let it arrive in small pieces.
pub struct SandboxBody {
    steps: Steps,
    unsent: u64,
    wait: Option<Wait>,
    exchange: Exchange,
}

impl SandboxBody {
    pub(super) fn new(bytes: Vec<u8>, transfer: Transfer, exchange: Exchange) -> Self {
        let steps = Steps::new(bytes, transfer);
        let mut body = Self {
            unsent: steps.length,
            steps,
            wait: None,
            exchange,
        };
        if body.unsent == 0 {
            body.exchange.complete();
        }
        body
    }

    /// The length that the response declares.
    pub(super) fn declared_length(&self) -> u64 {
        self.steps.length
    }
}

impl Body for SandboxBody {
    type Data = Bytes;
    type Error = ServiceError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ServiceError>>> {
        let this = self.get_mut();
        loop {
            if let Some(wait) = &mut this.wait {
                let waited = ready!(wait.as_mut().poll(context));
                this.wait = None;
                if let Err(error) = waited {
                    this.steps.steps.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
            match this.steps.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => {
                    let sent = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    this.unsent = this.unsent.saturating_sub(sent);
                    if this.unsent == 0 {
                        this.exchange.complete();
                    }
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Step::Wait(time)) => this.wait = Some(Box::pin(this.exchange.wait(time))),
                Some(Step::Reset) => {
                    this.exchange.complete();
                    let message = "the sandbox reset the connection before the end of the body";
                    return Poll::Ready(Some(Err(ServiceError::lost(message))));
                }
                Some(Step::Stall) => this.wait = Some(Box::pin(this.exchange.stall())),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.unsent == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.unsent)
    }
}

impl fmt::Debug for SandboxBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBody")
            .field("unsent", &self.unsent)
            .finish_non_exhaustive()
    }
}
