//! Checks a request over the table of [`crate::operations`], one field after the other.
//!
//! Values never come in: a field is told as its [`Kind`] and, where it is a number, the number.
//! So the same check serves JavaScript values, JSON and Rust structs.

use crate::enumerated::enumerated;
use crate::operations::{Accepts, Field, Operation, Presence, Rule};

enumerated! {
    /// What a value is, as far as the checks ask.
    pub enum Kind {
        /// Not there.
        Absent,
        /// `false`
        False,
        /// `true`
        True,
        /// A number.
        Number,
        /// An object that is no array.
        Object,
        /// `null`, an array, a function, …
        Other,
        /// A string that is none of those below.
        Text,
        /// The empty string.
        Empty,
        /// `.`, which a URL's path takes for itself.
        Dot,
        /// `..`, which a URL's path takes for its parent.
        DotDot,
        /// `leave_message`
        LeaveMessage,
        /// `hangup`
        Hangup,
        /// `sms`
        Sms,
        /// `email`
        Email,
        /// `whatsapp`
        Whatsapp,
        /// `facebook`
        Facebook,
        /// `instagram`
        Instagram,
    }
}

impl Kind {
    /// The one string of this kind, where there is just one.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Empty => Some(""),
            Self::Dot => Some("."),
            Self::DotDot => Some(".."),
            Self::LeaveMessage => Some("leave_message"),
            Self::Hangup => Some("hangup"),
            Self::Sms => Some("sms"),
            Self::Email => Some("email"),
            Self::Whatsapp => Some("whatsapp"),
            Self::Facebook => Some("facebook"),
            Self::Instagram => Some("instagram"),
            Self::Absent
            | Self::False
            | Self::True
            | Self::Number
            | Self::Object
            | Self::Other
            | Self::Text => None,
        }
    }

    /// The kind of a string.
    #[must_use]
    pub fn of_str(text: &str) -> Self {
        let of_word = |kind: &Self| kind.word() == Some(text);
        Self::ALL.into_iter().find(of_word).unwrap_or(Self::Text)
    }

    /// The kind of a boolean.
    #[must_use]
    pub const fn of_bool(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    const fn is_string(self) -> bool {
        matches!(self, Self::Text) || self.word().is_some()
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it must be.
    pub expected: Accepts,
    /// The rule because of which it has to be there, when it is missing for that.
    pub rule: Option<Rule>,
}

/// Whether a field that accepts this can have a value of this kind; a number's range comes later.
const fn takes(accepts: Accepts, kind: Kind) -> bool {
    match accepts {
        Accepts::PathId => {
            kind.is_string() && !matches!(kind, Kind::Empty | Kind::Dot | Kind::DotDot)
        }
        Accepts::Id => kind.is_string() && !matches!(kind, Kind::Empty),
        Accepts::Text => kind.is_string(),
        Accepts::Flag => matches!(kind, Kind::False | Kind::True),
        Accepts::Number | Accepts::Unit | Accepts::PageSize | Accepts::Offset => {
            matches!(kind, Kind::Number)
        }
        Accepts::VoicemailType => matches!(kind, Kind::LeaveMessage | Kind::Hangup),
        Accepts::Channel => matches!(
            kind,
            Kind::Sms | Kind::Email | Kind::Whatsapp | Kind::Facebook | Kind::Instagram
        ),
        Accepts::Object => matches!(kind, Kind::Object),
        Accepts::Nothing => false,
    }
}

/// Whether a number is in the range of a field that accepts this.
fn in_range(accepts: Accepts, number: f64) -> bool {
    let (low, high) = match accepts {
        Accepts::Unit => (0.0, 1.0),
        Accepts::PageSize => (1.0, 200.0),
        Accepts::Offset => (0.0, MAX_SAFE_INTEGER),
        _ => return number.is_finite(),
    };
    let may_be_broken = matches!(accepts, Accepts::Unit);
    number >= low && number <= high && (may_be_broken || number as u64 as f64 == number)
}

const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A field as the module carries it.
#[derive(Clone, Copy)]
struct Check {
    accepts: Accepts,
    /// Whether it may be left out, unless a rule asks for it.
    optional: bool,
    /// The rule for which it has to be there.
    needed_by: Option<Rule>,
    /// The rule whose condition looks at this field.
    starts: Option<Rule>,
    /// Whether it is the first of its operation.
    first: bool,
}

impl Check {
    const fn of(field: &Field, first: bool) -> Self {
        Self {
            accepts: field.accepts,
            optional: !matches!(field.presence, Presence::Required),
            needed_by: match field.presence {
                Presence::When(rule) => Some(rule),
                Presence::Required | Presence::Optional => None,
            },
            starts: rule_that_looks_at(field.name),
            first,
        }
    }
}

impl Kind {
    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A bit for each kind that a field may have, at the number of what it accepts.
#[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
static KINDS: [u32; Accepts::ALL.len()] = {
    let mut kinds = [0; Accepts::ALL.len()];
    let mut accepts = Accepts::ALL.as_slice();
    while let [one, rest @ ..] = accepts {
        let mut left = Kind::ALL.as_slice();
        while let [kind, rest @ ..] = left {
            if takes(*one, *kind) {
                kinds[*one as usize] |= kind.bit();
            }
            left = rest;
        }
        accepts = rest;
    }
    kinds
};

const fn rule_that_looks_at(name: &str) -> Option<Rule> {
    let mut left = Rule::ALL.as_slice();
    while let [rule, rest @ ..] = left {
        if same(rule.condition().0.as_bytes(), name.as_bytes()) {
            return Some(*rule);
        }
        left = rest;
    }
    None
}

/// `==` of strings, at compile time.
const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_of_a @ ..], [y, rest_of_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_of_a, rest_of_b);
    }
    a.is_empty() && b.is_empty()
}

