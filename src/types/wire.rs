//! Small types for what the wire allows in one place only: one literal, nothing, or anything.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// The literal `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct False;

impl Serialize for False {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(false)
    }
}

impl<'de> Deserialize<'de> for False {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if bool::deserialize(deserializer)? {
            Err(D::Error::custom("expected false"))
        } else {
            Ok(False)
        }
    }
}

/// The literal `"hangup"`: the one voicemail type that needs no message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Hangup {
    /// Hang up when a voicemail answers.
    #[default]
    #[serde(rename = "hangup")]
    Hangup,
}

/// A value that cannot exist: the type of a field that a request must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Never {}

/// The fields of an answer that this version of the crate does not know, as the server sent them.
///
/// The API may add fields to its answers. They are kept, so that a caller can read them before the
/// crate learns their names.
pub type Unlisted = BTreeMap<String, serde_json::Value>;
