//! What a field of a request accepts. Everything here is data: [`crate::validate`] compiles it into
//! masks and ranges, and the build writes its texts into the JavaScript tables.

use alloc::format;
use alloc::string::{String, ToString};

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
    /// An integer, 0 or more.
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

    /// The description of valid values, which follows "must be" in an error.
    #[must_use]
    pub fn expected(self) -> String {
        match self {
            Self::String { min, max } => string(min, max),
            Self::PathSegment => "a non-empty string other than \".\" or \"..\"".to_string(),
            Self::OneOf(words) => {
                let mut list = "one of".to_string();
                for (before, word) in core::iter::once(" ")
                    .chain(core::iter::repeat(", "))
                    .zip(words)
                {
                    list = list + before + "\"" + word + "\"";
                }
                list
            }
            Self::Boolean => "true or false".to_string(),
            Self::Number { min, max } => match (min, max) {
                (f64::MIN, f64::MAX) => "a finite number".to_string(),
                _ => format!(
                    "a number from {min} to {max}",
                    min = whole(min),
                    max = whole(max)
                ),
            },
            Self::Integer { min, max } => match max {
                MAX_SAFE_INTEGER => format!("an integer, {min} or more", min = whole(min)),
                _ => format!(
                    "an integer from {min} to {max}",
                    min = whole(min),
                    max = whole(max)
                ),
            },
            Self::Object => "an object".to_string(),
            Self::Nothing => "omitted because it cannot be changed".to_string(),
        }
    }
}

/// Formats a limit for an error. All limits are integers, and Rust's code to format other numbers adds 5 KB
/// (brotli) to a program.
fn whole(limit: f64) -> i64 {
    limit as i64
}

fn string(min: f64, max: f64) -> String {
    match (min, max) {
        (0.0, f64::INFINITY) => "a string".to_string(),
        (1.0, f64::INFINITY) => "a non-empty string".to_string(),
        (_, f64::INFINITY) => format!("a string of at least {min} characters", min = whole(min)),
        (0.0, _) => format!("a string of at most {max} characters", max = whole(max)),
        _ => format!(
            "a string of {min} to {max} characters",
            min = whole(min),
            max = whole(max)
        ),
    }
}
