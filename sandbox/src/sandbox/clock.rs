//! The time of a sandbox.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

/// Tokio's time, or a fixed time. Both can be advanced.
#[derive(Debug)]
pub(crate) struct Clock {
    start_ms: u64,
    /// When the clock was created; `None` for a fixed time.
    created: Option<Instant>,
    state: watch::Sender<State>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    advanced_ms: u64,
    /// The number of resets.
    generation: u64,
}

/// The clock was reset while a wait was pending.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WasReset;

impl Clock {
    /// A clock with a fixed time, or with the current time.
    pub(crate) fn new(fixed: Option<SystemTime>) -> Self {
        let since_1970 = fixed
            .unwrap_or_else(SystemTime::now)
            .duration_since(UNIX_EPOCH);
        Self {
            start_ms: since_1970.map_or(0, milliseconds),
            created: fixed.is_none().then(Instant::now),
            state: watch::Sender::new(State::default()),
        }
    }

    /// The current time, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> u64 {
        let elapsed = self.created.map(|created| created.elapsed());
        self.start_ms
            .saturating_add(elapsed.map_or(0, milliseconds))
            .saturating_add(self.state.borrow().advanced_ms)
    }

    /// The number of resets.
    pub(crate) fn generation(&self) -> u64 {
        self.state.borrow().generation
    }

    /// Advances the time.
    pub(crate) fn advance(&self, time: Duration) {
        self.state.send_modify(|state| {
            state.advanced_ms = state.advanced_ms.saturating_add(milliseconds(time));
        });
    }

    /// Restores the initial time of a fixed clock, and ends all waits.
    pub(crate) fn reset(&self) {
        self.state.send_modify(|state| {
            state.advanced_ms = 0;
            state.generation += 1;
        });
    }

    /// Waits until a time, or until the clock of that generation is reset.
    pub(crate) async fn wait_until(&self, until_ms: u64, generation: u64) -> Result<(), WasReset> {
        let mut changes = self.state.subscribe();
        loop {
            if changes.borrow_and_update().generation != generation {
                return Err(WasReset);
            }
            let left_ms = until_ms.saturating_sub(self.now_ms());
            if left_ms == 0 {
                return Ok(());
            }
            // A wait without an end, and one of a fixed clock, needs no timer and no runtime.
            if self.created.is_none() || until_ms == u64::MAX {
                let _ = changes.changed().await;
            } else {
                let slept = sleep(Duration::from_millis(left_ms));
                first(slept, changes.changed()).await;
            }
        }
    }

    /// Waits until the clock of that generation is reset.
    pub(crate) async fn wait_for_reset(&self, generation: u64) -> WasReset {
        match self.wait_until(u64::MAX, generation).await {
            Ok(()) | Err(WasReset) => WasReset,
        }
    }
}

/// Waits until one of two futures completes.
async fn first(one: impl Future, other: impl Future) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        if one.as_mut().poll(context).is_ready() || other.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        Poll::Pending
    })
    .await;
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
