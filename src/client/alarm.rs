//! Waiting for a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::host::Timer;

/// Rings once, after so many milliseconds, for whoever polled it last.
pub(super) struct Alarm {
    bell: Rc<Bell>,
    _timer: Timer,
}

#[derive(Default)]
struct Bell {
    rung: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Alarm {
    pub(super) fn set(milliseconds: f64) -> Self {
        let bell = Rc::new(Bell::default());
        let rope = Rc::clone(&bell);
        let timer = Timer::after(milliseconds, move || {
            rope.rung.set(true);
            if let Some(waker) = rope.waker.take() {
                waker.wake();
            }
        });
        Self {
            bell,
            _timer: timer,
        }
    }

    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<()> {
        if self.bell.rung.get() {
            return Poll::Ready(());
        }
        self.bell.waker.replace(Some(context.waker().clone()));
        Poll::Pending
    }
}
