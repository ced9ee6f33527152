//! Lets a request reset its connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// A handle of the connection on which a request arrived.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionHandle(Arc<State>);

#[derive(Debug)]
struct State {
    reset: AtomicBool,
    wake: Notify,
}

impl ConnectionHandle {
    pub(crate) fn new() -> Self {
        Self(Arc::new(State {
            reset: AtomicBool::new(false),
            wake: Notify::new(),
        }))
    }

    /// Ends the connection with a TCP reset.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Relaxed);
        self.0.wake.notify_one();
    }

    /// Completes when a reset is requested.
    pub(super) async fn wait_for_reset(&self) {
        self.0.wake.notified().await;
    }

    /// Whether a reset is requested.
    pub(super) fn is_reset(&self) -> bool {
        self.0.reset.load(Ordering::Relaxed)
    }
}