/// A bit for each kind that makes the condition of some rule hold.
const CONDITIONS: u32 = {
    let (mut kinds, mut left) = (0, Rule::ALL.as_slice());
    while let [rule, rest @ ..] = left {
        kinds |= rule.condition().1.bit();
        left = rest;
    }
    kinds
};

const COUNT: usize = {
    let (mut count, mut left) = (0, Operation::ALL.as_slice());
    while let [operation, rest @ ..] = left {
        count += operation.spec().fields.len();
        left = rest;
    }
    count
};

/// All fields of all operations: what the module carries of the table.
#[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
static CHECKS: [Check; COUNT] = {
    const NONE: Check = Check::of(&Operation::GetAgent.spec().fields[0], true);
    let (mut checks, mut count) = ([NONE; COUNT], 0);
    let mut operations = Operation::ALL.as_slice();
    while let [operation, rest @ ..] = operations {
        let (mut first, mut fields) = (true, operation.spec().fields);
        while let [field, rest @ ..] = fields {
            checks[count] = Check::of(field, first);
            (first, fields, count) = (false, rest, count + 1);
        }
        operations = rest;
    }
    checks
};

/// The number of an operation's first field among all fields.
#[must_use]
pub fn first_field(operation: Operation) -> usize {
    Operation::ALL
        .iter()
        .take_while(|before| **before != operation)
        .map(|before| before.spec().fields.len())
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

    /// Looks at the field with this number among all fields ([`first_field`]). `number` is what the
    /// callers know of its value beyond its kind: the value itself where `kind` is [`Kind::Number`],
    /// else 0. The callers are `prepare` in `pkg-template/request.ts` and `kind` in
    /// `src/client/prepare.rs`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn field(&mut self, index: usize, kind: Kind, number: f64) -> Result<(), Fault> {
        let Some(check) = CHECKS.get(index) else {
            return Ok(());
        };
        if check.first {
            self.held = 0;
        }
        let expected = check.accepts;
        if kind == Kind::Absent && check.optional {
            return match check.needed_by {
                Some(rule) if self.held & 1 << rule as u32 != 0 => Err(Fault {
                    expected,
                    rule: Some(rule),
                }),
                _ => Ok(()),
            };
        }
        let kinds = KINDS.get(expected as usize).copied().unwrap_or_default();
        let fits = kinds & kind.bit() != 0 && (kind != Kind::Number || in_range(expected, number));
        if !fits {
            let rule = None;
            return Err(Fault { expected, rule });
        }
        if let Some(rule) = check.starts
            && CONDITIONS & kind.bit() != 0
        {
            self.held |= 1 << rule as u32;
        }
        Ok(())
    }
}

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
        let checked = checker.field(index, kind, number);
        checked.map_err(|fault| (field.name, fault))?;
    }
    Ok(())
}
