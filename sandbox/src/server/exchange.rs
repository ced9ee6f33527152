//! One request and its response.

use super::shared::Shared;
use crate::PendingRequest;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

/// One request and its response, until the response is sent. If it is dropped before, the client
/// disconnected.
pub(crate) struct Exchange {
    pub(super) shared: Arc<Shared>,
    pub(super) pending: PendingRequest,
    /// The method and the path, without ids.
    pub(super) request_line: String,
    pub(super) started: Instant,
    /// The status, or what happened instead of a response.
    pub(super) outcome: String,
    pub(super) is_head: bool,
    pub(super) is_open: bool,
}

impl Exchange {
    /// The whole response is sent, or as much of it as a fault lets through.
    pub(crate) fn complete(mut self) {
        self.is_open = false;
        self.print(&self.outcome);
    }

    fn print(&self, outcome: &str) {
        if !self.shared.quiet && self.pending.is_public() {
            let ms = self.started.elapsed().as_millis();
            let operation = self
                .pending
                .operation()
                .map_or("", |operation| operation.id);
            let line = format!("{} {outcome} {ms}ms {operation}", self.request_line);
            // A closed stderr must not stop the server.
            let _ = writeln!(std::io::stderr(), "{}", line.trim_end());
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if self.is_open {
            self.shared.handler().client_disconnected(&self.pending);
            self.print("closed-by-client");
        }
    }
}
