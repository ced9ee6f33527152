//! Checks a request against the table of [`crate::operations`], field by field.
//!
//! A field is checked as a [`Value`], which contains only numbers. So the same check works for JavaScript
//! values, JSON and Rust structs.

#[cfg(feature = "types")]
use alloc::string::String;
use alloc::vec::Vec;

use crate::accepts::Accepts;
pub use crate::checks::WORDS;
use crate::checks::{
    ACCEPTED, ALWAYS, ARITY, CHECKS, CONDITIONS, FAULTS, FIRST, LIMITS, Limits, NAMES, bit,
};
use crate::enumerated::enumerated;
use crate::operations::{Operation, Rule};

enumerated! {
    /// What kind of value a field has.
    pub enum Kind {
        /// The field is missing.
        Absent,
        /// `false`
        False,
        /// `true`
        True,
        /// A number.
        Number,
        /// A string.
        String,
        /// An object that is not an array.
        Object,
        /// `null`, an array, a function, …
        Other,
    }
}

/// The properties of a value that the checks use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// Its kind.
    pub kind: Kind,
    /// The value of a number; the length of a string in characters (Unicode code points); 0 for any other kind.
    pub size: f64,
    /// The index of a string in [`WORDS`]; [`NO_WORD`] for all other values.
    pub word: u32,
}

/// The [`Value::word`] of a value that is not in [`WORDS`].
pub const NO_WORD: u32 = u32::MAX;

impl Value {
    /// A value of this kind that is neither a number nor a string.
    #[must_use]
    pub const fn of_kind(kind: Kind) -> Self {
        let (size, word) = (0.0, NO_WORD);
        Self { kind, size, word }
    }

    /// A boolean.
    #[must_use]
    pub const fn of_bool(value: bool) -> Self {
        Self::of_kind(if value { Kind::True } else { Kind::False })
    }

    /// A number.
    #[must_use]
    pub const fn of_number(size: f64) -> Self {
        let (kind, word) = (Kind::Number, NO_WORD);
        Self { kind, size, word }
    }

    /// A string.
    #[must_use]
    pub fn of_str(text: &str) -> Self {
        Self {
            kind: Kind::String,
            size: text.chars().count() as f64,
            word: (0..)
                .zip(WORDS)
                .find(|(_, word)| **word == text)
                .map_or(NO_WORD, |(index, _)| index),
        }
    }

    /// A JSON text, or a missing one.
    #[cfg(feature = "types")]
    #[must_use]
    pub fn of_json(json: Option<&str>) -> Self {
        match json.map(|json| (json, json.as_bytes())) {
            None => Self::of_kind(Kind::Absent),
            Some((_, [b't', ..])) => Self::of_bool(true),
            Some((_, [b'f', ..])) => Self::of_bool(false),
            Some((json, [b'"', ..])) => {
                Self::of_str(&serde_json::from_str::<String>(json).unwrap_or_default())
            }
            Some((_, [b'{', ..])) => Self::of_kind(Kind::Object),
            Some((json, [b'-' | b'0'..=b'9', ..])) => {
                Self::of_number(serde_json::from_str(json).unwrap_or(f64::NAN))
            }
            Some(_) => Self::of_kind(Kind::Other),
        }
    }
}

/// What is wrong with a field: its value is not accepted, or it is missing although it is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault(usize);

impl Fault {
    /// The description of the fault, which follows the field's name in an error.
    #[must_use]
    pub fn text(self) -> &'static str {
        FAULTS.get(self.0).copied().unwrap_or_default()
    }

    /// Whether the field is missing.
    #[must_use]
    pub const fn is_missing(self) -> bool {
        self.0 >= ACCEPTED.len()
    }

    /// The fault of a value where this is accepted.
    #[must_use]
    pub fn wrong(accepts: Accepts) -> Self {
        let index = ACCEPTED.iter().position(|it| *it == accepts);
        Self(index.unwrap_or_default())
    }

    /// The fault of a missing field that is required: always, or because the condition of this rule holds.
    #[must_use]
    pub fn missing(rule: Option<Rule>) -> Self {
        Self(ACCEPTED.len() + rule.map_or(0, |rule| 1 + rule as usize))
    }

    /// What the field accepts. `None` if the field is missing.
    #[must_use]
    pub fn accepts(self) -> Option<Accepts> {
        ACCEPTED.get(self.0).copied()
    }

    /// The fault with the number that [`Checker::field`] returns.
    #[must_use]
    pub fn of_number(number: u32) -> Option<Self> {
        let index = number.checked_sub(WRONG)? as usize;
        (index < FAULTS.len()).then_some(Self(index))
    }

    /// All faults, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FAULTS.len()).map(Self)
    }
}

