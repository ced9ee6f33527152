//! The fields of a fault's description.

use crate::http::Refusal;
use serde_json::{Map, Value};

/// A description, and the words for what is wrong in it.
pub(super) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(super) fn new(given: &'a Map<String, Value>) -> Self {
        Self(given)
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// Refuses a field that is in none of these lists: most likely it is misspelled.
    pub(super) fn only(&self, known: &[&[&str]]) -> Result<(), Refusal> {
        let known = known.concat();
        match self.0.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(Refusal::bad(format!(
                "{name} is no field of this type of fault; it has {}",
                known.join(", ")
            ))),
        }
    }

    /// The refusal of a field that is not as it must be.
    pub(super) fn wrong(&self, name: &str, expected: &str) -> Refusal {
        Refusal::bad(match self.get(name) {
            Some(value) => format!("{name} must be {expected}, not {value}"),
            None => format!("{name} must be {expected}"),
        })
    }

    /// `true`, `false`, or nothing.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// A whole number of 0 or more.
    pub(super) fn amount(&self, name: &str) -> Result<u64, Refusal> {
        self.get(name)
            .and_then(Value::as_u64)
            .ok_or_else(|| self.wrong(name, "a whole number of 0 or more"))
    }

    /// A whole number of 1 or more.
    pub(super) fn count(&self, name: &str) -> Result<u64, Refusal> {
        match self.amount(name)? {
            0 => Err(self.wrong(name, "1 or more")),
            count => Ok(count),
        }
    }

    /// A whole number of 0 or more as a length.
    pub(super) fn size(&self, name: &str) -> Result<usize, Refusal> {
        Ok(usize::try_from(self.amount(name)?).unwrap_or(usize::MAX))
    }
}
