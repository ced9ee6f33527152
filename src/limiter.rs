//! The rate limiter: limits the requests in any window of time, as the API counts them.
//!
//! A request can arrive at the API at any time between its sending and its response. So a slot is in flight
//! from its grant until the response headers are received, and counts in every window; from then on it
//! counts for one window. If no response is ever received (a runtime ended the request's context), the
//! slot's lease ends instead.
//!
//! The limiter decides when the next request may be sent. The caller decides which of the queued requests
//! that is. The limiter has no clock and no timer: the time is an argument. All times are milliseconds of one
//! clock. If that clock is set back (a test that fakes it, a machine that slept), the limiter shifts its
//! times.
//!
//! The npm package implements the same rules in `pkg-template/limiter.ts`: in a script they take 250 bytes
//! (brotli), in the module 730. `tests/support/windows.json` tests both implementations.

/// At most `requests` in any window of `per_ms` milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// 1 or more.
    pub requests: u32,
    /// More than 0.
    pub per_ms: f64,
}

/// The longest pause that a server can request, in milliseconds: an hour. A wrong header must not block a
/// key forever.
pub const LONGEST_PAUSE: f64 = 3_600_000.0;

/// The lease of a slot whose attempt has no limit, in milliseconds: five minutes.
pub const LONGEST_LEASE: f64 = 300_000.0;

/// A request's slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u64);

/// The state that callers with the same key and base URL share.
#[derive(Clone, Debug, Default)]
pub struct Limiter {
    /// The slots that count for one window, each with the start of that window, oldest first.
    answered: Vec<(Slot, f64)>,
    /// The slots in flight, in the order of their numbers, and when their leases end.
    in_flight: Vec<(Slot, f64)>,
    /// No lease ends before this time.
    lease_end: f64,
    /// The number of the last slot.
    last: u64,
    /// The longest window of all callers: older slots are forgotten.
    longest: f64,
    /// No request is sent before this time, because the server requested a pause.
    held_until: f64,
    /// The latest time seen.
    now: f64,
}

impl Limiter {
    /// Acquires a slot.
    ///
    /// Its owner calls [`Limiter::answered`] when the request can no longer arrive, or
    /// [releases](Limiter::give_back) the slot if the request was never sent. After `lease` milliseconds, the slot
    /// counts as answered.
    ///
    /// # Errors
    /// If no slot is free: the milliseconds after which to try again.
    pub fn take(&mut self, limit: Limit, lease: f64, now: f64) -> Result<Slot, f64> {
        self.longest = self.longest.max(limit.per_ms);
        let wait = self.held(now).max(self.full(limit, now));
        if wait > 0.0 {
            return Err(wait);
        }
        self.last += 1;
        let (slot, end) = (Slot(self.last), now + lease);
        if self.in_flight.is_empty() || end < self.lease_end {
            self.lease_end = end;
        }
        self.in_flight.push((slot, end));
        Ok(slot)
    }

    /// The response headers were received, or the attempt ended without them: the slot counts for one window
    /// from now on. Can be called again for the same slot, if its request may have arrived later.
    pub fn answered(&mut self, slot: Slot, now: f64) {
        self.forget_old(now);
        self.give_back(slot);
        self.answered.push((slot, now));
    }

    /// A slot is free again: its request was never sent.
    pub fn give_back(&mut self, slot: Slot) {
        match self.in_flight.binary_search_by_key(&slot, |(it, _)| *it) {
            Ok(at) => drop(self.in_flight.remove(at)),
            Err(_) => self.answered.retain(|(other, _)| *other != slot),
        }
    }

    /// Grants no slot for this many milliseconds, [`LONGEST_PAUSE`] at most, because the server requests it.
    pub fn hold(&mut self, wait: f64, now: f64) {
        self.forget_old(now);
        self.held_until = self.held_until.max(now + wait.min(LONGEST_PAUSE));
    }

    /// How long the server's pause lasts from now on, in milliseconds; 0 or less if there is no pause.
    pub fn held(&mut self, now: f64) -> f64 {
        self.forget_old(now);
        self.held_until - now
    }

    /// Whether it is in its initial state: no slot counts, and there is no pause.
    pub fn is_idle(&mut self, now: f64) -> bool {
        self.held(now) <= 0.0 && self.answered.is_empty() && self.in_flight.is_empty()
    }

    /// Removes the slots that are outside of every window.
    fn forget_old(&mut self, now: f64) {
        let back = self.now - now;
        if back > 0.0 {
            // The age of each slot stays the same.
            self.held_until -= back;
            self.lease_end -= back;
            let slots = self.answered.iter_mut().chain(&mut self.in_flight);
            slots.for_each(|(_, time)| *time -= back);
        }
        self.now = now;
        if now >= self.lease_end {
            self.end_leases(now);
        }
        let longest = self.longest;
        let is_old = |(_, time): &&(Slot, f64)| now - time >= longest;
        let old = self.answered.iter().take_while(is_old).count();
        self.answered.drain(..old);
    }

    /// Slots whose leases have ended count as answered at that time.
    fn end_leases(&mut self, now: f64) {
        let answered = &mut self.answered;
        let mut next = f64::INFINITY;
        self.in_flight.retain(|(slot, end)| {
            let lasts = *end > now;
            if lasts {
                next = next.min(*end);
            } else {
                let before = answered.iter().rposition(|(_, time)| time <= end);
                answered.insert(before.map_or(0, |at| at + 1), (*slot, *end));
            }
            lasts
        });
        self.lease_end = next;
    }

    /// The time until a slot is free in a window of this limit; 0 or less if one is free.
    fn full(&self, limit: Limit, now: f64) -> f64 {
        let before = self.answered.len() + self.in_flight.len();
        let Some(first) = before.checked_sub(limit.requests as usize) else {
            return 0.0;
        };
        // If all are in flight, the earliest response is now.
        let time = self.answered.get(first).map_or(now, |(_, time)| *time);
        limit.per_ms - (now - time)
    }
}
