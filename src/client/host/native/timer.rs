//! Timers.

use std::task::{Context, Poll};
use std::time::Duration;

use super::thread;

/// Completes after this many milliseconds. Dropping it clears the timer.
#[must_use = "a timer that is dropped never ends"]
pub(crate) enum Timer {
    #[cfg(feature = "native")]
    Tokio(std::pin::Pin<Box<tokio::time::Sleep>>),
    Thread(thread::Timer),
}

/// Longer timers complete early. The caller checks the clock and waits again.
const LONGEST: f64 = 2_147_483_647.0;

impl Timer {
    pub(crate) fn after(milliseconds: f64) -> Self {
        // Rounded up: a timer that completes too early would only be set again.
        let milliseconds = milliseconds.clamp(0.0, LONGEST).ceil();
        let duration = Duration::from_millis(milliseconds as u64);
        #[cfg(feature = "native")]
        if let Some(sleep) = tokio_sleep(duration) {
            return Self::Tokio(Box::pin(sleep));
        }
        Self::Thread(thread::Timer::after(duration))
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self {
            #[cfg(feature = "native")]
            Self::Tokio(sleep) => std::future::Future::poll(sleep.as_mut(), context),
            Self::Thread(timer) => timer.poll(context),
        }
    }
}

/// `None` outside of a Tokio runtime, and in one that was built without timers.
#[cfg(feature = "native")]
fn tokio_sleep(duration: Duration) -> Option<tokio::time::Sleep> {
    tokio::runtime::Handle::try_current().ok()?;
    std::panic::catch_unwind(|| tokio::time::sleep(duration)).ok()
}
