//! What the API did, whatever its clients received.

use serde::Serialize;
use serde_json::{Map, Value};

/// One effect of the API that repeating the request would have again: an agent that was created, a
/// call that was placed, or a message that was sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Delivery {
    /// The operation that had the effect, by its name in the contract.
    #[cfg_attr(feature = "typescript", tsify(type = "Operation"))]
    pub operation: &'static str,
    /// The id of what was created: the agent, the call or the message.
    pub id: String,
    /// The request: the fields of its body and its path parameter.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>"))]
    pub request: Map<String, Value>,
    /// The response of the operation, even if the client did not receive it. For a message that an
    /// agent wrote, its `content` is the text that was sent.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>"))]
    pub response: Value,
    /// The time, in milliseconds since 1970.
    pub at: u64,
}
