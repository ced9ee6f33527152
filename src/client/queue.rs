//! Waiting for a place: the rate limiters of this realm, and who waits in them.
//!
//! [`Limiters`] decides who goes. Whoever waits has a timer of its own for when the next place is
//! free, rather than one for all: in a Worker a timer ends with the request that set it.

use std::cell::RefCell;
use std::future;
use std::task::{Context, Poll};

use super::alarm::Alarm;
use super::host::{self, Ringer, Signal};
use crate::limiter::{Limit, Limiters, Turn};
use crate::pool::{NONE, Pool};

thread_local! {
    static QUEUES: RefCell<Queues> = RefCell::new(Queues::new());
}

struct Queues {
    limiters: Limiters,
    /// What their callers share, and the limiters' numbers: sorted.
    numbers: Vec<(String, u32)>,
    seats: Pool<Seat>,
    /// How many limiters there may be before those that are not in use are closed.
    sweep_at: usize,
}

/// What one who waits is told.
#[derive(Default)]
enum Seat {
    /// With what to tell it by, once it really waits.
    Waits(Option<Ringer>),
    #[default]
    Goes,
    /// The server asks for a pause of so many milliseconds, longer than the call would wait.
    Refused(f64),
}

/// Waits for a place among those who share one limiter, and answers its number: see [`sent`]. Or it
/// answers the server's pause, in milliseconds, where that is longer than `patience`. Whoever stops
/// waiting leaves the queue.
pub(super) async fn place(shared: &str, limit: Limit, patience: f64) -> Result<u32, f64> {
    let mut ticket = Ticket::join(shared, limit, patience);
    future::poll_fn(|context| ticket.poll(context)).await?;
    Ok(ticket.place)
}

/// The request that has this place is on its way: from now on the place is taken.
pub(super) fn sent(place: u32) {
    with(|queues| queues.limiters.sent(place, host::now()));
}

/// Lets nobody go for so many milliseconds, because the server asks for it.
pub(super) fn hold(shared: &str, milliseconds: f64) {
    let limiter = with(|queues| {
        let limiter = queues.limiter_of(shared);
        queues.limiters.hold(limiter, host::now() + milliseconds);
        limiter
    });
    if let Some(limiter) = limiter {
        // Some may not want to wait that long.
        pump(limiter);
    }
}

/// How many limiters there are.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) fn open() -> usize {
    with(|queues| queues.numbers.len()).unwrap_or_default()
}

/// Nothing in `act` calls back, so the queues are free. `None` only when the thread is at its end.
fn with<T>(act: impl FnOnce(&mut Queues) -> T) -> Option<T> {
    let entered = QUEUES.try_with(|queues| queues.try_borrow_mut().ok().map(|mut it| act(&mut it)));
    entered.ok().flatten()
}

/// Lets go whoever may go now. Answers after how many milliseconds the next may, where one waits.
fn pump(limiter: u32) -> Option<f64> {
    let (ringers, wait) = with(|queues| queues.pump(limiter))?;
    // Only now, for whoever is told may come in here again.
    ringers.into_iter().for_each(Ringer::ring);
    wait
}

impl Queues {
    fn new() -> Self {
        Self {
            limiters: Limiters::new(),
            numbers: Vec::new(),
            seats: Pool::new(),
            sweep_at: 64,
        }
    }

    fn limiter_of(&mut self, shared: &str) -> u32 {
        let by_shared = |(other, _): &(String, u32)| other.as_str().cmp(shared);
        if let Ok(at) = self.numbers.binary_search_by(by_shared)
            && let Some((_, limiter)) = self.numbers.get(at)
        {
            return *limiter;
        }
        if self.numbers.len() >= self.sweep_at {
            // A server that makes clients for many keys must not keep them all.
            let now = host::now();
            let limiters = &mut self.limiters;
            self.numbers
                .retain(|(_, limiter)| !limiters.close_idle(*limiter, now));
            self.sweep_at = self.numbers.len() * 2 + 64;
        }
        let limiter = self.limiters.open();
        let at = self.numbers.partition_point(|it| by_shared(it).is_lt());
        self.numbers.insert(at, (shared.to_owned(), limiter));
        limiter
    }

    fn pump(&mut self, limiter: u32) -> (Vec<Ringer>, Option<f64>) {
        let mut ringers = Vec::new();
        loop {
            let now = host::now();
            let (who, seat) = match self.limiters.turn(limiter, now) {
                Turn::Go { who, .. } => (who, Seat::Goes),
                Turn::Refused(who) => {
                    let held = self.limiters.held(limiter, now);
                    (who, Seat::Refused(held))
                }
                Turn::Wait(milliseconds) => return (ringers, Some(milliseconds)),
                Turn::Idle => return (ringers, None),
            };
            let before = self.seats.get(who).map(|it| std::mem::replace(it, seat));
            if let Some(Seat::Waits(ringer)) = before {
                ringers.extend(ringer);
            }
        }
    }
}

/// One who waits; dropping it leaves the queue.
struct Ticket {
    limiter: u32,
    who: u32,
    place: u32,
    /// Somebody else may be the one to see that it may go.
    signal: Option<Signal>,
    /// When to see for itself.
    alarm: Option<Alarm>,
}

impl Ticket {
    fn join(shared: &str, limit: Limit, patience: f64) -> Self {
        let joined = with(|queues| {
            let limiter = queues.limiter_of(shared);
            let who = queues.seats.put(Seat::Waits(None));
            let place = queues.limiters.join(limiter, who, limit, patience);
            (limiter, who, place)
        });
        let (limiter, who, place) = joined.unwrap_or((NONE, NONE, NONE));
        Self {
            limiter,
            who,
            place,
            signal: None,
            alarm: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), f64>> {
        loop {
            let wait = pump(self.limiter);
            if let Some(told) = self.told() {
                return Poll::Ready(told);
            }
            if let Some(signal) = &mut self.signal {
                // It is not rung yet, for the seat would say so; this is to be woken when it is.
                let _ = signal.poll(context);
            }
            let alarm = match (&self.alarm, wait) {
                (None, Some(wait)) => self.alarm.insert(Alarm::set(wait)),
                (Some(alarm), _) => alarm,
                (None, None) => return Poll::Pending,
            };
            if alarm.poll(context).is_pending() {
                return Poll::Pending;
            }
            self.alarm = None;
        }
    }

    /// What it is told; `None` while it has to wait.
    fn told(&mut self) -> Option<Result<(), f64>> {
        let told = with(|queues| match queues.seats.get(self.who) {
            None | Some(Seat::Goes) => Some(Ok(())),
            Some(Seat::Refused(held)) => Some(Err(*held)),
            Some(Seat::Waits(ringer)) => {
                if ringer.is_none() {
                    let (signal, new) = host::signal();
                    *ringer = Some(new);
                    self.signal = Some(signal);
                }
                None
            }
        });
        told.unwrap_or(Some(Ok(())))
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let before = with(|queues| {
            queues.limiters.leave(self.limiter, self.who);
            let seat = queues.seats.get(self.who);
            let before = seat.map(std::mem::take);
            queues.seats.give_back(self.who);
            before
        });
        if let Some(Some(Seat::Waits(ringer))) = before {
            // A promise that never settles would keep what waits for it.
            if let Some(ringer) = ringer {
                ringer.ring();
            }
            // Whoever was behind may be the first now.
            pump(self.limiter);
        }
    }
}
