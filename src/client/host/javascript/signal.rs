//! One word from one that has it to one that waits for it.
//!
//! It is a promise, although a waker would do: in a Worker each request has a context of its own, and
//! can only send in that. A call that waits for a promise goes on in its own context, while a call that
//! is woken by another request would go on in that other's.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::{Function, Promise};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits.
pub(crate) struct Signal(SendWrapper<JsFuture>);

/// Ends the wait.
pub(crate) struct Ringer(SendWrapper<Option<Function>>);

/// A wait and its end.
pub(crate) fn signal() -> (Signal, Ringer) {
    let mut ringer = None;
    let promise = Promise::new(&mut |resolve, _| ringer = Some(resolve));
    (
        Signal(SendWrapper::new(JsFuture::from(promise))),
        Ringer(SendWrapper::new(ringer)),
    )
}

impl Signal {
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut *self.0).poll(context).map(|_| ())
    }
}

impl Ringer {
    pub(crate) fn ring(self) {
        if let Some(resolve) = &*self.0 {
            // Resolving throws nothing, and runs nothing at once.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
