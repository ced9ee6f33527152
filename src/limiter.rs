//! The rate limiter: at most so many requests in any window of time.
//!
//! It keeps the times of the requests in the window and says when the next one may go; who waits,
//! and in which order, is up to whoever asks. It knows no clock and no timer: the time comes in. All
//! times are milliseconds of one clock. Should that clock be put back (a test that fakes it, a
//! machine that slept), what the limiter knows moves along.
//!
//! The npm package has these rules in `pkg-template/limiter.ts` once more: a script's arrays do with 250
//! bytes (brotli) what takes 730 in its module. `tests/support/windows.json` holds the two together.

use std::collections::VecDeque;

/// At most `requests` in any window of `per_ms` milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// 1 or more.
    pub requests: u32,
    /// More than 0.
    pub per_ms: f64,
}

/// The longest pause that a server is granted, in milliseconds: an hour. A mistaken header must not
/// end a key for good.
pub const LONGEST_PAUSE: f64 = 3_600_000.0;

/// What callers with the same key and base URL share.
#[derive(Clone, Debug, Default)]
pub struct Limiter {
    /// The requests in the window, the oldest first.
    sent: VecDeque<f64>,
    /// How many have their place and are not yet on their way.
    promised: usize,
    /// The longest window that anybody asked for: older requests are forgotten.
    longest: f64,
    /// Nobody goes before this time: the server said so.
    held_until: f64,
    /// The latest time that it was told.
    now: f64,
}

impl Limiter {
    /// Asks for a place: 0 where it is given, else the milliseconds after which to ask again.
    ///
    /// Whoever has a place either says [`Limiter::sent`] when its request is really on its way, or
    /// gives it back. Until then it counts, wherever the window begins.
    pub fn take(&mut self, limit: Limit, now: f64) -> f64 {
        self.longest = self.longest.max(limit.per_ms);
        self.forget(now);
        let wait = self.held(now).max(self.full(limit, now));
        if wait > 0.0 {
            return wait;
        }
        self.promised += 1;
        0.0
    }

    /// A request that had a place is on its way: from now on it counts for one window.
    pub fn sent(&mut self, now: f64) {
        self.forget(now);
        self.give_back();
        self.sent.push_back(now);
    }

    /// A place is given back by somebody who did not send.
    pub fn give_back(&mut self) {
        self.promised = self.promised.saturating_sub(1);
    }

    /// Lets nobody go for so many milliseconds, [`LONGEST_PAUSE`] at most: the server asks for it.
    pub fn hold(&mut self, wait: f64, now: f64) {
        self.forget(now);
        self.held_until = self.held_until.max(now + wait.min(LONGEST_PAUSE));
    }

    /// How long the server's pause lasts from now on, in milliseconds; 0 or less where there is none.
    pub fn held(&mut self, now: f64) -> f64 {
        self.forget(now);
        self.held_until - now
    }

    /// Whether a new one would do as well: nothing is in its window, nobody is about to send, and the
    /// server asks for no pause.
    pub fn is_idle(&mut self, now: f64) -> bool {
        self.held(now) <= 0.0 && self.sent.is_empty() && self.promised == 0
    }

    /// Forgets the requests that are out of every window.
    fn forget(&mut self, now: f64) {
        let back = self.now - now;
        if back > 0.0 {
            // What was so long ago is so long ago still.
            self.held_until -= back;
            self.sent.iter_mut().for_each(|time| *time -= back);
        }
        self.now = now;
        let longest = self.longest;
        while self.sent.front().is_some_and(|time| now - time >= longest) {
            self.sent.pop_front();
        }
    }

    /// How long until a place is free in a window of this limit, 0 or less where one is.
    fn full(&self, limit: Limit, now: f64) -> f64 {
        let before = self.sent.len() + self.promised;
        let Some(first) = before.checked_sub(limit.requests as usize) else {
            return 0.0;
        };
        // Where there are only promises, whoever holds one is about to send.
        let time = self.sent.get(first).copied().unwrap_or(now);
        limit.per_ms - (now - time)
    }
}
