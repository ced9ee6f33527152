//! What a call can end with instead of its answer.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cause::Cause;
use crate::error::Code;
use crate::operations::Operation;

/// Why a call failed. Each variant says when it occurs, and which setting has a say in it; all carry
/// the same [`Failure`], whose fields the error's own methods give too.
///
/// A call that is given up by dropping it ends with no error: nobody is there to read one.
///
/// ```
/// use centerfy::CenterfyError;
///
/// fn explain(error: &CenterfyError) -> String {
///     match error {
///         CenterfyError::Validation(failure) => format!("please mend {:?}", failure.field),
///         CenterfyError::NotFound(_) => "it is gone".into(),
///         error if error.maybe_delivered() => "look before you send it again".into(),
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
    /// Refused before anything was sent: a request breaks one of the API's rules, an id is no id, or
    /// an option of the client is not what it has to be. `field` says which, and the message what was
    /// expected. No setting turns this off.
    Validation(Box<Failure>),
    /// The server answered 400: it refuses the request for a reason that no rule here knows.
    BadRequest(Box<Failure>),
    /// The server answered 401: the key is missing or not valid. Look at
    /// [`api_key`](super::ClientBuilder::api_key) and [`auth`](super::ClientBuilder::auth).
    Authentication(Box<Failure>),
    /// The server answered 403: the key is good, but the organization or the sub-account is not its.
    Permission(Box<Failure>),
    /// The server answered 404: nothing has this id.
    NotFound(Box<Failure>),
    /// The server answered 429 once more than [`max_retries`](super::ClientBuilder::max_retries)
    /// allows, or asks for a wait that [`timeout`](super::ClientBuilder::timeout) would not outlast;
    /// then `retry_after` tells it. [`rate_limit`](super::ClientBuilder::rate_limit) keeps calls from
    /// getting here.
    RateLimited(Box<Failure>),
    /// The server answered 500 to 599. Operations that may be repeated were tried again before, as
    /// often as [`max_retries`](super::ClientBuilder::max_retries) allows.
    Server(Box<Failure>),
    /// The server answered with another status, a redirect included, or said `"error": true` under a
    /// status of success. A wrong [`base_url`](super::ClientBuilder::base_url) can be the cause.
    Http(Box<Failure>),
    /// No answer came: the server cannot be reached, the connection broke, or a browser refused the
    /// answer (CORS). Operations that may be repeated were tried again before, as often as
    /// [`max_retries`](super::ClientBuilder::max_retries) allows.
    Network(Box<Failure>),
    /// No whole answer came within [`attempt_timeout`](super::ClientBuilder::attempt_timeout), at the
    /// last attempt, or [`timeout`](super::ClientBuilder::timeout).
    Timeout(Box<Failure>),
    /// The server answered with success, but its body is no JSON object, or one that does not fit the
    /// answer's type; then the message names the field and what it must be, without the value that it
    /// had, and `body` has it whole. No setting has a say in it.
    Parse(Box<Failure>),
}

/// What is known of a call that failed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Failure {
    /// Which operation it was; `None` where a client could not be made.
    pub operation: Option<Operation>,
    /// What happened, in words: the server's own where it said some.
    pub message: String,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// The first field that is not what it must be (`voicemail_message`, `agent_id`).
    pub field: Option<Cow<'static, str>>,
    /// The body of the last answer: its JSON; else, or where that is more than 127 deep, the beginning
    /// of its text.
    pub body: Option<Value>,
    /// The server's own number of the request, to give to whoever runs it.
    pub request_id: Option<String>,
    /// How long the server asks to wait; [`Duration::MAX`] for longer than a duration can be.
    pub retry_after: Option<Duration>,
    /// What the transport said, where no answer came; the error's
    /// [`source`](std::error::Error::source) too.
    pub cause: Option<Cause>,
    /// How many requests were sent.
    pub attempts: u32,
    /// Whether the request may have reached a person or made something although the call failed, and
    /// a further one would do so a second time.
    pub maybe_delivered: bool,
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

    /// The error for something that is not what it has to be. Its value is never repeated.
    pub(super) fn invalid(
        operation: Option<Operation>,
        field: &'static str,
        expected: &str,
    ) -> Self {
        Self::refused(operation, field, &format!("must be {expected}"))
    }

    /// The error for a field, with what is wrong with it.
    pub(super) fn refused(
        operation: Option<Operation>,
        field: &'static str,
        problem: &str,
    ) -> Self {
        let field = rust_name(field);
        let before = operation.map_or_else(String::new, |it| format!("{it}: "));
        Self::Validation(Box::new(Failure {
            operation,
            field: Some(field.into()),
            message: format!("{before}{field} {problem}"),
            ..Failure::default()
        }))
    }

    /// All that is known.
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

    /// Its code, as the npm package's errors have it; [`Code::name`] is the word for logs.
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

    /// See [`Failure::body`].
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
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

/// The name of an argument in Rust; the table has that of JavaScript.
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
