//! One call as a state machine: ask for a place, send, then answer, wait and ask again, or fail.
//!
//! It decides and does nothing itself: it has no clock, no timer and no network. Whoever drives it
//! tells it what happened and does what it says. All times are milliseconds of one clock. A timer
//! that rang is believed for what it was set for, whatever the clock says by then: one of the two may
//! be faked by a test.

use crate::error::{Code, Delivery, Said};
use crate::retry;

/// How a call is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Whether the operation may be carried out twice.
    pub repeat_safe: bool,
    /// Whether what is sent again is carried out once all the same: a proxy sees to it.
    pub once: bool,
    /// The most attempts after the first.
    pub max_retries: f64,
    /// The most milliseconds for one attempt, the body included; infinite for none.
    pub attempt_timeout: f64,
    /// The most milliseconds for the whole call, without the waits for places and the attempts that a 429
    /// answered; infinite for none.
    pub timeout: f64,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Ask the rate limiter for a place, then call [`Call::place`].
    Ask,
    /// Send the request; call [`Call::timer`] after so many milliseconds at the latest. Of this and
    /// every other time, [`LONGEST_TIMER`] at most.
    Send(f64),
    /// Drop what is on the wire, and call [`Call::timer`] after so many milliseconds.
    Back(f64),
    /// Nothing happened yet: call [`Call::timer`] after so many milliseconds.
    Sleep(f64),
    /// The call has succeeded.
    Succeed,
    /// The call has failed.
    Fail {
        /// Why.
        code: Code,
        /// Whether it may have reached a person or made something all the same.
        delivery: Delivery,
    },
}

/// What the headers say, once they have come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// The status, 0 as long as the headers have not come.
    pub status: u32,
    /// What a proxy says of the call, where it says anything.
    pub said: Option<Said>,
}

/// What the body of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json,
    /// JSON that says `"error": true`.
    Error,
    /// Anything else, or nothing.
    Unreadable,
}

/// What a call waited for.
#[derive(Clone, Copy, Debug)]
pub enum Happened {
    /// See [`Call::timer`].
    TimerRang,
    /// See [`Call::lost`].
    Lost,
    /// See [`Call::answer`].
    Answered(Body, Option<f64>),
}

/// The longest time that a timer is set for, in milliseconds: six days, less than any runtime's own
/// limit. What takes longer is slept in turns.
pub const LONGEST_TIMER: f64 = 536_870_911.0;

/// A call under way.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    plan: Plan,
    attempt: u32,
    /// When it last asked for a place, or sent.
    since: f64,
    /// When `timeout` runs out.
    deadline: f64,
    /// How long the timer has to wait yet, for the end of the attempt or of the wait between two.
    left: f64,
    on_the_wire: bool,
    /// Whether an attempt may have reached a person or made something.
    delivery: Delivery,
}

impl Call {
    /// A new call. The first thing to do is [`Action::Ask`].
    #[must_use]
    pub const fn new(plan: Plan, now: f64) -> Self {
        let deadline = now + plan.timeout;
        Self {
            plan,
            attempt: 0,
            since: now,
            deadline,
            left: 0.0,
            on_the_wire: false,
            delivery: Delivery::No,
        }
    }

    /// The longest pause that the server may ask for before this call gives up, in milliseconds.
    #[must_use]
    pub const fn patience(&self) -> f64 {
        self.deadline - self.since
    }

    /// It has its place.
    pub fn place(&mut self, now: f64) -> Action {
        self.attempt += 1;
        self.on_the_wire = true;
        // Waiting for a place is not charged to the timeout.
        self.deadline += now - self.since;
        self.since = now;
        let left = self.deadline - now;
        self.left = if left < self.plan.attempt_timeout {
            left
        } else {
            self.plan.attempt_timeout
        };
        Action::Send(self.left)
    }

