//! The eye that is kept on a request until it has its answer.

use super::shared::Shared;
use crate::Receipt;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

/// Looks after one request until it has its answer. If it is dropped before, the client left.
pub(crate) struct Watch {
    pub(super) shared: Arc<Shared>,
    pub(super) receipt: Receipt,
    pub(super) line: String,
    pub(super) started: Instant,
    pub(super) word: String,
    pub(super) head_only: bool,
    pub(super) open: bool,
}

impl Watch {
    /// All of the answer has been handed over.
    pub(crate) fn answered(mut self) {
        self.open = false;
        self.print(&self.word);
    }

    fn print(&self, word: &str) {
        if !self.shared.quiet && self.receipt.is_public() {
            let ms = self.started.elapsed().as_millis();
            let operation = self
                .receipt
                .operation()
                .map_or("", |operation| operation.id());
            let line = format!("{} {word} {ms}ms {operation}", self.line);
            // Whoever started the server may have closed its stderr; that is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{}", line.trim_end());
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.open {
            self.shared.sandbox().closed_by_client(&self.receipt);
            self.print("closed-by-client");
        }
    }
}
