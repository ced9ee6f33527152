//! What all connections share.

use super::options::Options;
use crate::Handler;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The handler and the options of the server.
#[derive(Debug)]
pub(crate) struct Shared {
    handler: Mutex<Handler>,
    pub(super) serve: Vec<(String, PathBuf)>,
    pub(super) quiet: bool,
}

impl Shared {
    pub(crate) fn new(handler: Handler, options: Options) -> Self {
        let mut serve = options.serve;
        // The longest path takes precedence.
        serve.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        Self {
            handler: Mutex::new(handler),
            serve,
            quiet: options.quiet,
        }
    }

    /// Locks the handler.
    pub(super) fn handler(&self) -> MutexGuard<'_, Handler> {
        self.handler.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
