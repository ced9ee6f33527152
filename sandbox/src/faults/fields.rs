//! The fields of a fault's description.

use crate::http::Refusal;
use serde_json::{Map, Value};

/// A description. Its methods read fields and refuse invalid ones.
pub(super) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(super) fn new(input: &'a Map<String, Value>) -> Self {
        Self(input)
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// Refuses unknown fields.
    pub(super) fn only(&self, known: &[&[&str]]) -> Result<(), Refusal> {
        let known = known.concat();
        match self.0.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(Refusal::bad(format!(
                "{name} is not a field of this type of fault; its fields are {}",
                known.join(", ")
            ))),
        }
    }

    /// The refusal of an invalid field.
    pub(super) fn invalid(&self, name: &str, expected: &str) -> Refusal {
        Refusal::bad(match self.get(name) {
            Some(value) => format!("{name} must be {expected}, not {value}"),
            None => format!("{name} is required; it must be {expected}"),
        })
    }

    /// An optional boolean.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.invalid(name, "true or false")),
        }
    }

    /// A non-negative integer.
    pub(super) fn amount(&self, name: &str) -> Result<u64, Refusal> {
        self.get(name)
            .and_then(Value::as_u64)
            .ok_or_else(|| self.invalid(name, "a non-negative integer"))
    }

    /// A positive integer.
    pub(super) fn count(&self, name: &str) -> Result<u64, Refusal> {
        match self.amount(name)? {
            0 => Err(self.invalid(name, "a positive integer")),
            count => Ok(count),
        }
    }

    /// A non-negative integer, as a length.
    pub(super) fn size(&self, name: &str) -> Result<usize, Refusal> {
        Ok(usize::try_from(self.amount(name)?).unwrap_or(usize::MAX))
    }
}
