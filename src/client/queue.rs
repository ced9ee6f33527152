//! The rate limiters of this process, and the calls queued in them, in first-in, first-out order.
//!
//! [`Limiter`] decides when the next call may proceed. Each queued call has its own timer for that,
//! rather than one for all: in a Worker a timer ends with the request that set it, and a Tokio timer ends
//! with its runtime.

use std::future::Future;
use std::pin::Pin;
#[cfg(any(target_arch = "wasm32", not(test)))]
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use super::cause::Cause;
use super::exclusive::Exclusive;
use super::host::{self, Ringer, Signal, Timer};
use super::rate_limiter::Permit;
use crate::limiter::{LONGEST_LEASE, Limit, Limiter, Slot};

#[cfg(any(target_arch = "wasm32", not(test)))]
static QUEUES: Mutex<Queues> = Mutex::new(Queues::new());

/// `act` neither calls back nor wakes a task, so the lock is free. `None` only while a thread ends, in the
/// crate's own tests.
#[cfg(any(target_arch = "wasm32", not(test)))]
fn enter<T>(act: impl FnOnce(&mut Queues) -> T) -> Option<T> {
    let mut queues = QUEUES.lock().unwrap_or_else(PoisonError::into_inner);
    Some(act(&mut queues))
}

/// Each of the crate's own tests has its own clock, and therefore its own queues.
#[cfg(all(test, not(target_arch = "wasm32")))]
fn enter<T>(act: impl FnOnce(&mut Queues) -> T) -> Option<T> {
    thread_local! {
        static QUEUES: std::cell::RefCell<Queues> = const { std::cell::RefCell::new(Queues::new()) };
    }
    QUEUES
        .try_with(|queues| Some(act(&mut *queues.try_borrow_mut().ok()?)))
        .ok()
        .flatten()
}

struct Queues {
    /// Each queue with the key that its calls share, sorted by that key.
    queues: Vec<(String, Queue)>,
    /// The number of queues at which unused ones are closed.
    sweep_at: usize,
}

#[derive(Default)]
struct Queue {
    limiter: Limiter,
    /// In order of arrival.
    seats: Seats,
    /// The number of the first seat.
    first: u64,
    /// The number of the first seat that still waits. All seats before it have their result.
    next: u64,
}

#[cfg(any(not(test), target_arch = "wasm32"))]
type Seats = std::collections::VecDeque<Seat>;
/// Counts how many seats are visited.
#[cfg(all(test, not(target_arch = "wasm32")))]
type Seats = tests::Counted<Seat>;

/// A call's entry in a queue.
enum Seat {
    Waits(Waiting),
    /// The call has a result that it has not read yet: its slot, or the pause in milliseconds that the
    /// server requests, if that is longer than the call would wait.
    Told(Told),
    /// The call has left.
    Empty,
}

/// `None` only while a thread ends, when nothing is counted any more.
type Told = Result<Option<Slot>, f64>;

/// What a call needs.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) limit: Limit,
    /// The maximum duration of the attempt, in milliseconds; infinite for no limit.
    pub(super) lease: f64,
    /// The longest pause that the call would wait for, in milliseconds.
    pub(super) patience: f64,
}

impl Wish {
    fn take(&self, limiter: &mut Limiter) -> Result<Slot, f64> {
        let lease = if self.lease.is_finite() {
            self.lease
        } else {
            LONGEST_LEASE
        };
        limiter.take(self.limit, lease, host::now())
    }
}

struct Waiting {
    wish: Wish,
    /// Wakes the call; set once it waits.
    ringer: Option<Ringer>,
}

/// A slot under the rate limit. Dropping it before its request is sent releases it. If it is dropped
/// later, it counts for one more window.
#[must_use = "a slot is released when it is dropped"]
pub(super) struct Place {
    shared: String,
    slot: Option<Slot>,
    sent: bool,
    _permit: Option<Permit>,
}

impl Place {
    /// A slot of a custom rate limiter.
    pub(super) fn own(permit: Permit) -> Self {
        Self {
            shared: String::new(),
            slot: None,
            sent: false,
            _permit: Some(permit),
        }
    }

    /// The request is being sent: from now on it may arrive.
    pub(super) fn send(&mut self) {
        self.sent = true;
    }

