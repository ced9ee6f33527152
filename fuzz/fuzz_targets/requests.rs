//! Fields of any kind in any order, over one checker.
#![no_main]

use centerfy::internal::operations::{Accepts, Rule};
use centerfy::internal::validate::{Checker, Kind, WORDS};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|fields: Vec<(u8, u8, f64)>| {
    let mut checker = Checker::new();
    let kinds = Kind::TEXT.0 + 1 + WORDS.len() as u32;
    for (index, kind, number) in fields {
        let fault = checker.field(index.into(), Kind(u32::from(kind) % kinds), number);
        let (expected, rule) = (fault & 255, fault >> 8);
        assert!(expected as usize <= Accepts::ALL.len());
        assert!(rule as usize <= Rule::ALL.len());
        assert!(rule == 0 || u32::from(kind) % kinds == Kind::ABSENT.0);
    }
});
