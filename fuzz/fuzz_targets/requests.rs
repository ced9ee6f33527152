//! Fields of any kind in any order, over one checker.
#![no_main]

use centerfy::internal::validate::{Checker, Fault, Kind, Value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|fields: Vec<(u8, u8, f64, u32)>| {
    let mut checker = Checker::new();
    for (index, kind, size, word) in fields {
        let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
        let fault = checker.field(index.into(), Value { kind, size, word });
        if let Some(fault) = Fault::of_number(fault) {
            let is_missing = fault.is_missing();
            assert_eq!(is_missing, kind == Kind::Absent);
        }
    }
});
