//! A growing array.
//!
//! It does what `Vec` does for [`crate::pool`], and no more: it grows, and it never shrinks. In the
//! npm module, `Vec`'s own growth costs 260 bytes (brotli) more.
#![allow(unsafe_code, reason = "an array whose length changes owns raw memory")]

use core::alloc::Layout;
use core::ptr::NonNull;
use std::alloc::{alloc, dealloc, handle_alloc_error, realloc};

#[derive(Debug)]
pub(crate) struct Slots<T> {
    start: NonNull<T>,
    /// How many there are.
    pub(crate) len: usize,
    /// How many there is room for.
    room: usize,
}

impl<T> Slots<T> {
    pub(crate) const fn new() -> Self {
        Self {
            start: NonNull::dangling(),
            len: 0,
            room: 0,
        }
    }

    /// All of them.
    pub(crate) const fn all(&mut self) -> &mut [T] {
        // SAFETY: the first `len` values are written and ours.
        unsafe { core::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }

    /// Appends one.
    pub(crate) fn push(&mut self, value: T) {
        if self.len == self.room {
            self.grow();
        }
        // SAFETY: there is room for one more.
        unsafe { self.start.add(self.len).write(value) };
        self.len += 1;
    }

    const fn layout(room: usize) -> Layout {
        // SAFETY: the alignment is a type's. The size cannot pass what an allocator can give,
        // since half of it is in use.
        unsafe { Layout::from_size_align_unchecked(room * size_of::<T>(), align_of::<T>()) }
    }

    fn grow(&mut self) {
        let old = Self::layout(self.room);
        self.room = self.room * 2 + 8;
        self.start = grow(self.start.cast(), old, Self::layout(self.room)).cast();
    }
}

/// One for all types. `old` is the layout that `start` was allocated with, or has no size.
#[inline(never)]
fn grow(start: NonNull<u8>, old: Layout, new: Layout) -> NonNull<u8> {
    // SAFETY: the new size is not zero, and the callers keep `old`.
    let grown = unsafe {
        if old.size() == 0 {
            alloc(new)
        } else {
            realloc(start.as_ptr(), old, new.size())
        }
    };
    NonNull::new(grown).unwrap_or_else(|| handle_alloc_error(new))
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        if self.room > 0 {
            // SAFETY: the first `len` values are written, the memory was allocated here with this
            // layout, and nobody can look at either after this.
            unsafe {
                core::ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.len).drop_in_place();
                let size = self.room * size_of::<T>();
                dealloc(
                    self.start.as_ptr().cast(),
                    Layout::from_size_align_unchecked(size, align_of::<T>()),
                );
            }
        }
    }
}
