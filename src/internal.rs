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
