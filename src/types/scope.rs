//! To whom things belong.

use serde::{Deserialize, Serialize};

/// The organization and the sub-account of an API key. They are always the same for one key, and a
/// request that names others is refused.
///
/// A struct, so that the two ids cannot be mixed up where a request asks for both.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The organization (a UUID).
    pub organization_id: String,
    /// The sub-account (a UUID).
    pub sub_account_id: String,
}
