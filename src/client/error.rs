//! The errors that a call can end with.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::cause::Cause;
use crate::error::Code;
use crate::operations::Operation;
use crate::types::Json;

/// The reason why a call failed. Each variant documents when it occurs and which setting affects it.
/// All variants carry a [`Failure`], whose fields the error's methods return too.
///
/// A call that is dropped ends without an error.
///
/// ```
/// use centerfy::CenterfyError;
///
/// fn explain(error: &CenterfyError) -> String {
///     match error {
///         CenterfyError::Validation(failure) => format!("please correct {:?}", failure.field),
///         CenterfyError::NotFound(_) => "it does not exist".into(),
///         error if error.maybe_delivered() => "check before you send it again".into(),
///         error => error.to_string(),
///     }
/// }
/// # let client = centerfy::Client::new("not a key");
/// # assert!(explain(&client.unwrap_err()).contains("api_key"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CenterfyError {
    /// Rejected before anything was sent: a request breaks one of the API's rules, or an id or an option
    /// of the client is invalid. `field` names the field, and the message says what was expected. No
    /// setting turns this off.
    Validation(Box<Failure>),
    /// The server responded with 400: it rejected the request, which had passed the client's own checks.
    BadRequest(Box<Failure>),
    /// The server responded with 401: the key is missing or invalid. Check
    /// [`api_key`](super::ClientBuilder::api_key) and [`auth`](super::ClientBuilder::auth).
    Authentication(Box<Failure>),
    /// The server responded with 403: the key is valid, but does not have access to the organization or
    /// the sub-account.
    Permission(Box<Failure>),
    /// The server responded with 404: no resource has this id.
    NotFound(Box<Failure>),
    /// The server responded with 429 more often than
    /// [`max_retries`](super::ClientBuilder::max_retries) allows, or requested a longer wait than
    /// [`timeout`](super::ClientBuilder::timeout) allows; `retry_after` then has that wait.
    /// [`rate_limit`](super::ClientBuilder::rate_limit) prevents most of these errors.
    RateLimited(Box<Failure>),
    /// The server responded with 500 to 599. Operations that are safe to repeat were retried first, as
    /// often as [`max_retries`](super::ClientBuilder::max_retries) allows.
    Server(Box<Failure>),
    /// The server responded with another status, such as a redirect, or with `"error": true` in a
    /// response with a success status. A wrong [`base_url`](super::ClientBuilder::base_url) can be the
    /// cause.
    Http(Box<Failure>),
    /// No response was received: the server is unreachable, the connection was closed, or a browser
    /// blocked the response (CORS). Operations that are safe to repeat were retried first, as often as
    /// [`max_retries`](super::ClientBuilder::max_retries) allows.
    Network(Box<Failure>),
    /// No complete response was received within
    /// [`attempt_timeout`](super::ClientBuilder::attempt_timeout), on the last attempt, or within
    /// [`timeout`](super::ClientBuilder::timeout).
    Timeout(Box<Failure>),
    /// The server responded with a success status, but the body is larger than
    /// [`max_response_bytes`](super::ClientBuilder::max_response_bytes), is not a JSON object, or does
    /// not match the response's type. If the type does not match, the message names the field and what
    /// was expected, without the field's value, and `body` has the whole body.
    Parse(Box<Failure>),
}

/// The details of a failed call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Failure {
    /// The operation. `None` if the client could not be built.
    pub operation: Option<Operation>,
    /// What happened. The server's own message, if it sent one.
    pub message: String,
    /// The HTTP status of the last response.
    pub status: Option<u16>,
    /// The first invalid field (`voicemail_message`, `agent_id`). With the status 400: the field of the request
    /// that the server's message names, if it names one.
    pub field: Option<Cow<'static, str>>,
    /// Every invalid field, if the request was rejected before anything was sent. The first one is also in `field`
    /// and `message`.
    pub issues: Vec<Issue>,
    /// The body of the last response. If it is not JSON, the beginning of its text, as a JSON string.
    pub body: Option<Json>,
    /// The server's request id, for support requests.
    pub request_id: Option<String>,
    /// The wait that the server requests. [`Duration::MAX`] if it is longer than a [`Duration`] can hold.
    pub retry_after: Option<Duration>,
    /// The transport's error, if no response was received. It is also the error's
    /// [`source`](std::error::Error::source).
    pub cause: Option<Cause>,
    /// The number of requests that were sent.
    pub attempts: u32,
    /// Whether the request may have reached a person or created something although the call failed, so
    /// that another request could do so again.
    pub maybe_delivered: bool,
}

