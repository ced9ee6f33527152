//! Values in numbered slots, which are used again, so that memory stays flat.

use alloc::vec::Vec;

/// Values, each in the slot of its number. The numbers are given from outside: the lowest that are free.
pub(crate) struct Pool<T> {
    slots: Vec<T>,
}

impl<T> Pool<T> {
    /// Without slots.
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new() }
    }

    /// Puts a value into the slot of this number, or into the next new one.
    pub(crate) fn put(&mut self, at: u32, value: T) {
        match self.get(at) {
            Some(slot) => *slot = value,
            None => self.slots.push(value),
        }
    }

    /// The value in a slot.
    pub(crate) fn get(&mut self, at: u32) -> Option<&mut T> {
        self.slots.get_mut(at as usize)
    }
}
