//! One call as a state machine: acquire a slot, send, then succeed, wait and retry, or fail.
//!
//! It only decides: it has no clock, no timer and no network. Its driver reports events and performs the
//! actions. All times are milliseconds of one clock. When a timer fires, its whole delay has passed,
//! whatever the clock says: a test may fake one of the two.

use crate::error::{Code, Delivery, Said};
use crate::retry;

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Whether repeating the operation is safe.
    pub repeat_safe: bool,
    /// Whether a proxy ensures that the operation is performed at most once, even if it is retried.
    pub once: bool,
    /// The maximum number of attempts after the first.
    pub max_retries: f64,
    /// The maximum duration of one attempt, including the body, in milliseconds; infinite for no limit.
    pub attempt_timeout: f64,
    /// The maximum duration of the whole call, without the time in the queue and the attempts that got a 429, in
    /// milliseconds; infinite for no limit.
    pub timeout: f64,
}

/// The minimum time that a wait has to leave for the next attempt, in milliseconds. Without a margin, rounding
/// would decide whether a wait as long as the timeout fails immediately or after the wait.
const SHORTEST_ATTEMPT: f64 = 1.0;

/// The next action of a driver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Acquire a slot from the rate limiter, then call [`Call::place`].
    Ask,
    /// Send the request; call [`Call::timer`] after this many milliseconds at the latest. This and every
    /// other delay is limited to [`LONGEST_TIMER`].
    Send(f64),
    /// Abort the request in flight, and call [`Call::timer`] after this many milliseconds.
    Back(f64),
    /// Keep waiting: call [`Call::timer`] after this many milliseconds.
    Sleep(f64),
    /// The call has succeeded.
    Succeed,
    /// The call has failed.
    Fail {
        /// The reason.
        code: Code,
        /// Whether the request may have been processed although the call failed.
        delivery: Delivery,
    },
}

/// The facts from the response headers, once they have arrived.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// The status, 0 until the headers have arrived.
    pub status: u32,
    /// What a proxy reports about the call, if anything.
    pub said: Option<Said>,
}

/// The kind of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json,
    /// JSON with `"error": true`.
    Error,
    /// Not JSON, incomplete or missing.
    Unreadable,
}

/// The event that a call waited for.
#[derive(Clone, Copy, Debug)]
pub enum Happened {
    /// See [`Call::timer`].
    TimerRang,
    /// See [`Call::lost`].
    Lost,
    /// See [`Call::answer`].
    Answered(Body, Option<f64>),
}

/// The longest delay of a timer, in milliseconds: six days, less than the limit of any runtime. A longer
/// wait takes several timers.
pub const LONGEST_TIMER: f64 = 536_870_911.0;

/// A call in progress.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    plan: Plan,
    attempt: u32,
    /// When it last requested a slot, or sent.
    since: f64,
    /// When `timeout` expires.
    deadline: f64,
    /// The rest of the wait: for the end of the attempt, or between two attempts.
    left: f64,
    on_the_wire: bool,
    /// Whether an attempt may have been processed.
    delivery: Delivery,
}

impl Call {
    /// Creates a call. Its first action is [`Action::Ask`].
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

    /// The longest pause of the server that this call waits for, in milliseconds.
    #[must_use]
    pub const fn patience(&self) -> f64 {
        self.deadline - self.since
    }

    /// It has its slot, and its request is sent.
    pub fn place(&mut self, now: f64) -> Action {
        self.attempt += 1;
        self.on_the_wire = true;
        // The time in the queue does not count for the timeout.
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

    /// The timer fired.
    pub fn timer(&mut self, now: f64, head: Head, random: f64) -> Action {
        self.happened(Happened::TimerRang, now, head, random)
    }

    /// `fetch` rejected, or the body of a success was cut off. The status of an error counts although its
    /// body was cut off: that is an unreadable [answer](Call::answer).
    pub fn lost(&mut self, now: f64, head: Head, random: f64) -> Action {
        self.happened(Happened::Lost, now, head, random)
    }

    /// The complete response has arrived. `wait` is the wait that the server requests, in milliseconds.
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

    /// Handles an event. One caller of this makes a smaller program than callers of the three above.
    pub fn happened(&mut self, what: Happened, now: f64, head: Head, random: f64) -> Action {
        let (code, wait) = match what {
            Happened::TimerRang => {
                self.left -= LONGEST_TIMER;
                if self.left > 0.0 {
                    return Action::Sleep(self.left);
                }
                if !self.on_the_wire {
                    if now >= self.deadline {
                        // The timer was late: a throttled page, a laptop that slept.
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

    /// While it waits for a slot, the server requests a pause of this many milliseconds.
    #[must_use]
    pub fn held(&self, pause: f64) -> Action {
        if pause > self.patience() {
            self.fail(Code::RateLimited)
        } else {
            Action::Ask
        }
    }

    /// It has no slot and cannot wait for one: a custom rate limiter failed.
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
            // The server did not process it, so it counts as time in the queue.
            self.deadline += now - self.since;
        }
        // If a proxy does not know the outcome, a retry does not help, unless the proxy names a wait.
        let tells = head.said != maybe || wait.is_some();
        let wait = wait.unwrap_or_else(|| retry::backoff(self.attempt, random));
        let left = f64::from(self.attempt) <= self.plan.max_retries;
        if again && tells && left && now + wait + SHORTEST_ATTEMPT < self.deadline {
            self.left = wait;
            return Action::Back(wait);
        }
        self.fail(code)
    }
}
