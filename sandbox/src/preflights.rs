//! Preflight requests. Browsers send them without a key, so the log entry is written when the
//! announced request arrives and names the organization.

use crate::http::Request;
use crate::log::LogEntry;
use std::collections::VecDeque;

/// The number of preflights that are kept.
const KEPT: usize = 256;

/// Preflights whose announced request has not arrived yet, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preflights {
    waiting: VecDeque<(Request, u64)>,
}

impl Preflights {
    pub(crate) fn keep(&mut self, preflight: &Request, now_ms: u64) {
        if self.waiting.len() >= KEPT {
            self.waiting.pop_front();
        }
        self.waiting.push_back((preflight.clone(), now_ms));
    }

    /// The log entry of the oldest preflight that announced this request.
    pub(crate) fn announcing(&mut self, request: &Request, keys: &[String]) -> Option<LogEntry> {
        let origin = request.header("origin")?;
        let index = self.waiting.iter().position(|(preflight, _)| {
            preflight.path == request.path
                && preflight.query == request.query
                && preflight.header("origin") == Some(origin)
                && preflight.header("access-control-request-method") == Some(&request.method)
        })?;
        let (preflight, at_ms) = self.waiting.remove(index)?;
        Some(LogEntry {
            status: Some(204),
            ..LogEntry::new(&preflight, keys, at_ms)
        })
    }
}