    /// The attempt is aborted: the slot counts from now on, unless its request turns out to arrive later.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn give_up(&self) {
        self.answered();
    }

    fn answered(&self) {
        with(&self.shared, |queue| {
            if let Some(slot) = self.slot {
                queue.limiter.answered(slot, host::now());
            }
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.sent {
            return self.answered();
        }
        with(&self.shared, |queue| {
            if let Some(slot) = self.slot {
                queue.limiter.give_back(slot);
            }
        });
        // A queued call may have the slot now.
        pump(&self.shared);
    }
}

/// A call that waits for a slot. Dropping it leaves the queue.
pub(super) enum Waits {
    /// In the queue of a limiter that several calls share.
    Shared(Ticket),
    /// For a slot of a custom rate limiter.
    Own(Exclusive<Acquiring>),
}

type Acquiring = Pin<Box<dyn Future<Output = Result<Permit, Cause>> + Send>>;

/// Why a call has no slot.
pub(super) enum NoPlace {
    /// The server requests a pause of this many milliseconds, longer than the call would wait.
    Held(f64),
    /// The custom rate limiter failed.
    Failed(Cause),
}

impl Waits {
    pub(super) fn shared(shared: String, wish: Wish) -> Self {
        Self::Shared(Ticket::join(shared, wish))
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Place, NoPlace>> {
        match self {
            Self::Shared(ticket) => ticket.poll(context).map(|told| {
                let slot = told.map_err(NoPlace::Held)?;
                Ok(Place {
                    shared: ticket.shared.clone(),
                    slot,
                    sent: false,
                    _permit: None,
                })
            }),
            Self::Own(acquiring) => {
                let permit = acquiring.get_mut().as_mut().poll(context);
                permit.map(|it| it.map(Place::own).map_err(NoPlace::Failed))
            }
        }
    }
}

/// Pauses the limiter for this many milliseconds, because the server requests it. Calls that would not
/// wait that long leave the queue.
pub(super) fn hold(shared: &str, milliseconds: f64) {
    let ringers = with(shared, |queue| {
        queue.limiter.hold(milliseconds, host::now());
        let held = queue.limiter.held(host::now());
        queue.refuse(held)
    });
    ring(ringers);
    pump(shared);
}

/// The number of limiters.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) fn open() -> usize {
    enter(|queues| queues.queues.len()).unwrap_or_default()
}

/// `None` if there is no such queue.
fn with<T>(shared: &str, act: impl FnOnce(&mut Queue) -> T) -> Option<T> {
    let entered = enter(|queues| {
        let at = find(&queues.queues, shared).ok()?;
        Some(act(&mut queues.queues.get_mut(at)?.1))
    });
    entered.flatten()
}

/// The index of a queue, or the index at which to insert it.
fn find(queues: &[(String, Queue)], shared: &str) -> Result<usize, usize> {
    queues.binary_search_by(|(other, _)| other.as_str().cmp(shared))
}

/// Grants slots to the calls that may proceed now. Returns the milliseconds until the next may, if one waits.
fn pump(shared: &str) -> Option<f64> {
    let (ringers, wait) = with(shared, Queue::pump)?;
    ring(Some(ringers));
    wait
}

/// Call this without the lock: a call that is woken may use the queues.
fn ring(ringers: Option<Vec<Ringer>>) {
    ringers.into_iter().flatten().for_each(Ringer::ring);
}

impl Queues {
    const fn new() -> Self {
        Self {
            queues: Vec::new(),
            sweep_at: 64,
        }
    }

    /// The queue of the calls that share this key.
    fn open(&mut self, shared: &str) -> Option<&mut Queue> {
        if find(&self.queues, shared).is_err() && self.queues.len() >= self.sweep_at {
            // A server that creates clients for many keys must not keep all of their queues.
            let now = host::now();
            self.queues.retain_mut(|(_, queue)| !queue.is_idle(now));
            self.sweep_at = self.queues.len() * 2 + 64;
        }
        let at = find(&self.queues, shared).unwrap_or_else(|at| {
            self.queues
                .insert(at, (shared.to_owned(), Queue::default()));
            at
        });
        self.queues.get_mut(at).map(|(_, queue)| queue)
    }
}

impl Queue {
    fn is_idle(&mut self, now: f64) -> bool {
        self.seats.is_empty() && self.limiter.is_idle(now)
    }

    fn seat(&mut self, who: u64) -> Option<&mut Seat> {
        let at = who.checked_sub(self.first)?;
        self.seats.get_mut(usize::try_from(at).ok()?)
    }

    /// Adds a seat at the end and returns its number.
    fn join(&mut self, wish: Wish) -> u64 {
        let held = self.limiter.held(host::now());
        self.seats.push_back(if held > wish.patience {
            Seat::Told(Err(held))
        } else {
            Seat::Waits(Waiting { wish, ringer: None })
        });
        self.first + self.seats.len() as u64 - 1
    }

    /// Empties a seat and returns its content.
    fn leave(&mut self, who: u64) -> Seat {
        let left = self.seat(who).map(|it| std::mem::replace(it, Seat::Empty));
        while let Some(Seat::Empty) = self.seats.front() {
            self.seats.pop_front();
            self.first += 1;
        }
        self.next = self.next.max(self.first);
        left.unwrap_or(Seat::Empty)
    }

    fn pump(&mut self) -> (Vec<Ringer>, Option<f64>) {
        let mut ringers = Vec::new();
        loop {
            let at = self.next.saturating_sub(self.first) as usize;
            let Some(seat) = self.seats.get_mut(at) else {
                return (ringers, None);
            };
            if let Seat::Waits(waiting) = seat {
                match waiting.wish.take(&mut self.limiter) {
                    Err(wait) => return (ringers, Some(wait)),
                    Ok(slot) => {
                        ringers.extend(waiting.ringer.take());
                        *seat = Seat::Told(Ok(Some(slot)));
                    }
                }
            }
            self.next += 1;
        }
    }

    /// Rejects the calls that would not wait for a pause this long.
    fn refuse(&mut self, held: f64) -> Vec<Ringer> {
        let mut ringers = Vec::new();
        for seat in &mut self.seats {
            if let Seat::Waits(waiting) = seat
                && held > waiting.wish.patience
            {
                ringers.extend(waiting.ringer.take());
                *seat = Seat::Told(Err(held));
            }
        }
        ringers
    }
}

/// A queued call. Dropping it leaves the queue.
pub(super) struct Ticket {
    shared: String,
    /// The number of its seat.
    who: u64,
    /// Another call may grant this one its slot.
    signal: Option<Signal>,
    /// When to check again.
    alarm: Option<Timer>,
}

impl Ticket {
    fn join(shared: String, wish: Wish) -> Self {
        // Join immediately: a queue in which no call waits can be closed.
        let who = enter(|queues| queues.open(&shared).map(|queue| queue.join(wish)));
        Self {
            shared,
            who: who.flatten().unwrap_or_default(),
            signal: None,
            alarm: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Told> {
        loop {
            let wait = pump(&self.shared);
            if let Some(told) = self.told() {
                return Poll::Ready(told);
            }
            if let Some(signal) = &mut self.signal
                && signal.poll(context).is_ready()
            {
                // Another thread has just signaled it.
                continue;
            }
            let alarm = match (&mut self.alarm, wait) {
                (alarm @ None, Some(wait)) => alarm.insert(Timer::after(wait)),
                (Some(alarm), _) => alarm,
                (None, None) => return Poll::Pending,
            };
            if alarm.poll(context).is_pending() {
                return Poll::Pending;
            }
            self.alarm = None;
        }
    }

    /// The result, or `None` while the call has to wait.
    fn told(&mut self) -> Option<Told> {
        let who = self.who;
        let signal = &mut self.signal;
        let told = with(&self.shared, |queue| match queue.seat(who) {
            Some(Seat::Waits(waiting)) => {
                if waiting.ringer.is_none() {
                    let (new, ringer) = host::signal();
                    waiting.ringer = Some(ringer);
                    *signal = Some(new);
                }
                None
            }
            Some(seat) => {
                let told = match seat {
                    Seat::Told(told) => *told,
                    _ => Ok(None),
                };
                *seat = Seat::Empty;
                Some(told)
            }
            None => Some(Ok(None)),
        });
        told.unwrap_or(Some(Ok(None)))
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let left = with(&self.shared, |queue| {
            let left = queue.leave(self.who);
            if let Seat::Told(Ok(Some(slot))) = left {
                // It had a slot that it never read.
                queue.limiter.give_back(slot);
            }
            left
        });
        let ringer = match left {
            None | Some(Seat::Empty) => return,
            Some(Seat::Waits(waiting)) => waiting.ringer,
            Some(Seat::Told(_)) => None,
        };
        // A promise that never settles would keep its waiters in memory.
        ring(ringer.map(|it| vec![it]));
        // The next call may be the first one now.
        pump(&self.shared);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "queue_tests.rs"]
mod tests;
