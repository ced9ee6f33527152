//! The rate limiter: at most so many requests in any window of time, first come first served.
//!
//! It keeps the times of the requests in the window, and a queue of those that wait. It knows no
//! clock and no timer: the time comes in, and what comes out says who may go, or how long to wait.
//! All times are milliseconds of one clock that never goes back.

use crate::pool::{List, NONE, Pool};

/// At most `requests` in any window of `per_ms` milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// 1 or more.
    pub requests: f64,
    /// More than 0.
    pub per_ms: f64,
}

/// What the limiter says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// This one may go now; its place is taken.
    Go {
        /// Who.
        who: u32,
        /// Whether nobody else waits.
        last: bool,
    },
    /// This one was sent away: the server asked for a pause that is longer than its patience.
    Refused(u32),
    /// Nobody may go for so many milliseconds.
    Wait(f64),
    /// Nobody waits.
    Idle,
}

/// One who waits for a place, then the place that was taken.
#[derive(Clone, Copy, Debug)]
struct Place {
    who: u32,
    limit: Limit,
    /// The longest pause of the server's that is worth waiting for.
    patience: f64,
    /// When it was taken.
    time: f64,
}

/// What callers with the same key share.
#[derive(Clone, Copy, Debug)]
struct Limiter {
    taken: List,
    queue: List,
    /// The longest window that anybody asked for: older places are forgotten.
    longest: f64,
    /// Nobody goes before this time: the server said so.
    held_until: f64,
}

/// All limiters of a realm.
#[derive(Debug, Default)]
pub struct Limiters {
    limiters: Pool<Limiter>,
    places: Pool<Place>,
}

impl Limiters {
    /// Without limiters.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limiters: Pool::new(),
            places: Pool::new(),
        }
    }

    /// Makes a limiter and answers its number.
    pub fn open(&mut self) -> u32 {
        let (taken, queue) = (List::new(), List::new());
        self.limiters.put(Limiter {
            taken,
            queue,
            longest: 0.0,
            held_until: 0.0,
        })
    }

    /// Lets somebody join the queue. [`Limiters::turn`] says when it may go. Answers the number of
    /// its place.
    pub fn join(&mut self, limiter: u32, who: u32, limit: Limit, patience: f64) -> u32 {
        let Some(limiter) = self.limiters.get(limiter) else {
            return NONE;
        };
        let place = self.places.put(Place {
            who,
            limit,
            patience,
            time: 0.0,
        });
        limiter.queue.push(&mut self.places, place);
        place
    }

    /// A place is taken from the moment when its request is really on its way, which may be later
    /// than [`Turn::Go`]: else two requests could come closer to each other than their places.
    pub fn sent(&mut self, place: u32, now: f64) {
        if let Some(place) = self.places.get(place) {
            place.time = now;
        }
    }

    /// Says who goes next. To be asked again until it says [`Turn::Wait`] or [`Turn::Idle`].
    pub fn turn(&mut self, limiter: u32, now: f64) -> Turn {
        let Some(limiter) = self.limiters.get(limiter) else {
            return Turn::Idle;
        };
        let Some(first) = self.places.get(limiter.queue.head) else {
            return Turn::Idle;
        };
        let Place { who, limit, .. } = *first;
        let held = limiter.held_until - now;
        if held > 0.0
            && let Some(who) = limiter.take_out(&mut self.places, NONE, held)
        {
            return Turn::Refused(who);
        }
        if limit.per_ms > limiter.longest {
            limiter.longest = limit.per_ms;
        }
        limiter.forget(&mut self.places, now);
        let full = limiter.wait(&mut self.places, limit, now);
        let wait = if held > full { held } else { full };
        if wait > 0.0 {
            return Turn::Wait(wait);
        }
        let place = limiter.queue.take_after(&mut self.places, NONE);
        if let Some(place) = self.places.get(place) {
            place.time = now;
        }
        limiter.taken.push(&mut self.places, place);
        let last = limiter.queue.head == NONE;
        Turn::Go { who, last }
    }

    /// Takes somebody out of the queue who no longer wants a place.
    pub fn leave(&mut self, limiter: u32, who: u32) {
        let Some(limiter) = self.limiters.get(limiter) else {
            return;
        };
        limiter.take_out(&mut self.places, who, 0.0);
    }

    /// Lets nobody go before a time.
    pub fn hold(&mut self, limiter: u32, until: f64) {
        if let Some(limiter) = self.limiters.get(limiter)
            && until > limiter.held_until
        {
            limiter.held_until = until;
        }
    }

    /// How long the server's pause lasts from now on, 0 or less where there is none.
    pub fn held(&mut self, limiter: u32, now: f64) -> f64 {
        self.limiters
            .get(limiter)
            .map_or(0.0, |limiter| limiter.held_until - now)
    }

    /// Closes a limiter that a new one would do as well as: nobody waits, nothing is in its window.
    /// Says whether it did.
    pub fn close_idle(&mut self, at: u32, now: f64) -> bool {
        let Some(limiter) = self.limiters.get(at) else {
            return false;
        };
        limiter.forget(&mut self.places, now);
        let idle = limiter.queue.len == 0 && limiter.taken.len == 0 && limiter.held_until <= now;
        if idle {
            self.limiters.give_back(at);
        }
        idle
    }
}

impl Limiter {
    /// Gives back the places that are out of every window.
    fn forget(&mut self, places: &mut Pool<Place>, now: f64) {
        while let Some(place) = places.get(self.taken.head) {
            if now - place.time < self.longest {
                break;
            }
            let place = self.taken.take_after(places, NONE);
            places.give_back(place);
        }
    }

    /// Takes out of the queue the first who is `who`, or who has less patience than `held`.
    fn take_out(&mut self, places: &mut Pool<Place>, who: u32, held: f64) -> Option<u32> {
        let (mut before, mut at) = (NONE, self.queue.head);
        while let Some(place) = places.get(at) {
            let found = place.who;
            if found == who || held > place.patience {
                self.queue.take_after(places, before);
                places.give_back(at);
                return Some(found);
            }
            before = at;
            at = List::after(places, at);
        }
        None
    }

    /// How long until a place is free in a window of this limit, 0 where one is.
    fn wait(&self, places: &mut Pool<Place>, limit: Limit, now: f64) -> f64 {
        let mut taken = f64::from(self.taken.len);
        let mut at = self.taken.head;
        while let Some(place) = places.get(at) {
            if taken < limit.requests {
                break;
            }
            let wait = limit.per_ms - (now - place.time);
            if wait > 0.0 && taken - limit.requests < 1.0 {
                return wait;
            }
            taken -= 1.0;
            at = List::after(places, at);
        }
        0.0
    }
}
