//! The body of an answer, as a list of steps: bytes to send, times to wait, an end.

use super::link::Link;
use super::watch::Watch;
use crate::{Ending, Manner};
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// Bytes that lie in the socket's buffer when it is reset are lost; they get so long to leave.
const BEFORE_RESET: Duration = Duration::from_millis(25);

enum Step {
    Send(Bytes),
    Wait(Duration),
    Reset,
    Stall,
}

/// A body that is sent step by step, whose length is known from the start.
pub(crate) struct Steps {
    steps: VecDeque<Step>,
    length: u64,
    unsent: u64,
    waiting: Option<Pin<Box<Sleep>>>,
    link: Option<Link>,
    watch: Option<Watch>,
}

impl Steps {
    /// All at once, or nothing.
    pub(crate) fn whole(bytes: Vec<u8>) -> Self {
        Self::new(bytes, Manner::Whole, None, None)
    }

    /// In the manner that a fault asks for. The watch is told when all has been sent.
    pub(crate) fn new(
        bytes: Vec<u8>,
        manner: Manner,
        link: Option<Link>,
        watch: Option<Watch>,
    ) -> Self {
        let mut bytes = Bytes::from(bytes);
        // An answer that never becomes whole must promise at least one byte.
        let length = match manner {
            Manner::Part { .. } => bytes.len().max(1),
            _ => bytes.len(),
        };
        let mut steps = VecDeque::new();
        match manner {
            Manner::Whole | Manner::Nothing(_) => steps.push_back(Step::Send(bytes)),
            Manner::Part {
                bytes: sent,
                ending,
            } => {
                bytes.truncate(sent.min(length.saturating_sub(1)));
                steps.push_back(Step::Send(bytes));
                if ending == Ending::Reset {
                    steps.extend([Step::Wait(BEFORE_RESET), Step::Reset]);
                } else {
                    steps.push_back(Step::Stall);
                }
            }
            Manner::Trickle {
                bytes: piece,
                every_ms,
            } => {
                while !bytes.is_empty() {
                    let next = bytes.split_to(piece.clamp(1, bytes.len()));
                    steps.push_back(Step::Wait(Duration::from_millis(every_ms)));
                    steps.push_back(Step::Send(next));
                }
            }
        }
        steps.retain(|step| !matches!(step, Step::Send(bytes) if bytes.is_empty()));
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        let mut body = Self {
            steps,
            length,
            unsent: length,
            waiting: None,
            link,
            watch,
        };
        body.settle();
        body
    }

    /// Tells the watch once nothing is left to send.
    fn settle(&mut self) {
        if self.unsent == 0
            && let Some(watch) = self.watch.take()
        {
            watch.answered();
        }
    }
}

impl Body for Steps {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        loop {
            if let Some(waiting) = &mut this.waiting {
                ready!(waiting.as_mut().poll(context));
                this.waiting = None;
            }
            match this.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => {
                    let sent = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    this.unsent = this.unsent.saturating_sub(sent);
                    this.settle();
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Step::Wait(time)) => this.waiting = Some(Box::pin(sleep(time))),
                Some(Step::Reset) => {
                    if let Some(watch) = this.watch.take() {
                        watch.answered();
                    }
                    if let Some(link) = &this.link {
                        link.reset();
                    }
                    this.steps.push_front(Step::Stall);
                }
                Some(Step::Stall) => {
                    this.steps.push_front(Step::Stall);
                    return Poll::Pending;
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.unsent == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.unsent.min(self.length))
    }
}
