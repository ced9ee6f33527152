//! The module's memory: the one value that lives in it, and an allocator that only ever grows.
//!
//! All that this module keeps are the slots of its pools, which are never given back and grow by
//! doubling. So an allocator that hands out memory in order, and lets the newest block grow where
//! it is, wastes no more than is used. A general allocator costs 2 KB (brotli) more.
#![allow(unsafe_code, reason = "an allocator hands out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32;
use core::cell::{Cell, UnsafeCell};
use core::ptr::{null_mut, without_provenance_mut};

/// The one value that the whole module shares.
pub(super) struct Single<T>(UnsafeCell<T>);

// SAFETY: the module is built without threads.
unsafe impl<T> Sync for Single<T> {}

impl<T> Single<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Lends it to one export at a time.
    pub(super) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: only exports call this, each once, and no export runs inside another: the
        // module imports nothing (the build checks it), so it cannot be left and entered again.
        act(unsafe { &mut *self.0.get() })
    }
}

const PAGE: usize = 65_536;

struct Growing {
    /// The first byte that is not in use, 0 before the first block.
    next: Cell<usize>,
}

// SAFETY: the module is built without threads.
unsafe impl Sync for Growing {}

#[global_allocator]
static MEMORY: Growing = Growing { next: Cell::new(0) };

impl Growing {
    /// Makes sure that memory reaches to `end`.
    fn reach(&self, end: usize) -> bool {
        let have = wasm32::memory_size(0) * PAGE;
        if end > have && wasm32::memory_grow(0, (end - have).div_ceil(PAGE)) == usize::MAX {
            return false;
        }
        self.next.set(end);
        true
    }
}

// SAFETY: blocks lie one after the other from the end of the module's own data on (the first is
// put into fresh pages), are aligned as asked, and are never handed out twice.
unsafe impl GlobalAlloc for Growing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let next = match self.next.get() {
            0 => wasm32::memory_size(0) * PAGE,
            next => next,
        };
        let start = next.next_multiple_of(layout.align());
        if self.reach(start + layout.size()) {
            without_provenance_mut(start)
        } else {
            null_mut()
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block.addr() + layout.size() == self.next.get() {
            return if self.reach(block.addr() + size) {
                block
            } else {
                null_mut()
            };
        }
        // SAFETY: the caller gives a layout of non-zero size with a valid alignment, as for `alloc`.
        let moved = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !moved.is_null() {
            // SAFETY: both blocks are ours, and the new one is larger: pools only grow.
            unsafe { moved.copy_from_nonoverlapping(block, layout.size()) };
        }
        moved
    }
}
