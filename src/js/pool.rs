//! Slots that are taken, given back and taken again, so that memory stays flat.

use alloc::vec::Vec;

/// No slot.
const NONE: u32 = u32::MAX;

struct Slot<T> {
    value: T,
    /// The next of the free ones.
    next: u32,
}

/// Values in numbered slots.
pub(crate) struct Pool<T> {
    slots: Vec<Slot<T>>,
    free: u32,
}

impl<T> Pool<T> {
    /// Without slots.
    pub(crate) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: NONE,
        }
    }

    /// Puts a value into a free slot and answers its number.
    pub(crate) fn put(&mut self, value: T) -> u32 {
        if let Some(slot) = self.slots.get_mut(self.free as usize) {
            let at = self.free;
            self.free = slot.next;
            slot.value = value;
            return at;
        }
        self.slots.push(Slot { value, next: NONE });
        self.slots.len() as u32 - 1
    }

    /// Gives a slot back.
    pub(crate) fn give_back(&mut self, at: u32) {
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.next = self.free;
            self.free = at;
        }
    }

    /// The value in a slot.
    pub(crate) fn get(&mut self, at: u32) -> Option<&mut T> {
        self.slots.get_mut(at as usize).map(|slot| &mut slot.value)
    }
}
