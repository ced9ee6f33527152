//! Waiting for a place: the rate limiters of this realm, and who waits in them, first come, first
//! served.
//!
//! [`Limiters`] says when the next may go. Whoever waits has a timer of its own for that, rather than
//! one for all: in a Worker a timer ends with the request that set it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::future;
use std::task::{Context, Poll};

use super::alarm::Alarm;
use super::host::{self, Ringer, Signal};
use crate::limiter::{Limit, Limiters};

thread_local! {
    static QUEUES: RefCell<Queues> = RefCell::new(Queues::new());
}

#[derive(Default)]
struct Queues {
    limiters: Limiters,
    /// By what their callers share.
    queues: HashMap<String, Queue>,
    /// The number of whoever comes next.
    next: u64,
    /// How many queues there may be before those that are not in use are closed.
    sweep_at: usize,
}

struct Queue {
    limiter: u32,
    /// By their numbers, so in the order in which they came.
    waiting: BTreeMap<u64, Waiting>,
    /// Who no longer waits, and has not heard it yet: they have their place, or the server asks for a
    /// pause of so many milliseconds, longer than they would wait.
    told: HashMap<u64, Result<(), f64>>,
}

struct Waiting {
    limit: Limit,
    /// The longest pause that it would wait for, in milliseconds.
    patience: f64,
    /// What to wake it by, once it really waits.
    ringer: Option<Ringer>,
}

/// A place under the rate limit. Whoever drops it unused gives it back.
#[must_use = "a place that is not used is given back"]
pub(super) struct Place {
    shared: String,
    used: bool,
}

impl Place {
    /// The request is on its way: from now on the place is taken.
    pub(super) fn sent(mut self) {
        self.used = true;
        with(&self.shared, |limiters, queue| {
            limiters.sent(queue.limiter, host::now());
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.used {
            with(&self.shared, |limiters, queue| {
                limiters.give_back(queue.limiter)
            });
            // Whoever waits may be the one to have it now.
            pump(&self.shared);
        }
    }
}

/// Waits for a place among those who share one limiter. Or it answers the server's pause, in
/// milliseconds, where that is longer than `patience`. Whoever stops waiting leaves the queue.
pub(super) async fn place(shared: &str, limit: Limit, patience: f64) -> Result<Place, f64> {
    let mut ticket = Ticket::join(shared, limit, patience);
    future::poll_fn(|context| ticket.poll(context)).await?;
    Ok(Place {
        shared: shared.to_owned(),
        used: false,
    })
}

/// Lets nobody go for so many milliseconds, because the server asks for it. Some may not want to wait
/// that long.
pub(super) fn hold(shared: &str, milliseconds: f64) {
    let ringers = with(shared, |limiters, queue| {
        limiters.hold(queue.limiter, milliseconds, host::now());
        let held = limiters.held(queue.limiter, host::now());
        queue.refuse(held)
    });
    ring(ringers);
    pump(shared);
}

/// How many limiters there are.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) fn open() -> usize {
    QUEUES.with_borrow(|queues| queues.queues.len())
}

/// Nothing in `act` calls back, so the queues are free. `None` only when the thread is at its end.
fn with<T>(shared: &str, act: impl FnOnce(&mut Limiters, &mut Queue) -> T) -> Option<T> {
    let entered = QUEUES.try_with(|queues| {
        let mut queues = queues.try_borrow_mut().ok()?;
        let queues = &mut *queues;
        let queue = queues.queues.get_mut(shared)?;
        Some(act(&mut queues.limiters, queue))
    });
    entered.ok().flatten()
}

/// Lets go whoever may go now. Answers after how many milliseconds the next may, where one waits.
fn pump(shared: &str) -> Option<f64> {
    let (ringers, wait) = with(shared, |limiters, queue| queue.pump(limiters))?;
    ring(Some(ringers));
    wait
}

/// Only when the queues are free again, for whoever is told may come in here.
fn ring(ringers: Option<Vec<Ringer>>) {
    ringers.into_iter().flatten().for_each(Ringer::ring);
}

impl Queues {
    fn new() -> Self {
        Self {
            sweep_at: 64,
            ..Self::default()
        }
    }

