//! A one-shot signal from one task to another.
//!
//! It is a promise rather than a waker: in a Worker, each request has its own context and can send only in
//! that context. A call that waits for a promise continues in its own context, while a call that another
//! request wakes would continue in that request's context.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::{Function, Promise};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits for the signal.
pub(crate) struct Signal(SendWrapper<JsFuture>);

/// Sends the signal.
pub(crate) struct Ringer(SendWrapper<Option<Function>>);

/// Creates a signal and its sender.
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
            // Resolving neither throws nor runs callbacks synchronously.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
