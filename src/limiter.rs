//! The rate limiter: at most so many requests in any window of time.
//!
//! It keeps the times of the requests in the window and says when the next one may go; who waits,
//! and in which order, is up to whoever asks. It knows no clock and no timer: the time comes in. All
//! times are milliseconds of one clock. Should that clock be put back (a test that fakes it, a
//! machine that slept), what the limiter knows moves along.

use crate::pool::{List, NONE, Pool};

/// At most `requests` in any window of `per_ms` milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// 1 or more.
    pub requests: f64,
    /// More than 0.
    pub per_ms: f64,
}

/// The longest pause that a server is granted, in milliseconds: an hour. A mistaken header must not
/// end a key for good.
pub const LONGEST_PAUSE: f64 = 3_600_000.0;

/// What callers with the same key share.
#[derive(Clone, Copy, Debug)]
struct Limiter {
    /// The requests in the window, the oldest first.
    sent: List,
    /// How many have their place and are not yet on their way.
    promised: f64,
    /// The longest window that anybody asked for: older requests are forgotten.
    longest: f64,
    /// Nobody goes before this time: the server said so.
    held_until: f64,
    /// The latest time that it was told.
    now: f64,
}

/// All limiters of a realm.
#[derive(Debug, Default)]
pub struct Limiters {
    limiters: Pool<Limiter>,
    times: Pool<f64>,
}

impl Limiters {
    /// Without limiters.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limiters: Pool::new(),
            times: Pool::new(),
        }
    }

    /// Makes a limiter and answers its number.
    pub fn open(&mut self) -> u32 {
        self.limiters.put(Limiter {
            sent: List::new(),
            promised: 0.0,
            longest: 0.0,
            held_until: 0.0,
            now: 0.0,
        })
    }

    /// Asks for a place: 0 where it is given, else the milliseconds after which to ask again.
    ///
    /// Whoever has a place either says [`Limiters::sent`] when its request is really on its way, or
    /// gives it back. Until then it counts, wherever the window begins.
    pub fn take(&mut self, limiter: u32, limit: Limit, now: f64) -> f64 {
        let Some(limiter) = self.limiters.get(limiter) else {
            return 0.0;
        };
        if limit.per_ms > limiter.longest {
            limiter.longest = limit.per_ms;
        }
        limiter.forget(&mut self.times, now);
        let held = limiter.held_until - now;
        let full = limiter.wait(&mut self.times, limit, now);
        let wait = if held > full { held } else { full };
        if wait > 0.0 {
            return wait;
        }
        limiter.promised += 1.0;
        0.0
    }

    /// A request that had a place is on its way: from now on it counts for one window.
    pub fn sent(&mut self, limiter: u32, now: f64) {
        if let Some(limiter) = self.limiters.get(limiter) {
            limiter.forget(&mut self.times, now);
            limiter.promised -= 1.0;
            let time = self.times.put(now);
            limiter.sent.push(&mut self.times, time);
        }
    }

    /// A place is given back by somebody who did not send.
    pub fn give_back(&mut self, limiter: u32) {
        if let Some(limiter) = self.limiters.get(limiter) {
            limiter.promised -= 1.0;
        }
    }

    /// Lets nobody go for so many milliseconds, [`LONGEST_PAUSE`] at most: the server asks for it.
    pub fn hold(&mut self, limiter: u32, wait: f64, now: f64) {
        if let Some(limiter) = self.limiters.get(limiter) {
            let until = now
                + if wait < LONGEST_PAUSE {
                    wait
                } else {
                    LONGEST_PAUSE
                };
            if until > limiter.held_until {
                limiter.held_until = until;
            }
        }
    }

    /// How long the server's pause lasts from now on, in milliseconds; 0 or less where there is none.
    pub fn held(&mut self, limiter: u32, now: f64) -> f64 {
        self.limiters
            .get(limiter)
            .map_or(0.0, |limiter| limiter.held_until - now)
    }

    /// Closes a limiter that a new one would do as well as: nothing is in its window, and the server
    /// asks for no pause. Says whether it did. Nobody may use it any more.
    pub fn close_idle(&mut self, at: u32, now: f64) -> bool {
        let Some(limiter) = self.limiters.get(at) else {
            return false;
        };
        limiter.forget(&mut self.times, now);
        let idle = limiter.sent.head == NONE && limiter.held_until <= now;
        if idle {
            self.limiters.give_back(at);
        }
        idle
    }
}

impl Limiter {
    /// Forgets the requests that are out of every window.
    fn forget(&mut self, times: &mut Pool<f64>, now: f64) {
        self.follow(times, now);
        while let Some(time) = times.get(self.sent.head) {
            if now - *time < self.longest {
                break;
            }
            let oldest = self.sent.take_first(times);
            times.give_back(oldest);
        }
    }

    /// Follows a clock that was put back: what was so long ago is so long ago still.
    fn follow(&mut self, times: &mut Pool<f64>, now: f64) {
        let back = self.now - now;
        if back > 0.0 {
            self.held_until -= back;
            let mut at = self.sent.head;
            while let Some(time) = times.get(at) {
                *time -= back;
                at = times.next(at);
            }
        }
        self.now = now;
    }

    /// How long until a place is free in a window of this limit, 0 or less where one is.
    fn wait(&self, times: &mut Pool<f64>, limit: Limit, now: f64) -> f64 {
        let mut before = self.promised + f64::from(self.sent.len);
        let mut at = self.sent.head;
        let mut wait = 0.0;
        while before >= limit.requests {
            // Where there are only promises, whoever holds one is about to send.
            let time = times.get(at).map_or(now, |time| *time);
            wait = limit.per_ms - (now - time);
            before -= 1.0;
            at = times.next(at);
        }
        wait
    }
}
