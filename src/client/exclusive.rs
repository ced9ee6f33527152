//! What only one thread at a time reaches.

use std::sync::{Mutex, PoisonError};

/// A value that can be reached through `&mut` alone, so sharing a reference to it is safe whatever it is.
pub(super) struct Exclusive<T>(Mutex<T>);

impl<T> Exclusive<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(super) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