/// The result of [`Checker::field`] for a valid field.
pub const NO_FAULT: u32 = 0;
/// The number of the first fault, one of those for each of [`ACCEPTED`].
const WRONG: u32 = 1;
/// The number of the first fault of a missing field. What follows is in the order of the conditions.
const MISSING: u32 = WRONG + ACCEPTED.len() as u32;

/// The number of an operation's first field among all fields.
#[must_use]
#[allow(clippy::indexing_slicing, reason = "there is one for each operation")]
pub fn first_field(operation: Operation) -> usize {
    FIRST[operation as usize]
}

/// The names of an operation's fields.
#[must_use]
pub fn names(operation: Operation) -> &'static [&'static str] {
    let end = FIRST.get(operation as usize + 1).copied();
    let names = NAMES.get(first_field(operation)..end.unwrap_or_default());
    names.unwrap_or_default()
}

/// How many arguments an operation takes, which are its first fields.
#[must_use]
#[allow(clippy::indexing_slicing, reason = "there is one for each operation")]
pub fn arity(operation: Operation) -> usize {
    ARITY[operation as usize]
}

/// Goes through the fields of one request, in the order of the table.
#[derive(Debug, Default)]
pub struct Checker {
    /// A bit for each condition that holds.
    conditions: u32,
}

impl Checker {
    /// Before the first field.
    #[must_use]
    pub const fn new() -> Self {
        Self { conditions: 0 }
    }

    /// Checks the field with this number among all fields ([`first_field`]). Returns [`NO_FAULT`] or the
    /// number of the fault ([`Fault::all`]).
    pub fn field(&mut self, index: usize, value: Value) -> u32 {
        let Some(check) = CHECKS.get(index) else {
            return NO_FAULT;
        };
        if check.first {
            self.conditions = bit(ALWAYS.into());
        }
        if value.kind == Kind::Absent {
            let condition = u32::from(check.required);
            return if self.conditions & bit(condition) == 0 {
                NO_FAULT
            } else {
                MISSING + condition
            };
        }
        let limits = LIMITS.get(usize::from(check.limits));
        if !limits.is_some_and(|limits| limits.admit(value)) {
            return WRONG + u32::from(check.limits);
        }
        if value.kind == Kind::True || CONDITIONS & bit(value.word) != 0 {
            self.conditions |= bit(check.sets.into());
        }
        NO_FAULT
    }
}

impl Limits {
    fn admit(&self, Value { kind, size, word }: Value) -> bool {
        u32::from(self.kinds) & bit(kind as u32) != 0
            && self.words & bit(word) != 0
            && size >= self.min
            && size <= self.max
            && (!self.whole || size as u64 as f64 == size)
    }
}

/// Checks a whole request. `look` returns the value of a field by its name.
///
/// # Errors
/// The names of all invalid fields with their faults, in the order of the table. If the request itself is invalid,
/// its fields are not checked.
pub fn check(
    operation: Operation,
    mut look: impl FnMut(&'static str) -> Value,
) -> Result<(), Vec<(&'static str, Fault)>> {
    let (mut checker, mut faults) = (Checker::new(), Vec::new());
    let first = first_field(operation);
    for (index, name) in (first..).zip(names(operation)) {
        let fault = Fault::of_number(checker.field(index, look(name)));
        faults.extend(fault.map(|fault| (*name, fault)));
        if fault.is_some() && index + 1 - first == arity(operation) {
            break;
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
