//! Items for the project's own tools, tests and fuzz targets. They are not part of the public API and change
//! without notice.

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
    use crate::client::argument;
    use crate::operations::Operation;
    use crate::{ApiRequest, Client};
    use alloc::vec::Vec;
    use serde_json::Value;

    /// Calls an operation with JSON arguments: the id if it has one, then the request if it has one.
    pub fn call(client: &Client, operation: Operation, arguments: Vec<Value>) -> ApiRequest<Value> {
        let arguments = arguments.into_iter().map(argument);
        client.request(operation, arguments.collect())
    }
}

/// Error codes.
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

/// The protocol between the npm module and its script.
pub mod protocol {
    pub use crate::protocol::*;
}

/// When to retry.
pub mod retry {
    pub use crate::retry::*;
}

/// Validates requests against the table.
pub mod validate {
    pub use crate::validate::*;
}
