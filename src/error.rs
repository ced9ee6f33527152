//! Error codes, their messages, and what a failed call may have done.

use crate::enumerated::enumerated;

/// The header in which a proxy reports whether a failed call may have been processed: the word of a
/// [`Said`]. Any other word is ignored.
pub const MAYBE_DELIVERED_HEADER: &str = "centerfy-maybe-delivered";

/// The message for a redirect.
pub const REDIRECTED: &str = "the server sent a redirect, which the client does not follow";

/// The headers that may contain the id of a request, from the server or from a gateway in front of it. The
/// first one present counts.
pub const REQUEST_ID_HEADERS: [&str; 3] = ["x-request-id", "sb-request-id", "cf-ray"];

enumerated! {
    /// Why an operation failed.
    #[non_exhaustive]
    pub enum Code {
        /// Rejected before anything was sent.
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
        /// Any other status, or an error in a response with a success status.
        Http,
        /// `fetch` rejected.
        Network,
        /// `attemptTimeout` or `timeout` expired.
        Timeout,
        /// A success status with a body that is not a JSON object of the expected type.
        Parse,
        /// The module could not be loaded.
        Load,
    }
}

enumerated! {
    /// What a proxy reports about a failed call.
    pub enum Said {
        /// No attempt with the call's key was performed.
        NotDelivered,
        /// An attempt with the call's key may have been performed.
        MaybeDelivered,
        /// This attempt was not sent. The proxy did not look up whether an earlier one was.
        Unsent,
    }
}

impl Said {
    /// Its word in the header.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotDelivered => "false",
            Self::MaybeDelivered => "true",
            Self::Unsent => "unsent",
        }
    }
}

enumerated! {
    /// Whether a failed call may have been processed.
    pub enum Delivery {
        /// No attempt can have been processed.
        No,
        /// The last attempt may have been processed.
        Maybe,
        /// The last attempt was not processed, but an earlier one may have been.
        Earlier,
    }
}

impl Delivery {
    /// The end of the error's message.
    #[must_use]
    pub const fn warning(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Maybe => {
                "; the request may have been processed, so check before you send it again"
            }
            Self::Earlier => {
                "; an earlier attempt may have been processed, so check before you send it again"
            }
        }
    }
}

/// Whether a text states that something was not sent, as a proxy states about one request: a word that starts
/// with "not", followed by `sent` or `carried`.
#[cfg(feature = "client")]
#[must_use]
pub fn denies_delivery(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
        .skip_while(|word| !word.starts_with("not"))
        .any(|word| word.contains("sent") || word.contains("carried"))
}

impl Code {
    /// The code of a status.
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

    /// Its public name.
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

    /// The message if the server does not send one.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Validation => "the request is invalid",
            Self::BadRequest => "the API rejected the request",
            Self::Authentication => "the API key is missing or invalid",
            Self::Permission => "the API key does not have access to this",
            Self::NotFound => "not found",
            Self::RateLimited => "too many requests",
            Self::Server => "the API failed",
            Self::Http => "unexpected response",
            Self::Network => "no response",
            Self::Timeout => "timed out",
            Self::Parse => "the response is not a JSON object",
            Self::Load => "the WebAssembly module could not be loaded",
        }
    }
}
