//! What can go wrong, as a code.

use crate::enumerated::enumerated;

/// What is added to the words of an error that may have reached a person or made something.
pub const MAYBE_DELIVERED: &str =
    "; it may have been carried out, so look before you send it again";

enumerated! {
    /// Why an operation failed.
    pub enum Code {
        /// Refused before anything was sent.
        Validation,
        /// 400
        BadRequest,
        /// 401
        Authentication,
        /// 403
        Permission,
        /// 404
        NotFound,
        /// 429
        RateLimited,
        /// 500 to 599
        Server,
        /// Any other status, and an error under a status of success.
        Http,
        /// `fetch` rejected.
        Network,
        /// `attemptTimeout` or `timeout` ran out.
        Timeout,
        /// A status of success with a body that is not JSON.
        Parse,
        /// The module could not be loaded.
        Load,
    }
}

impl Code {
    /// The code of an answer's status.
    #[must_use]
    pub const fn of_status(status: u32) -> Self {
        match status {
            400 => Self::BadRequest,
            401 => Self::Authentication,
            403 => Self::Permission,
            404 => Self::NotFound,
            429 => Self::RateLimited,
            500..=599 => Self::Server,
            _ => Self::Http,
        }
    }

    /// Its name, as a user sees it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Validation => "validation",
            Self::BadRequest => "bad_request",
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Server => "server",
            Self::Http => "http",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Parse => "parse",
            Self::Load => "load",
        }
    }

    /// What is said of it where the server says nothing.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Validation => "not a valid request",
            Self::BadRequest => "the API refused the request",
            Self::Authentication => "the API key is missing or not valid",
            Self::Permission => "the API key has no access to this",
            Self::NotFound => "nothing has this id",
            Self::RateLimited => "too many requests",
            Self::Server => "the API failed",
            Self::Http => "an unexpected answer",
            Self::Network => "no answer",
            Self::Timeout => "no answer in time",
            Self::Parse => "the answer is not JSON",
            Self::Load => "the WebAssembly module could not be loaded",
        }
    }
}
