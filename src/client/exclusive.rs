//! A value with exclusive access only.

use std::sync::{Mutex, PoisonError};

/// A value that is accessible only through `&mut`, so sharing a reference to it between threads is safe.
pub(super) struct Exclusive<T>(Mutex<T>);

impl<T> Exclusive<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(super) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
