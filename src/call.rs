//! One call as a state machine: ask for a place, send, then answer, wait and ask again, or fail.
//!
//! It decides and does nothing itself: it has no clock, no timer and no network. Whoever drives it
//! tells it what happened and does what it says. All times are milliseconds of one clock. A timer
//! that rang is believed for what it was set for, whatever the clock says by then: one of the two may
//! be faked by a test.

use crate::error::Code;
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
    /// The most milliseconds for the whole call but its waiting for places; infinite for none.
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
        maybe_delivered: bool,
    },
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

/// The longest time that a timer is set for, in milliseconds: six days, less than any runtime's own
/// limit. What takes longer is slept in turns.
pub const LONGEST_TIMER: f64 = 536_870_911.0;

/// A call under way.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    plan: Plan,
    attempt: u32,
    /// When it last asked for a place.
    asked: f64,
    /// When `timeout` runs out.
    deadline: f64,
    /// How long the timer has to wait yet, for the end of the attempt or of the wait between two.
    left: f64,
    on_the_wire: bool,
    /// Whether an attempt may have reached a person or made something, and nobody knows.
    unclear: bool,
}

impl Call {
    /// A new call. The first thing to do is [`Action::Ask`].
    #[must_use]
    pub const fn new(plan: Plan, now: f64) -> Self {
        let deadline = now + plan.timeout;
        Self {
            plan,
            attempt: 0,
            asked: now,
            deadline,
            left: 0.0,
            on_the_wire: false,
            unclear: false,
        }
    }

    /// The longest pause that the server may ask for before this call gives up.
    #[must_use]
    pub const fn patience(&self) -> f64 {
        self.deadline - self.asked
    }

    /// It has its place.
    pub fn place(&mut self, now: f64) -> Action {
        self.attempt += 1;
        self.on_the_wire = true;
        // Waiting for a place is not charged to the timeout.
        self.deadline += now - self.asked;
        let left = self.deadline - now;
        self.left = if left < self.plan.attempt_timeout {
            left
        } else {
            self.plan.attempt_timeout
        };
        Action::Send(self.left)
    }

    /// The timer rang. `status` is the answer's where the headers have come, else 0.
    pub fn timer(&mut self, now: f64, status: u32, random: f64) -> Action {
        self.left -= LONGEST_TIMER;
        if self.left > 0.0 {
            return Action::Sleep(self.left);
        }
        if !self.on_the_wire {
            if now >= self.deadline {
                // It overslept: a throttled page, a laptop that was shut.
                return Action::Fail {
                    code: Code::Timeout,
                    maybe_delivered: self.unclear,
                };
            }
            self.asked = now;
            return Action::Ask;
        }
        self.again_or_fail(Code::Timeout, status, None, now, random)
    }

    /// `fetch` rejected, or the body of a success broke off. `status` as in [`Call::timer`]. Where an
    /// error's body broke off, its word stands: that is an [answer](Call::answer), unreadable.
    pub fn lost(&mut self, now: f64, status: u32, random: f64) -> Action {
        self.again_or_fail(Code::Network, status, None, now, random)
    }

    /// The answer has come whole. `wait` is what the server asks for, in milliseconds.
    pub fn answer(
        &mut self,
        now: f64,
        status: u32,
        body: Body,
        wait: Option<f64>,
        random: f64,
    ) -> Action {
        if !(200..300).contains(&status) {
            return self.again_or_fail(Code::of_status(status), status, wait, now, random);
        }
        match body {
            Body::Json => Action::Succeed,
            Body::Error => Action::Fail {
                code: Code::Http,
                maybe_delivered: self.unclear,
            },
            Body::Unreadable => Action::Fail {
                code: Code::Parse,
                maybe_delivered: !self.plan.repeat_safe,
            },
        }
    }

    fn again_or_fail(
        &mut self,
        code: Code,
        status: u32,
        wait: Option<f64>,
        now: f64,
        random: f64,
    ) -> Action {
        self.on_the_wire = false;
        let safe = self.plan.repeat_safe || self.plan.once;
        let unanswered = matches!(code, Code::Network | Code::Timeout);
        let again = unanswered && safe || retry::retryable(status, safe);
        let reached = unanswered && status < 400 || status >= 500;
        self.unclear |= reached && !self.plan.repeat_safe;
        let wait = wait.unwrap_or_else(|| retry::backoff(self.attempt, random));
        let left = f64::from(self.attempt) <= self.plan.max_retries;
        if again && left && now + wait < self.deadline {
            self.left = wait;
            return Action::Back(wait);
        }
        Action::Fail {
            code,
            maybe_delivered: self.unclear,
        }
    }
}
