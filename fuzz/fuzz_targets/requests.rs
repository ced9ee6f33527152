//! Fields of any kind in any order, over one checker.
#![no_main]

use centerfy::internal::validate::{Checker, Kind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|fields: Vec<(u8, u8, f64)>| {
    let mut checker = Checker::new();
    for (index, kind, number) in fields {
        let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
        if let Err(fault) = checker.field(index.into(), kind, number) {
            // A rule asks only for what is not there.
            assert!(fault.rule.is_none() || kind == Kind::Absent);
        }
    }
});
