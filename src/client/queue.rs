//! Waiting for a place: the rate limiters of this realm, and who waits in them.
//!
//! [`Limiters`] decides who goes. This wakes those who may, and has a timer only while one waits.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future;
use std::task::{Context, Poll, Waker};

use super::host::{self, Timer};
use crate::limiter::{Limit, Limiters, Turn};
use crate::pool::Pool;

thread_local! {
    static QUEUES: RefCell<Queues> = RefCell::new(Queues::new());
}

struct Queues {
    limiters: Limiters,
    /// The limiters' numbers, by what their callers share.
    numbers: HashMap<String, u32>,
    seats: Pool<Seat>,
    timers: HashMap<u32, Timer>,
    /// How many limiters there may be before those that are not in use are closed.
    sweep_at: usize,
}

/// What one who waits is told.
#[derive(Default)]
enum Seat {
    Waits(Waker),
    #[default]
    Goes,
    /// The server asks for a pause of so many milliseconds, longer than the call would wait.
    Refused(f64),
}

/// Waits for a place among those who share one limiter. Answers the server's pause, in milliseconds,
/// where that is longer than `patience`. Whoever stops waiting leaves the queue.
pub(super) async fn place(shared: &str, limit: Limit, patience: f64) -> Result<(), f64> {
    let mut ticket = None;
    future::poll_fn(|context| {
        let ticket =
            ticket.get_or_insert_with(|| Ticket::join(shared, limit, patience, context.waker()));
        ticket.poll(context)
    })
    .await
}

/// Lets nobody go for so many milliseconds, because the server asks for it.
pub(super) fn hold(shared: &str, milliseconds: f64) {
    let limiter = with(|queues| {
        let limiter = queues.limiter_of(shared);
        queues.limiters.hold(limiter, host::now() + milliseconds);
        limiter
    });
    if let Some(limiter) = limiter {
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

/// Lets go whoever may go now.
fn pump(limiter: u32) {
    let woken = with(|queues| queues.pump(limiter));
    // Only now, for whoever is woken may come in here again.
    for waker in woken.into_iter().flatten() {
        waker.wake();
    }
}

impl Queues {
    fn new() -> Self {
        Self {
            limiters: Limiters::new(),
            numbers: HashMap::new(),
            seats: Pool::new(),
            timers: HashMap::new(),
            sweep_at: 64,
        }
    }

    fn limiter_of(&mut self, shared: &str) -> u32 {
        if let Some(limiter) = self.numbers.get(shared) {
            return *limiter;
        }
        if self.numbers.len() >= self.sweep_at {
            // A server that makes clients for many keys must not keep them all.
            let now = host::now();
            let limiters = &mut self.limiters;
            self.numbers.retain(|_, it| !limiters.close_idle(*it, now));
            self.sweep_at = self.numbers.len() * 2 + 64;
        }
        let limiter = self.limiters.open();
        self.numbers.insert(shared.to_owned(), limiter);
        limiter
    }

    fn pump(&mut self, limiter: u32) -> Vec<Waker> {
        let mut woken = Vec::new();
        self.timers.remove(&limiter);
        loop {
            let now = host::now();
            let (who, seat) = match self.limiters.turn(limiter, now) {
                Turn::Go(who) => (who, Seat::Goes),
                Turn::Refused(who) => {
                    let held = self.limiters.held(limiter, now);
                    (who, Seat::Refused(held))
                }
                Turn::Wait(milliseconds) => {
                    let timer = Timer::after(milliseconds, move || pump(limiter));
                    self.timers.insert(limiter, timer);
                    return woken;
                }
                Turn::Idle => return woken,
            };
            let before = self.seats.get(who).map(|it| std::mem::replace(it, seat));
            if let Some(Seat::Waits(waker)) = before {
                woken.push(waker);
            }
        }
    }
}

/// One who waits; dropping it leaves the queue.
struct Ticket {
    limiter: u32,
    who: u32,
}

impl Ticket {
    fn join(shared: &str, limit: Limit, patience: f64, waker: &Waker) -> Self {
        let waker = waker.clone();
        let ticket = with(|queues| {
            let limiter = queues.limiter_of(shared);
            let who = queues.seats.put(Seat::Waits(waker));
            queues.limiters.join(limiter, who, limit, patience);
            Self { limiter, who }
        });
        let ticket = ticket.unwrap_or(Self {
            limiter: u32::MAX,
            who: u32::MAX,
        });
        pump(ticket.limiter);
        ticket
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Result<(), f64>> {
        let fresh = context.waker().clone();
        let polled = with(|queues| match queues.seats.get(self.who) {
            None | Some(Seat::Goes) => (Poll::Ready(Ok(())), None),
            Some(Seat::Refused(held)) => (Poll::Ready(Err(*held)), None),
            Some(Seat::Waits(waker)) => (Poll::Pending, Some(std::mem::replace(waker, fresh))),
        });
        // The old waker goes only now: dropping one may come in here again.
        polled.map_or(Poll::Ready(Ok(())), |(poll, _old)| poll)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let old = with(|queues| {
            queues.limiters.leave(self.limiter, self.who);
            let old = queues.seats.get(self.who);
            let old = old.map(|seat| std::mem::replace(seat, Seat::Goes));
            queues.seats.give_back(self.who);
            old
        });
        // Whoever was behind may be the first now.
        if let Some(Some(Seat::Waits(_))) = old {
            pump(self.limiter);
        }
    }
}
