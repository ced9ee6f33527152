//! What the project's own tools, tests and fuzz targets need beside the public items. It is no part of
//! what the crate promises, and changes without notice.

/// What a field accepts.
pub mod accepts {
    pub use crate::accepts::*;
}

/// One call as a state machine.
pub mod call {
    pub use crate::call::*;
}

/// Calls of any operation.
#[cfg(feature = "client")]
pub mod client {
    use crate::operations::Operation;
    use crate::{ApiRequest, Client};
    use alloc::vec::Vec;
    use serde_json::Value;

    /// Calls an operation with JSON arguments: the id if it has one, then the request if it has one.
    pub fn call(client: &Client, operation: Operation, arguments: Vec<Value>) -> ApiRequest<Value> {
        client.request(operation, arguments)
    }
}

/// What can go wrong, as a code.
pub mod error {
    pub use crate::error::*;
}

/// The rate limiter.
#[cfg(feature = "client")]
pub mod limiter {
    pub use crate::limiter::*;
}

/// The table of the operations.
pub mod operations {
    pub use crate::operations::*;
}

/// What the npm module and its script say to each other.
pub mod protocol {
    pub use crate::protocol::*;
}

/// When to send again.
pub mod retry {
    pub use crate::retry::*;
}

/// Requests against the table.
pub mod validate {
    pub use crate::validate::*;
}
