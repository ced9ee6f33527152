//! The events that a client reports.

use std::time::Duration;

use crate::error::Code;
use crate::operations::Operation;

/// An event of a call. It contains neither the API key nor a body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The number of the call, the same in all of its events, and unique within the process.
    pub call_id: u64,
    /// The operation.
    pub operation: Operation,
    /// The number of the attempt, starting at 1.
    pub attempt: u32,
    /// The URL of the request.
    pub url: String,
    /// What happened.
    pub kind: EventKind,
}

/// The kind of an [`Event`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// An attempt is queued for a slot under the rate limit.
    Queued,
    /// The request of an attempt is sent.
    Request,
    /// An attempt has ended with a response of any status.
    #[non_exhaustive]
    Response {
        /// The HTTP status.
        status: u16,
        /// How long the attempt took.
        duration: Duration,
    },
    /// An attempt has ended without a complete response.
    #[non_exhaustive]
    Failure {
        /// The reason: [`Code::Network`] or [`Code::Timeout`].
        code: Code,
        /// How long the attempt took.
        duration: Duration,
    },
    /// The call will be retried.
    #[non_exhaustive]
    Retry {
        /// The delay before the next attempt.
        delay: Duration,
        /// Why the attempt failed.
        reason: Code,
    },
    /// The call has ended. A call that is dropped before it ends does not report this event.
    #[non_exhaustive]
    End {
        /// Why the call failed. `None` if it succeeded.
        code: Option<Code>,
        /// How long the call took, including all delays and time in the queue.
        duration: Duration,
    },
}

/// Receives the events.
pub(super) trait Observer: Send + Sync {
    fn observe(&self, event: Facts<'_>);
}

/// The data of an event. An [`Event`] is created only if there is an observer.
pub(super) struct Facts<'a> {
    pub(super) call_id: u64,
    pub(super) operation: Operation,
    pub(super) attempt: u32,
    pub(super) url: &'a str,
    /// Removes the key from a text.
    pub(super) hide: &'a dyn Fn(String) -> String,
    pub(super) moment: Moment,
}

/// What happened, with times in milliseconds.
#[derive(Clone, Copy)]
pub(super) enum Moment {
    Queued,
    Sent,
    Answered { status: u32, took: f64 },
    Lost { code: Code, took: f64 },
    Retry { delay: f64, reason: Code },
    Ended { code: Option<Code>, took: f64 },
}

/// The caller's function.
pub(super) struct Listener<F>(pub(super) F);

impl<F: Fn(&Event) + Send + Sync> Observer for Listener<F> {
    fn observe(&self, facts: Facts<'_>) {
        let event = event(&facts);
        // A panic in the caller's code must not change the call.
        let listener = std::panic::AssertUnwindSafe(|| (self.0)(&event));
        let _ = std::panic::catch_unwind(listener);
    }
}

fn event(facts: &Facts<'_>) -> Event {
    let duration = super::answer::duration;
    Event {
        call_id: facts.call_id,
        operation: facts.operation,
        attempt: facts.attempt,
        url: (facts.hide)(facts.url.to_owned()),
        kind: match facts.moment {
            Moment::Queued => EventKind::Queued,
            Moment::Sent => EventKind::Request,
            Moment::Answered { status, took } => EventKind::Response {
                status: u16::try_from(status).unwrap_or_default(),
                duration: duration(took),
            },
            Moment::Lost { code, took } => EventKind::Failure {
                code,
                duration: duration(took),
            },
            Moment::Retry { delay, reason } => EventKind::Retry {
                delay: duration(delay),
                reason,
            },
            Moment::Ended { code, took } => EventKind::End {
                code,
                duration: duration(took),
            },
        },
    }
}
