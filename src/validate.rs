//! Checks a request over the table of [`crate::operations`], one field after the other.
//!
//! Values never come in: a field is told as its [`Kind`] and, where it is a number, the number.
//! So the same check serves JavaScript values, JSON and Rust structs.

use crate::operations::{Accepts, Field, Operation, Presence, Rule, TABLE};

/// What a value is, as far as the checks ask. The numbers from [`Kind::TEXT`] on are strings:
/// `TEXT + 1 + i` is the `i`th of [`WORDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub u32);

impl Kind {
    /// Not there.
    pub const ABSENT: Self = Self(0);
    /// `false`
    pub const FALSE: Self = Self(1);
    /// `true`
    pub const TRUE: Self = Self(2);
    /// A number.
    pub const NUMBER: Self = Self(3);
    /// `null`, an array, a function, …
    pub const OTHER: Self = Self(4);
    /// An object that is no array.
    pub const OBJECT: Self = Self(5);
    /// A string that is none of [`WORDS`].
    pub const TEXT: Self = Self(6);

    /// The kind of a string.
    #[must_use]
    pub fn of_str(text: &str) -> Self {
        let word = WORDS.iter().position(|word| *word == text);
        word.and_then(|i| u32::try_from(i + 1).ok())
            .map_or(Self::TEXT, |i| Self(Self::TEXT.0 + i))
    }

    /// The kind of a boolean.
    #[must_use]
    pub const fn of_bool(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }
}

/// The strings that the checks tell apart from others.
pub const WORDS: [&str; 10] = [
    "",
    ".",
    "..",
    "leave_message",
    "hangup",
    "sms",
    "email",
    "whatsapp",
    "facebook",
    "instagram",
];

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it must be.
    pub expected: Accepts,
    /// The rule because of which it has to be there, when it is missing for that.
    pub rule: Option<Rule>,
}

// Bits of a packed field: the kinds it may have, then:
const ACCEPTS: u32 = 20; // 4 bits
const NEEDED_BY: u32 = 24; // 3 bits, a rule
const STARTS: u32 = 27; // 3 bits, the rule whose condition looks at this field
const FIRST: u32 = 31; // the first field of an operation

const STRINGS: u32 = 0x1_ffc0;
const EMPTY: u32 = 1 << 7;
const DOTS: u32 = 3 << 8;
const LEAVE: u32 = 1 << 10;
const HANGUP: u32 = 1 << 11;
const CHANNELS: u32 = 0x1f << 12;

