//! Ids and choices that are determined by a seed.

/// A splitmix64 generator. It is not suitable for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high.saturating_sub(low) + 1)
    }

    /// One of the items. `None` if there are no items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(items.len()).ok().filter(|&count| count > 0)?;
        items.get(usize::try_from(self.next() % count).unwrap_or_default())
    }

    /// A version 4 UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let high = self.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000;
        let low = self.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }

    /// An id such as `msg_3f9c1a7be204`.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}{:012x}", self.next() >> 16)
    }

    /// An id in the telephone carrier's form: `CA` and 32 digits.
    pub(crate) fn call_sid(&mut self) -> String {
        format!("CA{:016x}{:016x}", self.next(), self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_everything_and_uuids_have_their_form() {
        let (mut one, mut two) = (Random::new(7), Random::new(7));
        for _ in 0..100 {
            let id = one.uuid();
            assert_eq!(id, two.uuid());
            assert_eq!(id.len(), 36);
            assert_eq!(id.get(14..15), Some("4"));
            assert!(matches!(id.get(19..20), Some("8" | "9" | "a" | "b")));
        }
        assert_eq!(one.call_sid().len(), 34);
    }
}
