//! The names of operations and codes.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::error::Code;
use crate::operations::Operation;

/// The error for a text that is not one of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName {
    list: &'static str,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not the name of {}", self.list)
    }
}

impl std::error::Error for UnknownName {}

/// Reads and writes an enum as its names.
macro_rules! named {
    ($type:ident, $list:literal) => {
        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                let mut all = Self::ALL.iter().copied();
                let found = all.find(|one| one.name() == name);
                found.ok_or(UnknownName { list: $list })
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
                name.parse().map_err(D::Error::custom)
            }
        }
    };
}

named!(Operation, "an operation");
named!(Code, "a code");
