//! Values in numbered slots that are reused, so that memory does not grow.

use alloc::boxed::Box;
use alloc::vec;

/// The slots of a block, which fill a page of memory.
const SLOTS: u32 = 1024;
/// More than any program can use: eight million calls do not fit into its memory.
const BLOCKS: usize = 8192;

/// Values, each in the slot of its number. The caller chooses the numbers: the lowest free ones.
///
/// Blocks never move and never grow, because the code to grow a vector would be a tenth of the module.
pub(crate) struct Pool<T> {
    blocks: [Option<Box<[T; SLOTS as usize]>>; BLOCKS],
}

impl<T: Copy> Pool<T> {
    /// Without slots.
    pub(crate) const fn new() -> Self {
        Self {
            blocks: [const { None }; BLOCKS],
        }
    }

    /// Puts a value into the slot of this number.
    pub(crate) fn put(&mut self, at: u32, value: T) {
        if let Some(slot) = self.get(at) {
            *slot = value;
        } else if let Some(block) = self.blocks.get_mut((at / SLOTS) as usize) {
            *block = vec![value; SLOTS as usize].try_into().ok();
        }
    }

    /// The value in a slot.
    pub(crate) fn get(&mut self, at: u32) -> Option<&mut T> {
        let block = self.blocks.get_mut((at / SLOTS) as usize)?;
        block.as_mut()?.get_mut((at % SLOTS) as usize)
    }
}
