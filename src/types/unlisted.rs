//! What an answer brings beyond the fields that this version knows.

use std::collections::BTreeMap;

/// The fields of an answer that this version of the crate does not know, as the server sent them.
///
/// The API may add fields to its answers. They are kept, so that a caller can read them before the
/// crate learns their names.
pub type Unlisted = BTreeMap<String, serde_json::Value>;
