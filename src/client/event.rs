//! What a client reports of its calls.

use std::time::Duration;

use crate::error::Code;
use crate::operations::Operation;

/// What has happened to a call. It has neither the API key nor a body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The number of the call, which all of its events have. No other call of the process has it.
    pub call_id: u64,
    /// The operation.
    pub operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub attempt: u32,
    /// The URL that it is sent to.
    pub url: String,
    /// What has happened.
    pub kind: EventKind,
}

/// The kind of an [`Event`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// An attempt waits for its slot under the rate limit.
    Queued,
    /// An attempt is sent.
    Request,
    /// An attempt has ended with an answer, of whatever status.
    #[non_exhaustive]
    Response {
        /// Its status.
        status: u16,
        /// How long the attempt took.
        duration: Duration,
    },
    /// An attempt has ended without a whole answer.
    #[non_exhaustive]
    Failure {
        /// Why: [`Code::Network`] or [`Code::Timeout`].
        code: Code,
        /// How long the attempt took.
        duration: Duration,
    },
    /// The call will be tried again.
    #[non_exhaustive]
    Retry {
        /// How long it waits until then.
        delay: Duration,
        /// Why the attempt failed.
        reason: Code,
    },
    /// The call has ended. A call that is dropped before has no such event.
    #[non_exhaustive]
    End {
        /// Why it failed; `None` where it succeeded.
        code: Option<Code>,
        /// How long the call took, with everything that it waited for.
        duration: Duration,
    },
}

/// What is told of each event.
pub(super) trait Observer: Send + Sync {
    fn observe(&self, event: Facts<'_>);
}

/// An event before it is one: without an observer, none is made.
pub(super) struct Facts<'a> {
    pub(super) call_id: u64,
    pub(super) operation: Operation,
    pub(super) attempt: u32,
    pub(super) url: &'a str,
    /// Takes the key out of a text.
    pub(super) hide: &'a dyn Fn(String) -> String,
    pub(super) moment: Moment,
}

/// What has happened; times are milliseconds.
#[derive(Clone, Copy)]
pub(super) enum Moment {
    Queued,
    Sent,
    Answered { status: u32, took: f64 },
    Lost { code: Code, took: f64 },
    Retry { delay: f64, reason: Code },
    Ended { code: Option<Code>, took: f64 },
}

/// A function of the caller's own.
pub(super) struct Listener<F>(pub(super) F);

impl<F: Fn(&Event) + Send + Sync> Observer for Listener<F> {
    fn observe(&self, facts: Facts<'_>) {
        let event = event(&facts);
        // A panic of the caller's own code must not change the call.
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
