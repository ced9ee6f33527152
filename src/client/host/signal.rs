//! One word from one who has it to one who waits for it.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
enum Line {
    #[default]
    Quiet,
    Waits(Waker),
    Rung,
}

/// Waits.
pub(crate) struct Signal(Rc<RefCell<Line>>);

/// Ends the wait.
pub(crate) struct Ringer(Rc<RefCell<Line>>);

/// A wait and its end.
pub(crate) fn signal() -> (Signal, Ringer) {
    let line = Rc::new(RefCell::default());
    (Signal(Rc::clone(&line)), Ringer(line))
}

impl Signal {
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if matches!(*self.0.borrow(), Line::Rung) {
            return Poll::Ready(());
        }
        let line = Line::Waits(context.waker().clone());
        self.0.replace(line);
        Poll::Pending
    }
}

impl Ringer {
    pub(crate) fn ring(self) {
        if let Line::Waits(waker) = self.0.replace(Line::Rung) {
            waker.wake();
        }
    }
}