/// An invalid field of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Issue {
    /// Its name.
    pub field: Cow<'static, str>,
    /// What is wrong with it, to be shown at the field: `is required when webhook is true`.
    pub message: String,
}

impl Issue {
    /// `field` is the JavaScript name.
    pub(super) fn new(field: &'static str, message: String) -> Self {
        Self {
            field: rust_name(field).into(),
            message,
        }
    }
}

impl CenterfyError {
    pub(super) fn new(code: Code, failure: Failure) -> Self {
        let failure = Box::new(failure);
        match code {
            Code::Validation => Self::Validation(failure),
            Code::BadRequest => Self::BadRequest(failure),
            Code::Authentication => Self::Authentication(failure),
            Code::Permission => Self::Permission(failure),
            Code::NotFound => Self::NotFound(failure),
            Code::RateLimited => Self::RateLimited(failure),
            Code::Server => Self::Server(failure),
            // Only the npm package has a module to load.
            Code::Http | Code::Load => Self::Http(failure),
            Code::Network => Self::Network(failure),
            Code::Timeout => Self::Timeout(failure),
            Code::Parse => Self::Parse(failure),
        }
    }

    /// The error for an invalid value. It never contains the value.
    pub(super) fn invalid(
        operation: Option<Operation>,
        field: &'static str,
        expected: &str,
    ) -> Self {
        let issue = Issue::new(field, format!("must be {expected}"));
        Self::refused(operation, vec![issue])
    }

    /// The error for invalid fields, whose message is about the first one.
    pub(super) fn refused(operation: Option<Operation>, issues: Vec<Issue>) -> Self {
        let before = operation.map_or_else(String::new, |it| format!("{it}: "));
        let first = issues.first();
        Self::Validation(Box::new(Failure {
            operation,
            field: first.map(|issue| issue.field.clone()),
            message: first.map_or_else(String::new, |Issue { field, message }| {
                format!("{before}{field} {message}")
            }),
            issues,
            ..Failure::default()
        }))
    }

    /// Returns the details of the failure.
    #[must_use]
    pub fn failure(&self) -> &Failure {
        match self {
            Self::Validation(failure)
            | Self::BadRequest(failure)
            | Self::Authentication(failure)
            | Self::Permission(failure)
            | Self::NotFound(failure)
            | Self::RateLimited(failure)
            | Self::Server(failure)
            | Self::Http(failure)
            | Self::Network(failure)
            | Self::Timeout(failure)
            | Self::Parse(failure) => failure,
        }
    }

    /// Returns the error's code, the same as in the npm package. [`Code::name`] is its name in logs.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Validation(_) => Code::Validation,
            Self::BadRequest(_) => Code::BadRequest,
            Self::Authentication(_) => Code::Authentication,
            Self::Permission(_) => Code::Permission,
            Self::NotFound(_) => Code::NotFound,
            Self::RateLimited(_) => Code::RateLimited,
            Self::Server(_) => Code::Server,
            Self::Http(_) => Code::Http,
            Self::Network(_) => Code::Network,
            Self::Timeout(_) => Code::Timeout,
            Self::Parse(_) => Code::Parse,
        }
    }

    /// See [`Failure::operation`].
    #[must_use]
    pub fn operation(&self) -> Option<Operation> {
        self.failure().operation
    }

    /// See [`Failure::status`].
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.failure().status
    }

    /// See [`Failure::field`].
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.failure().field.as_deref()
    }

    /// See [`Failure::issues`].
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.failure().issues
    }

    /// See [`Failure::body`].
    #[must_use]
    pub fn body(&self) -> Option<&Json> {
        self.failure().body.as_ref()
    }

    /// See [`Failure::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.failure().request_id.as_deref()
    }

    /// See [`Failure::retry_after`].
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.failure().retry_after
    }

    /// See [`Failure::attempts`].
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.failure().attempts
    }

    /// See [`Failure::maybe_delivered`].
    #[must_use]
    pub fn maybe_delivered(&self) -> bool {
        self.failure().maybe_delivered
    }
}

/// The Rust name of an argument. The table of operations has the JavaScript names.
fn rust_name(field: &'static str) -> &'static str {
    match field {
        "agentId" => "agent_id",
        "callId" => "call_id",
        "contactId" => "contact_id",
        other => other,
    }
}

impl fmt::Display for CenterfyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.failure().message)
    }
}

impl std::error::Error for CenterfyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failure().cause.as_ref().map(|cause| cause as _)
    }
}
