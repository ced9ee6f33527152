//! The body of a response, sent step by step.

use super::connection_handle::ConnectionHandle;
use super::exchange::Exchange;
use crate::Transfer;
use crate::steps::{Step, Steps};
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// A reset discards the bytes in the socket's buffer, so it waits until they are sent.
const BEFORE_RESET: Duration = Duration::from_millis(25);

/// A body that is sent step by step and whose length is known.
pub(crate) struct ResponseBody {
    steps: Steps,
    unsent: u64,
    sleep: Option<Pin<Box<Sleep>>>,
    /// Whether the pause before a reset is over.
    is_flushed: bool,
    connection: Option<ConnectionHandle>,
    exchange: Option<Exchange>,
}

impl ResponseBody {
    /// A body that is sent at once.
    pub(crate) fn whole(bytes: Vec<u8>) -> Self {
        Self::new(bytes, Transfer::Whole, None, None)
    }

    /// A body that is sent as a fault describes. The exchange is completed when all is sent.
    pub(crate) fn new(
        bytes: Vec<u8>,
        transfer: Transfer,
        connection: Option<ConnectionHandle>,
        exchange: Option<Exchange>,
    ) -> Self {
        let steps = Steps::new(bytes, transfer);
        let mut body = Self {
            unsent: steps.length,
            steps,
            sleep: None,
            is_flushed: false,
            connection,
            exchange,
        };
        if body.unsent == 0 {
            body.complete();
        }
        body
    }

    fn complete(&mut self) {
        if let Some(exchange) = self.exchange.take() {
            exchange.complete();
        }
    }

    fn wait(&mut self, time: Duration) {
        self.sleep = Some(Box::pin(sleep(time)));
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        loop {
            if let Some(sleep) = &mut this.sleep {
                ready!(sleep.as_mut().poll(context));
                this.sleep = None;
            }
            match this.steps.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => {
                    let sent = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    this.unsent = this.unsent.saturating_sub(sent);
                    if this.unsent == 0 {
                        this.complete();
                    }
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Step::Wait(time)) => this.wait(time),
                Some(Step::Reset) if !this.is_flushed => {
                    this.is_flushed = true;
                    this.steps.steps.push_front(Step::Reset);
                    this.wait(BEFORE_RESET);
                }
                Some(Step::Reset) => {
                    this.complete();
                    if let Some(connection) = &this.connection {
                        connection.reset();
                    }
                    this.steps.steps.push_front(Step::Stall);
                }
                Some(Step::Stall) => {
                    this.steps.steps.push_front(Step::Stall);
                    return Poll::Pending;
                }
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
