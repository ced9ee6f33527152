//! The scope of an API key.

use serde::{Deserialize, Serialize};

/// The organization and the sub-account of an API key. They are always the same for a given key. The API
/// rejects a request that names others.
///
/// It is a struct, so that the two ids of a request cannot be swapped by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The organization (a UUID).
    pub organization_id: String,
    /// The sub-account (a UUID).
    pub sub_account_id: String,
}
