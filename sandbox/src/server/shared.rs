//! What all connections share.

use super::options::Options;
use crate::Sandbox;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The sandbox, and how the server was started.
#[derive(Debug)]
pub(crate) struct Shared {
    sandbox: Mutex<Sandbox>,
    pub(super) serve: Vec<(String, PathBuf)>,
    pub(super) quiet: bool,
}

impl Shared {
    pub(crate) fn new(sandbox: Sandbox, options: Options) -> Self {
        let mut serve = options.serve;
        // The longest path is looked at first.
        serve.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        Self {
            sandbox: Mutex::new(sandbox),
            serve,
            quiet: options.quiet,
        }
    }

    /// The sandbox, for as long as the value is held.
    pub(super) fn sandbox(&self) -> MutexGuard<'_, Sandbox> {
        self.sandbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