    /// The timer rang.
    pub fn timer(&mut self, now: f64, head: Head, random: f64) -> Action {
        self.happened(Happened::TimerRang, now, head, random)
    }

    /// `fetch` rejected, or the body of a success broke off. Where an error's body broke off, its word
    /// stands: that is an [answer](Call::answer), unreadable.
    pub fn lost(&mut self, now: f64, head: Head, random: f64) -> Action {
        self.happened(Happened::Lost, now, head, random)
    }

    /// The answer has come whole. `wait` is what the server asks for, in milliseconds.
    pub fn answer(
        &mut self,
        now: f64,
        head: Head,
        body: Body,
        wait: Option<f64>,
        random: f64,
    ) -> Action {
        self.happened(Happened::Answered(body, wait), now, head, random)
    }

    /// What it waited for has happened. Whoever calls this from one place has a smaller program than from
    /// three.
    pub fn happened(&mut self, what: Happened, now: f64, head: Head, random: f64) -> Action {
        let (code, wait) = match what {
            Happened::TimerRang => {
                self.left -= LONGEST_TIMER;
                if self.left > 0.0 {
                    return Action::Sleep(self.left);
                }
                if !self.on_the_wire {
                    if now >= self.deadline {
                        // It overslept: a throttled page, a laptop that was shut.
                        return self.fail(Code::Timeout);
                    }
                    self.since = now;
                    return Action::Ask;
                }
                (Code::Timeout, None)
            }
            Happened::Lost => (Code::Network, None),
            Happened::Answered(body, wait) => {
                let code = match body {
                    _ if !(200..300).contains(&head.status) => Code::of_status(head.status),
                    Body::Json => return Action::Succeed,
                    Body::Error => Code::Http,
                    Body::Unreadable => Code::Parse,
                };
                (code, wait)
            }
        };
        self.again_or_fail(code, head, wait, now, random)
    }

    /// The server asks for a pause of so many milliseconds, while it waits for a place.
    #[must_use]
    pub fn held(&self, pause: f64) -> Action {
        if pause > self.patience() {
            self.fail(Code::RateLimited)
        } else {
            Action::Ask
        }
    }

    /// It has no place, and cannot wait for one: a limiter of the caller's own has failed.
    #[cfg(feature = "client")]
    #[must_use]
    pub const fn refused(&self) -> Action {
        self.fail(Code::RateLimited)
    }

    const fn fail(&self, code: Code) -> Action {
        let delivery = self.delivery;
        Action::Fail { code, delivery }
    }

    fn again_or_fail(
        &mut self,
        code: Code,
        head: Head,
        wait: Option<f64>,
        now: f64,
        random: f64,
    ) -> Action {
        let status = head.status;
        self.on_the_wire = false;
        let safe = self.plan.repeat_safe || self.plan.once;
        let unanswered = matches!(code, Code::Network | Code::Timeout);
        let again = unanswered && safe || retry::retryable(status, safe);
        let maybe = Some(Said::MaybeDelivered);
        let reached = if head.said.is_some() {
            head.said == maybe
        } else {
            unanswered && status < 400 || status >= 500 || code == Code::Parse
        };
        self.delivery = if reached && !self.plan.repeat_safe {
            Delivery::Maybe
        } else if head.said == Some(Said::NotDelivered) || self.delivery == Delivery::No {
            Delivery::No
        } else {
            Delivery::Earlier
        };
        if status == 429 {
            // It was not carried out: until then it only waited for a place.
            self.deadline += now - self.since;
        }
        // Where a proxy does not know what became of it, asking again tells no more, unless it says when.
        let tells = head.said != maybe || wait.is_some();
        let wait = wait.unwrap_or_else(|| retry::backoff(self.attempt, random));
        let left = f64::from(self.attempt) <= self.plan.max_retries;
        if again && tells && left && now + wait < self.deadline {
            self.left = wait;
            return Action::Back(wait);
        }
        self.fail(code)
    }
}
