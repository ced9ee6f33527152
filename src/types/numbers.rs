//! Writes and reads numbers as the other clients of the API do: JavaScript has one type of number and
//! writes 30.0 as `30`.

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

/// The largest integer up to which an `f64` represents every integer exactly.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes an integer without a fraction: a number that was read as `15` is not written as `15.0`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde requires it")]
pub(super) fn write<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // JSON has no such number. It is written as a string, so that the error can name it.
    if !number.is_finite() {
        let name = match number {
            _ if number.is_nan() => "NaN",
            _ if *number > 0.0 => "Infinity",
            _ => "-Infinity",
        };
        return serializer.serialize_str(name);
    }
    let whole = *number as i64;
    if number.abs() < LARGEST_WHOLE && whole as f64 == *number {
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*number)
    }
}

/// [`write`] for an optional field.
pub(super) fn write_some<S: Serializer>(
    number: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => write(number, serializer),
        None => serializer.serialize_none(),
    }
}

/// A count, read from `50`, `50.0` or `5e1`, which are equal in JSON.
pub(super) struct Count(u64);

impl From<Count> for u64 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;

        impl Visitor<'_> for Whole {
            type Value = Count;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a non-negative integer")
            }

            fn visit_u64<E: Error>(self, count: u64) -> Result<Count, E> {
                Ok(Count(count))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Count, E> {
                let count = number as u64;
                if number < LARGEST_WHOLE && count as f64 == number {
                    Ok(Count(count))
                } else {
                    Err(E::invalid_value(Unexpected::Float(number), &self))
                }
            }
        }

        deserializer.deserialize_u64(Whole)
    }
}
