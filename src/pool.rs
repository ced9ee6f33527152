//! Slots that are taken, given back and taken again, so that memory stays flat; and first-in,
//! first-out lists threaded through them.

use crate::slots::Slots;

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
    slots: Slots<Slot<T>>,
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
            slots: Slots::new(),
            free: NONE,
        }
    }

    /// Puts a value into a free slot and answers its number.
    pub fn put(&mut self, value: T) -> u32 {
        if let Some(slot) = self.slots.all().get_mut(self.free as usize) {
            let at = self.free;
            self.free = slot.next;
            *slot = Slot { value, next: NONE };
            return at;
        }
        self.slots.push(Slot { value, next: NONE });
        self.slots.len as u32 - 1
    }

    /// Gives a slot back. It must not be in a list.
    pub fn give_back(&mut self, at: u32) {
        if let Some(slot) = self.slots.all().get_mut(at as usize) {
            slot.next = self.free;
            self.free = at;
        }
    }

    /// The value in a slot.
    #[must_use]
    pub fn get(&mut self, at: u32) -> Option<&mut T> {
        self.slots
            .all()
            .get_mut(at as usize)
            .map(|slot| &mut slot.value)
    }

    fn next(&mut self, at: u32) -> u32 {
        self.slots
            .all()
            .get(at as usize)
            .map_or(NONE, |slot| slot.next)
    }

    fn link(&mut self, at: u32, next: u32) {
        if let Some(slot) = self.slots.all().get_mut(at as usize) {
            slot.next = next;
        }
    }

    /// How many slots there are, taken or free.
    #[must_use]
    pub fn size(&self) -> usize {
        self.slots.len
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
        pool.link(at, NONE);
        if self.head == NONE {
            self.head = at;
        } else {
            pool.link(self.tail, at);
        }
        self.tail = at;
        self.len += 1;
    }

    /// Takes the slot after `before` out of the list, the first where `before` is [`NONE`].
    pub fn take_after<T>(&mut self, pool: &mut Pool<T>, before: u32) -> u32 {
        let at = if before == NONE {
            self.head
        } else {
            pool.next(before)
        };
        let next = pool.next(at);
        if at != NONE {
            self.len -= 1;
            if before == NONE {
                self.head = next;
            } else {
                pool.link(before, next);
            }
            if self.tail == at {
                self.tail = before;
            }
        }
        at
    }

    /// The slot after this one.
    #[must_use]
    pub fn after<T>(pool: &mut Pool<T>, at: u32) -> u32 {
        pool.next(at)
    }
}
