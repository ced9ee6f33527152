//! What a field of a request accepts. Everything here is data: [`crate::validate`] compiles it into
//! masks and ranges, and the build writes its texts into the JavaScript tables.

use crate::text::Text;

/// The largest integer that JavaScript represents exactly.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What the value of a field may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Accepts {
    /// A string of `min` to `max` characters, counted as Unicode code points.
    String {
        /// The minimum length.
        min: f64,
        /// The maximum length, infinite for no limit.
        max: f64,
    },
    /// A string that becomes one segment of a path: any except `""`, `"."` and `".."`.
    PathSegment,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number from `min` to `max`.
    Number {
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
    },
    /// An integer from `min` to `max`.
    Integer {
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
    },
    /// An object that is not an array.
    Object,
    /// Nothing: the API does not accept this field here.
    Nothing,
}

impl Accepts {
    /// Any string.
    pub const TEXT: Self = Self::string(0, u32::MAX);
    /// An id in a body: any non-empty string.
    pub const ID: Self = Self::string(1, u32::MAX);
    /// Any finite number.
    pub const NUMBER: Self = Self::number(f64::MIN, f64::MAX);
    /// A non-negative integer.
    pub const COUNT: Self = Self::integer(0.0, MAX_SAFE_INTEGER);

    /// A string of `min` to `max` characters; `u32::MAX` for no limit.
    #[must_use]
    pub const fn string(min: u32, max: u32) -> Self {
        let max = if max == u32::MAX {
            f64::INFINITY
        } else {
            max as f64
        };
        Self::String {
            min: min as f64,
            max,
        }
    }

    /// A number in a range.
    #[must_use]
    pub const fn number(min: f64, max: f64) -> Self {
        Self::Number { min, max }
    }

    /// An integer in a range.
    #[must_use]
    pub const fn integer(min: f64, max: f64) -> Self {
        Self::Integer { min, max }
    }

    /// The strings that it names, and so tells apart from all others.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::PathSegment => &[".", ".."],
            Self::OneOf(words) => words,
            _ => &[],
        }
    }

    /// The description of valid values, which follows "must be" in an error, after `text`.
    pub(crate) const fn expected(self, text: Text) -> Text {
        match self {
            Self::String { min, max } => string(text, min, max),
            Self::PathSegment => text.and("a non-empty string other than \".\" or \"..\""),
            Self::OneOf(words) => list(text.and("one of "), words),
            Self::Boolean => text.and("true or false"),
            Self::Number {
                min: f64::MIN,
                max: f64::MAX,
            } => text.and("a finite number"),
            Self::Number { min, max } => range(text.and("a number"), min, max),
            Self::Integer {
                min: 0.0,
                max: MAX_SAFE_INTEGER,
            } => text.and("a non-negative integer"),
            Self::Integer {
                min,
                max: MAX_SAFE_INTEGER,
            } => text.and("an integer, ").number(min).and(" or more"),
            Self::Integer { min, max } => range(text.and("an integer"), min, max),
            Self::Object => text.and("an object"),
            Self::Nothing => text.and("omitted because it cannot be changed"),
        }
    }
}

const fn range(text: Text, min: f64, max: f64) -> Text {
    text.and(" from ").number(min).and(" to ").number(max)
}

const fn list(mut text: Text, mut words: &[&str]) -> Text {
    while let [word, rest @ ..] = words {
        text = text.and("\"").and(word).and("\"");
        if !rest.is_empty() {
            text = text.and(", ");
        }
        words = rest;
    }
    text
}

const fn string(text: Text, min: f64, max: f64) -> Text {
    match (min, max) {
        (0.0, f64::INFINITY) => text.and("a string"),
        (1.0, f64::INFINITY) => text.and("a non-empty string"),
        (_, f64::INFINITY) => {
            let text = text.and("a string of at least ").number(min);
            text.and(" characters")
        }
        (0.0, _) => {
            let text = text.and("a string of at most ").number(max);
            text.and(" characters")
        }
        _ => {
            let text = text.and("a string of ").number(min).and(" to ").number(max);
            text.and(" characters")
        }
    }
}
