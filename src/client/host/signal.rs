//! A one-shot signal from one task to another.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
enum Line {
    #[default]
    Quiet,
    Waits(Waker),
    Rung,
}

/// Waits for the signal.
pub(crate) struct Signal(Arc<Mutex<Line>>);

/// Sends the signal.
pub(crate) struct Ringer(Arc<Mutex<Line>>);

/// Creates a signal and its sender.
pub(crate) fn signal() -> (Signal, Ringer) {
    let line = Arc::<Mutex<Line>>::default();
    (Signal(Arc::clone(&line)), Ringer(line))
}

impl Signal {
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*line, Line::Rung) {
            return Poll::Ready(());
        }
        *line = Line::Waits(context.waker().clone());
        Poll::Pending
    }
}

impl Ringer {
    pub(crate) fn ring(self) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *line, Line::Rung);
        // Not while the lock is held: a waker runs code of the runtime.
        drop(line);
        if let Line::Waits(waker) = before {
            waker.wake();
        }
    }
}
