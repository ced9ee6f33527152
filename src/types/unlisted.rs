//! The unknown fields of a response.

use std::collections::BTreeMap;

/// The fields of a response that this version of the crate does not know, as the server sent them.
///
/// The API may add fields to its responses. They are kept, so that a program can read them before the crate
/// supports them.
pub type Unlisted = BTreeMap<String, serde_json::Value>;
