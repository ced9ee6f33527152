//! The table of [`crate::operations`], compiled into what [`crate::validate`] runs on: bits and ranges.
//! It is all that the npm module carries of the fields.
#![allow(
    clippy::indexing_slicing,
    reason = "everything here runs at compile time"
)]

use crate::accepts::Accepts;
use crate::operations::{Field, Operation, Presence, Rule};
use crate::text::Text;
use crate::validate::Kind;

/// A field.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    /// The index in [`LIMITS`] of what it accepts.
    pub(crate) limits: u8,
    /// The condition under which it is required: [`ALWAYS`], that of a rule, or [`NEVER`].
    pub(crate) required: u8,
    /// The condition that holds when the field is `true`, or one of [`CONDITIONS`].
    pub(crate) sets: u8,
    /// Whether it is the first of its operation.
    pub(crate) first: bool,
}

/// The condition that holds in each request.
pub(crate) const ALWAYS: u8 = 0;
/// The condition that holds in no request.
const NEVER: u8 = 31;

const fn condition_of(rule: Rule) -> u8 {
    ALWAYS + 1 + rule as u8
}

/// What a field accepts.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// A bit for each kind.
    pub(crate) kinds: u8,
    /// Whether a number has to be an integer.
    pub(crate) whole: bool,
    /// A bit for each of [`WORDS`], and the last one for all other strings.
    pub(crate) words: u32,
    /// The least size.
    pub(crate) min: f64,
    /// The largest size.
    pub(crate) max: f64,
}

/// The bit of this index. [`crate::validate::NO_WORD`] has the last one.
pub(crate) const fn bit(index: u32) -> u32 {
    1_u32.wrapping_shl(index)
}

/// All fields of all operations.
pub(crate) static CHECKS: [Check; COUNT] = {
    let (mut checks, mut index) = ([Check::of(FIELDS[0]); COUNT], 0);
    while index < COUNT {
        checks[index] = Check::of(FIELDS[index]);
        index += 1;
    }
    checks
};

/// The names of all fields of all operations.
pub(crate) static NAMES: [&str; COUNT] = {
    let (mut names, mut index) = ([""; COUNT], 0);
    while index < COUNT {
        names[index] = FIELDS[index].0.name;
        index += 1;
    }
    names
};

/// The index of the first field of each operation in [`NAMES`], and the number of fields at the end.
pub(crate) static FIRST: [usize; Operation::EACH.len() + 1] = {
    let (mut first, mut index) = ([0; Operation::EACH.len() + 1], 0);
    while index < Operation::EACH.len() {
        first[index + 1] = first[index] + Operation::EACH[index].spec().fields.len();
        index += 1;
    }
    first
};

/// The number of arguments of each operation, which are its first fields.
pub(crate) static ARITY: [usize; Operation::EACH.len()] = {
    let (mut arity, mut index) = ([0; Operation::EACH.len()], 0);
    while index < arity.len() {
        arity[index] = Operation::EACH[index].spec().arity();
        index += 1;
    }
    arity
};

/// What fields accept, without repetition.
pub(crate) const ACCEPTED: &[Accepts] = DISTINCT.0.split_at(DISTINCT.1).0;

/// [`ACCEPTED`], compiled.
pub(crate) static LIMITS: [Limits; ACCEPTED.len()] = {
    let (mut limits, mut index) = ([Limits::of(Accepts::Nothing); ACCEPTED.len()], 0);
    while index < limits.len() {
        limits[index] = Limits::of(ACCEPTED[index]);
        index += 1;
    }
    limits
};

/// The descriptions of all faults, which follow a field's name in an error: those of wrong values, in the
/// order of [`ACCEPTED`], then those of missing ones, in the order of the conditions.
pub(crate) static FAULTS: [&str; FAULT_TEXTS.len()] = {
    let (mut faults, mut index) = ([""; FAULT_TEXTS.len()], 0);
    let mut left = JOINED.as_slice();
    while index < faults.len() {
        let (first, rest) = left.split_at(FAULT_TEXTS[index].as_str().len());
        if let Ok(text) = str::from_utf8(first) {
            faults[index] = text;
        }
        (left, index) = (rest, index + 1);
    }
    faults
};

/// One after another: a [`Text`] has room to spare.
static JOINED: [u8; JOINED_LENGTH] = {
    let (mut joined, mut length, mut left) = ([0; JOINED_LENGTH], 0, FAULT_TEXTS.as_slice());
    while let [text, rest @ ..] = left {
        let mut bytes = text.as_str().as_bytes();
        while let [byte, rest @ ..] = bytes {
            joined[length] = *byte;
            (length, bytes) = (length + 1, rest);
        }
        left = rest;
    }
    joined
};

const JOINED_LENGTH: usize = {
    let (mut length, mut left) = (0, FAULT_TEXTS.as_slice());
    while let [text, rest @ ..] = left {
        (length, left) = (length + text.as_str().len(), rest);
    }
    length
};

const FAULT_TEXTS: [Text; ACCEPTED.len() + 1 + Rule::ALL.len()] = {
    let mut texts = [Text::EMPTY.and("is required"); ACCEPTED.len() + 1 + Rule::ALL.len()];
    let mut index = 0;
    while index < ACCEPTED.len() {
        texts[index] = ACCEPTED[index].expected(Text::EMPTY.and("must be "));
        index += 1;
    }
    let mut rules = Rule::ALL;
    while let [rule, rest @ ..] = rules {
        index += 1;
        texts[index] = rule.append_to(texts[index].and(" when "));
        rules = rest;
    }
    texts
};

/// The strings that some field tells apart from others.
pub const WORDS: &[&str] = NAMED.0.split_at(NAMED.1).0;

