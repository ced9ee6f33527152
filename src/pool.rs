//! Slots that are taken, given back and taken again, so that memory stays flat; and first-in,
//! first-out lists threaded through them.

use alloc::vec::Vec;

/// No slot.
pub const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Slot<T> {
    value: T,
    /// The next slot of the list that this one is in, or of the free ones.
    next: u32,
}

/// Values in numbered slots.
#[derive(Debug)]
pub struct Pool<T> {
    slots: Vec<Slot<T>>,
    free: u32,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Pool<T> {
    /// Without slots.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: NONE,
        }
    }

    /// Puts a value into a free slot and answers its number.
    pub fn put(&mut self, value: T) -> u32 {
        if let Some(slot) = self.slots.get_mut(self.free as usize) {
            let at = self.free;
            self.free = slot.next;
            *slot = Slot { value, next: NONE };
            return at;
        }
        self.slots.push(Slot { value, next: NONE });
        self.slots.len() as u32 - 1
    }

    /// Gives a slot back. It must not be in a list.
    pub fn give_back(&mut self, at: u32) {
        let free = self.free;
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.next = free;
            self.free = at;
        }
    }

    /// The value in a slot.
    #[must_use]
    pub fn get(&mut self, at: u32) -> Option<&mut T> {
        self.slots.get_mut(at as usize).map(|slot| &mut slot.value)
    }

    /// The slot after this one in its list.
    #[must_use]
    pub fn next(&self, at: u32) -> u32 {
        self.slots.get(at as usize).map_or(NONE, |slot| slot.next)
    }

    /// How many slots there are, taken or free.
    #[must_use]
    pub fn size(&self) -> usize {
        self.slots.len()
    }
}

/// First in, first out, of slots of one pool.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The slot that came first.
    pub head: u32,
    tail: u32,
    /// How many slots.
    pub len: u32,
}

impl Default for List {
    fn default() -> Self {
        Self::new()
    }
}

impl List {
    /// Without slots.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            head: NONE,
            tail: NONE,
            len: 0,
        }
    }

    /// Appends a slot that is in no list.
    pub fn push<T>(&mut self, pool: &mut Pool<T>, at: u32) {
        match pool.slots.get_mut(self.tail as usize) {
            Some(last) if self.len > 0 => last.next = at,
            _ => self.head = at,
        }
        self.tail = at;
        self.len += 1;
    }

    /// Takes the first slot out, which must be there.
    pub fn take_first<T>(&mut self, pool: &mut Pool<T>) -> u32 {
        let first = self.head;
        self.head = pool.next(first);
        self.len -= 1;
        first
    }
}
