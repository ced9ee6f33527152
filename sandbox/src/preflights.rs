//! Preflights. A browser sends them without a key, so only the request that follows says into
//! which world's log they belong.

use crate::http::Request;
use crate::log::LogEntry;
use std::collections::VecDeque;

/// Those that nothing follows must not fill the memory.
const KEPT: usize = 256;

/// Preflights that wait for the requests they announce, oldest first.
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

    /// The log entry of the oldest preflight that asked for a request like this one.
    pub(crate) fn announcing(&mut self, request: &Request, keys: &[&str]) -> Option<LogEntry> {
        let origin = request.header("origin")?;
        let place = self.waiting.iter().position(|(preflight, _)| {
            preflight.path == request.path
                && preflight.query == request.query
                && preflight.header("origin") == Some(origin)
                && preflight.header("access-control-request-method") == Some(&request.method)
        })?;
        let (preflight, at_ms) = self.waiting.remove(place)?;
        Some(LogEntry {
            status: Some(204),
            ..LogEntry::new(&preflight, keys, at_ms)
        })
    }
}
