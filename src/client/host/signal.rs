//! One word from one that has it to one that waits for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
enum Line {
    #[default]
    Quiet,
    Waits(Waker),
    Rung,
}

/// Waits.
pub(crate) struct Signal(Arc<Mutex<Line>>);

/// Ends the wait.
pub(crate) struct Ringer(Arc<Mutex<Line>>);

/// A wait and its end.
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
        // Not while the line is locked: a waker runs code of the runtime.
        drop(line);
        if let Line::Waits(waker) = before {
            waker.wake();
        }
    }
}