    fn queue_of(&mut self, shared: &str) -> &mut Queue {
        if self.queues.len() >= self.sweep_at && !self.queues.contains_key(shared) {
            // A server that makes clients for many keys must not keep them all.
            let now = host::now();
            let limiters = &mut self.limiters;
            self.queues.retain(|_, it| !it.close_idle(limiters, now));
            self.sweep_at = self.queues.len() * 2 + 64;
        }
        let limiters = &mut self.limiters;
        self.queues
            .entry(shared.to_owned())
            .or_insert_with(|| Queue {
                limiter: limiters.open(),
                waiting: BTreeMap::new(),
                told: HashMap::new(),
            })
    }
}

impl Queue {
    fn close_idle(&self, limiters: &mut Limiters, now: f64) -> bool {
        self.waiting.is_empty() && self.told.is_empty() && limiters.close_idle(self.limiter, now)
    }

    fn pump(&mut self, limiters: &mut Limiters) -> (Vec<Ringer>, Option<f64>) {
        let mut ringers = Vec::new();
        while let Some(first) = self.waiting.first_entry() {
            let wait = limiters.take(self.limiter, first.get().limit, host::now());
            if wait > 0.0 {
                return (ringers, Some(wait));
            }
            let (who, waiting) = first.remove_entry();
            self.told.insert(who, Ok(()));
            ringers.extend(waiting.ringer);
        }
        (ringers, None)
    }

    /// Sends away those who would not wait for so long a pause.
    fn refuse(&mut self, held: f64) -> Vec<Ringer> {
        let told = &mut self.told;
        let mut ringers = Vec::new();
        self.waiting.retain(|who, waiting| {
            let patient = held <= waiting.patience;
            if !patient {
                told.insert(*who, Err(held));
                ringers.extend(waiting.ringer.take());
            }
            patient
        });
        ringers
    }
}

/// One who waits; dropping it leaves the queue.
struct Ticket {
    shared: String,
    who: u64,
    /// Somebody else may be the one to see that it may go.
    signal: Option<Signal>,
    /// When to see for itself.
    alarm: Option<Alarm>,
}

impl Ticket {
    fn join(shared: &str, limit: Limit, patience: f64) -> Self {
        let joined = QUEUES.try_with(|queues| {
            let mut queues = queues.try_borrow_mut().ok()?;
            queues.next += 1;
            let who = queues.next;
            let limiter = queues.queue_of(shared).limiter;
            let held = queues.limiters.held(limiter, host::now());
            let queue = queues.queue_of(shared);
            if held > patience {
                queue.told.insert(who, Err(held));
            } else {
                let waiting = Waiting {
                    limit,
                    patience,
                    ringer: None,
                };
                queue.waiting.insert(who, waiting);
            }
            Some(who)
        });
        Self {
            shared: shared.to_owned(),
            who: joined.ok().flatten().unwrap_or_default(),
            signal: None,
            alarm: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), f64>> {
        loop {
            let wait = pump(&self.shared);
            if let Some(told) = self.told() {
                return Poll::Ready(told);
            }
            if let Some(signal) = &mut self.signal {
                // It is not rung yet, for it would have been told; this is to be woken when it is.
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
        let who = self.who;
        let signal = &mut self.signal;
        let told = with(&self.shared, |_, queue| match queue.waiting.get_mut(&who) {
            None => Some(queue.told.remove(&who).unwrap_or(Ok(()))),
            Some(waiting) => {
                if waiting.ringer.is_none() {
                    let (new, ringer) = host::signal();
                    waiting.ringer = Some(ringer);
                    *signal = Some(new);
                }
                None
            }
        });
        told.unwrap_or(Some(Ok(())))
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let left = with(&self.shared, |limiters, queue| {
            let waiting = queue.waiting.remove(&self.who);
            let told = queue.told.remove(&self.who);
            if told == Some(Ok(())) {
                // It had its place, and never heard of it.
                limiters.give_back(queue.limiter);
            }
            (
                waiting.is_some() || told.is_some(),
                waiting.and_then(|it| it.ringer),
            )
        });
        if let Some((true, ringer)) = left {
            // A promise that never settles would keep what waits for it.
            ring(ringer.map(|it| vec![it]));
            // Whoever was behind may be the first now.
            pump(&self.shared);
        }
    }
}
