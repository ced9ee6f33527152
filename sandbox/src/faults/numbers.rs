//! Numbers in a fault's description.

use crate::http::Refusal;
use serde_json::{Map, Value};

/// A whole number of 1 or more.
pub(super) fn count(given: &Map<String, Value>, name: &str) -> Result<u64, Refusal> {
    amount(given, name)?
        .checked_sub(1)
        .map(|less| less + 1)
        .ok_or_else(|| Refusal::bad(format!("{name} must be 1 or more")))
}

/// A whole number of 0 or more.
pub(super) fn amount(given: &Map<String, Value>, name: &str) -> Result<u64, Refusal> {
    given
        .get(name)
        .and_then(Value::as_u64)
        .ok_or_else(|| Refusal::bad(format!("{name} must be a whole number of 0 or more")))
}

/// The same as a length.
pub(super) fn size(given: &Map<String, Value>, name: &str) -> Result<usize, Refusal> {
    Ok(usize::try_from(amount(given, name)?).unwrap_or(usize::MAX))
}