const fn kinds(accepts: Accepts) -> u32 {
    match accepts {
        Accepts::PathId => STRINGS & !EMPTY & !DOTS,
        Accepts::Id => STRINGS & !EMPTY,
        Accepts::Text => STRINGS,
        Accepts::Flag => 1 << Kind::FALSE.0 | 1 << Kind::TRUE.0,
        Accepts::Number | Accepts::Unit | Accepts::PageSize | Accepts::Offset => {
            1 << Kind::NUMBER.0
        }
        Accepts::VoicemailType => LEAVE | HANGUP,
        Accepts::Channel => CHANNELS,
        Accepts::Object => 1 << Kind::OBJECT.0,
        Accepts::Nothing => 0,
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        #[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn pack(field: &Field, first: bool) -> u32 {
    let mut bits = kinds(field.accepts) | (field.accepts as u32) << ACCEPTS;
    match field.presence {
        Presence::Required => {}
        Presence::Optional => bits |= 1 << Kind::ABSENT.0,
        Presence::When(rule) => bits |= 1 << Kind::ABSENT.0 | (rule as u32) << NEEDED_BY,
    }
    let mut i = 0;
    while i < Rule::ALL.len() {
        #[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
        let rule = Rule::ALL[i];
        if same(rule.condition().0, field.name) {
            bits |= (rule as u32) << STARTS;
        }
        i += 1;
    }
    if first { bits | 1 << FIRST } else { bits }
}

const fn count() -> usize {
    let (mut i, mut n) = (0, 0);
    while i < TABLE.len() {
        #[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
        let fields = TABLE[i].fields;
        n += fields.len();
        i += 1;
    }
    n
}

const COUNT: usize = count();

/// All fields of all operations, packed: what the module carries of the table.
#[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
static FIELDS: [u32; COUNT] = {
    let mut packed = [0; COUNT];
    let (mut i, mut n) = (0, 0);
    while i < TABLE.len() {
        let fields = TABLE[i].fields;
        let mut j = 0;
        while j < fields.len() {
            let bits = pack(&fields[j], j == 0);
            packed[n] = bits;
            n += 1;
            j += 1;
        }
        i += 1;
    }
    packed
};

/// The number of an operation's first field among all fields.
#[must_use]
pub fn first_field(operation: Operation) -> usize {
    TABLE
        .iter()
        .take(operation as usize)
        .map(|spec| spec.fields.len())
        .sum()
}

/// Goes through the fields of one request, in the order of the table.
#[derive(Debug, Default)]
pub struct Checker {
    /// A bit for each rule whose condition holds.
    held: u32,
}

impl Checker {
    /// Before the first field.
    #[must_use]
    pub const fn new() -> Self {
        Self { held: 0 }
    }

    /// Looks at the field with this number among all fields ([`first_field`]). `number` is its
    /// value where `kind` is [`Kind::NUMBER`]. Answers `0` where nothing is wrong, else what must
    /// be there, see [`Fault`]: the number of the [`Accepts`] plus one, and the rule above bit 8.
    pub fn field(&mut self, index: usize, kind: Kind, number: f64) -> u32 {
        let bits = FIELDS.get(index).copied().unwrap_or_default();
        if bits >> FIRST != 0 {
            self.held = 0;
        }
        let rule = bits >> NEEDED_BY & 7;
        let accepts = bits >> ACCEPTS & 15;
        let fits = bits >> kind.0 & 1 != 0;
        if !fits || kind.0 == Kind::NUMBER.0 && !in_range(accepts, number) {
            return accepts + 1;
        }
        if kind.0 == Kind::ABSENT.0 && self.held >> rule & 1 != 0 {
            return (accepts + 1) | (rule << 8);
        }
        let starts = bits >> STARTS & 7;
        // `leave_message` starts its rule, `true` the others.
        if starts != 0 && (kind.0 == Kind::TRUE.0 || 1 << kind.0 == LEAVE) {
            self.held |= 1 << starts;
        }
        0
    }
}

fn in_range(accepts: u32, number: f64) -> bool {
    let (low, high) = if accepts == Accepts::Unit as u32 {
        (0.0, 1.0)
    } else if accepts == Accepts::PageSize as u32 {
        (1.0, 200.0)
    } else if accepts == Accepts::Offset as u32 {
        (0.0, MAX_SAFE_INTEGER)
    } else {
        (f64::MIN, f64::MAX)
    };
    let whole = accepts != Accepts::PageSize as u32 && accepts != Accepts::Offset as u32
        || number.floor() == number;
    whole && number >= low && number <= high
}

const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Checks a whole request. `look` tells what a field is, by its name.
///
/// # Errors
/// The name of the first field that is not what the table says, and what is wrong with it.
pub fn check(
    operation: Operation,
    mut look: impl FnMut(&'static str) -> (Kind, f64),
) -> Result<(), (&'static str, Fault)> {
    let mut checker = Checker::new();
    for (index, field) in (first_field(operation)..).zip(operation.spec().fields) {
        let (kind, number) = look(field.name);
        let fault = checker.field(index, kind, number);
        if fault != 0 {
            let rule = Rule::ALL
                .into_iter()
                .find(|rule| *rule as u32 == fault >> 8);
            return Err((
                field.name,
                Fault {
                    expected: field.accepts,
                    rule,
                },
            ));
        }
    }
    Ok(())
}