/// The bits of the words for which the condition of some rule holds.
pub(crate) const CONDITIONS: u32 = {
    let (mut words, mut left) = (0, Rule::ALL);
    while let [rule, rest @ ..] = left {
        if let Some(word) = rule.condition().1 {
            words |= bits(&[word]);
        }
        left = rest;
    }
    words
};

impl Check {
    const fn of((field, first): (&Field, bool)) -> Self {
        let mut sets = ALWAYS;
        let mut left = Rule::ALL;
        while let [rule, rest @ ..] = left {
            if equal(rule.condition().0, field.name) {
                sets = condition_of(*rule);
            }
            left = rest;
        }
        let required = match field.presence {
            Presence::Required => ALWAYS,
            Presence::When(rule) => condition_of(rule),
            Presence::Optional => NEVER,
        };
        Self {
            limits: index_of(ACCEPTED, field.accepts) as u8,
            required,
            sets,
            first,
        }
    }
}

impl Limits {
    const fn of(accepts: Accepts) -> Self {
        let all = (0.0, f64::INFINITY);
        let (kinds, (min, max)) = match accepts {
            Accepts::String { min, max } => (bit(Kind::String as u32), (min, max)),
            Accepts::PathSegment => (bit(Kind::String as u32), (1.0, f64::INFINITY)),
            Accepts::OneOf(_) => (bit(Kind::String as u32), all),
            Accepts::Boolean => (bit(Kind::False as u32) | bit(Kind::True as u32), all),
            Accepts::Number { min, max } | Accepts::Integer { min, max } => {
                (bit(Kind::Number as u32), (min, max))
            }
            Accepts::Object => (bit(Kind::Object as u32), all),
            Accepts::Nothing => (0, all),
        };
        Self {
            kinds: kinds as u8,
            whole: matches!(accepts, Accepts::Integer { .. }),
            words: match accepts {
                Accepts::OneOf(words) => bits(words),
                _ => !bits(accepts.words()),
            },
            min,
            max,
        }
    }
}

const COUNT: usize = {
    let (mut count, mut left) = (0, Operation::ALL);
    while let [operation, rest @ ..] = left {
        count += operation.spec().fields.len();
        left = rest;
    }
    count
};

/// All fields, with whether each is the first of its operation.
static FIELDS: [(&Field, bool); COUNT] = {
    let mut all = [(&Operation::GetAgent.spec().fields[0], true); COUNT];
    let (mut count, mut operations) = (0, Operation::ALL);
    while let [operation, rest @ ..] = operations {
        let (mut first, mut fields) = (true, operation.spec().fields);
        while let [field, rest @ ..] = fields {
            all[count] = (field, first);
            (first, fields, count) = (false, rest, count + 1);
        }
        operations = rest;
    }
    all
};

/// [`ACCEPTED`] at the beginning of a longer list, and its length.
static DISTINCT: ([Accepts; COUNT], usize) = {
    let (mut all, mut count, mut left) = ([Accepts::Nothing; COUNT], 0, FIELDS.as_slice());
    while let [(field, _), rest @ ..] = left {
        if index_of(all.split_at(count).0, field.accepts) == count {
            all[count] = field.accepts;
            count += 1;
        }
        left = rest;
    }
    (all, count)
};

/// As many words as there are bits for them.
const MOST_WORDS: usize = 31;

/// [`WORDS`] at the beginning of a longer list, and their number.
static NAMED: ([&str; MOST_WORDS], usize) = {
    let (mut all, mut count, mut left) = ([""; MOST_WORDS], 0, ACCEPTED);
    while let [accepts, rest @ ..] = left {
        let mut words = accepts.words();
        while let [word, rest @ ..] = words {
            if index_of_word(all.split_at(count).0, word) == count {
                all[count] = word;
                count += 1;
            }
            words = rest;
        }
        left = rest;
    }
    (all, count)
};

/// The bits of these words.
const fn bits(words: &[&str]) -> u32 {
    let (mut bits, mut left) = (0, words);
    while let [word, rest @ ..] = left {
        bits |= bit(index_of_word(WORDS, word) as u32);
        left = rest;
    }
    bits
}

/// The index of the word in the list, or the list's length.
const fn index_of_word(words: &[&str], word: &str) -> usize {
    let mut index = 0;
    while index < words.len() && !equal(words[index], word) {
        index += 1;
    }
    index
}

/// The index of the same in the list, or the list's length.
const fn index_of(list: &[Accepts], accepts: Accepts) -> usize {
    let mut index = 0;
    while index < list.len() && !same(list[index], accepts) {
        index += 1;
    }
    index
}

/// `==`, which does not run at compile time yet.
const fn same(a: Accepts, b: Accepts) -> bool {
    use Accepts::{Boolean, Integer, Nothing, Number, Object, OneOf, PathSegment, String};
    match (a, b) {
        (String { min, max }, String { min: x, max: y })
        | (Number { min, max }, Number { min: x, max: y })
        | (Integer { min, max }, Integer { min: x, max: y }) => min == x && max == y,
        (OneOf([a, rest_of_a @ ..]), OneOf([b, rest_of_b @ ..])) => {
            equal(a, b) && same(OneOf(rest_of_a), OneOf(rest_of_b))
        }
        (OneOf([]), OneOf([]))
        | (PathSegment, PathSegment)
        | (Boolean, Boolean)
        | (Object, Object)
        | (Nothing, Nothing) => true,
        _ => false,
    }
}

const fn equal(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([x, rest_of_a @ ..], [y, rest_of_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_of_a, rest_of_b);
    }
    a.is_empty() && b.is_empty()
}
