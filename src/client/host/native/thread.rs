//! Timers for programs without a runtime: one thread for all of them, started by the first.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// The time at which it ends, and its number.
type Key = (Instant, u64);

#[derive(Default)]
struct Clock {
    timers: Mutex<Timers>,
    changed: Condvar,
}

#[derive(Default)]
struct Timers {
    set: BTreeMap<Key, Arc<Bell>>,
    last: u64,
}

#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

/// Completes after its delay. Dropping it cancels it.
pub(crate) struct Timer {
    key: Key,
    bell: Arc<Bell>,
}

impl Timer {
    pub(crate) fn after(duration: Duration) -> Self {
        let bell = Arc::new(Bell::default());
        let clock = clock();
        let mut timers = lock(&clock.timers);
        timers.last += 1;
        let key = (Instant::now() + duration, timers.last);
        timers.set.insert(key, Arc::clone(&bell));
        drop(timers);
        clock.changed.notify_one();
        Self { key, bell }
    }

    pub(crate) fn poll(&self, context: &Context<'_>) -> Poll<()> {
        // Before the look: what rings in between wakes it.
        *lock(&self.bell.waker) = Some(context.waker().clone());
        if self.bell.rung.load(Ordering::Acquire) {
            return Poll::Ready(());
        }
        if !is_running() {
            // No thread could be started: it looks at the clock itself.
            if Instant::now() >= self.key.0 {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        lock(&clock().timers).set.remove(&self.key);
    }
}

impl Bell {
    fn ring(&self) {
        self.rung.store(true, Ordering::Release);
        let waker = lock(&self.waker).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Clock {
    /// Fires due timers, forever.
    fn run(&self) {
        let mut timers = lock(&self.timers);
        loop {
            let now = Instant::now();
            let Some((next, _)) = timers.set.first_key_value().map(|(key, _)| *key) else {
                timers = self
                    .changed
                    .wait(timers)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            if next > now {
                let waited = self.changed.wait_timeout(timers, next - now);
                timers = waited.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let due = timers.set.pop_first();
            // Whatever is woken may set a timer at once.
            drop(timers);
            if let Some((_, bell)) = due {
                bell.ring();
            }
            timers = lock(&self.timers);
        }
    }
}

fn clock() -> &'static Clock {
    static CLOCK: OnceLock<Clock> = OnceLock::new();
    CLOCK.get_or_init(Clock::default)
}

/// Whether the thread is running. The first call starts it.
fn is_running() -> bool {
    static RUNNING: OnceLock<bool> = OnceLock::new();
    *RUNNING.get_or_init(|| {
        let thread = std::thread::Builder::new().name("centerfy-timers".into());
        thread.spawn(|| clock().run()).is_ok()
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
