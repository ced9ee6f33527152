//! What a request can do to the connection it came on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// A request's hold of its connection.
#[derive(Debug, Clone)]
pub(crate) struct Link(Arc<State>);

#[derive(Debug)]
struct State {
    reset: AtomicBool,
    wake: Notify,
}

impl Link {
    pub(crate) fn new() -> Self {
        Self(Arc::new(State {
            reset: AtomicBool::new(false),
            wake: Notify::new(),
        }))
    }

    /// Ends the connection with a TCP reset. Nothing comes after this.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Relaxed);
        self.0.wake.notify_one();
    }

    /// Ends when a reset has been asked for.
    pub(super) async fn is_reset(&self) {
        self.0.wake.notified().await;
    }

    /// Whether the socket is to end with a reset.
    pub(super) fn resets(&self) -> bool {
        self.0.reset.load(Ordering::Relaxed)
    }
}
