//! A timer that clears itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Node.js returns an object, other runtimes a number.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(ring: &Closure<dyn FnMut()>, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Longer timers fire immediately. To wait longer, the caller checks the clock and waits again.
const LONGEST: f64 = 2_147_483_647.0;

/// Completes after this many milliseconds. Dropping it clears the timer.
#[must_use = "a timer that is dropped never ends"]
pub(crate) struct Timer(SendWrapper<Set>);

struct Set {
    id: JsValue,
    bell: Rc<Bell>,
    _ring: Closure<dyn FnMut()>,
}

#[derive(Default)]
struct Bell {
    rung: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Timer {
    pub(crate) fn after(milliseconds: f64) -> Self {
        let bell = Rc::new(Bell::default());
        let rope = Rc::clone(&bell);
        let ring = Closure::once(move || {
            rope.rung.set(true);
            if let Some(waker) = rope.waker.take() {
                waker.wake();
            }
        });
        // Rounded up: a timer that fires too early would only be set again.
        let id = set_timeout(&ring, milliseconds.min(LONGEST).ceil());
        Self(SendWrapper::new(Set {
            id,
            bell,
            _ring: ring,
        }))
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.0.bell.rung.get() {
            return Poll::Ready(());
        }
        self.0.bell.waker.replace(Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
