//! What goes wrong, and in which operation.

use serde::{Deserialize, Serialize};

/// The eight operations, by their names in TypeScript and in the API's OpenAPI document.
#[cfg(feature = "typescript")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// Reads an agent.
    GetAgent,
    /// Creates an agent.
    CreateAgent,
    /// Changes an agent.
    UpdateAgent,
    /// Archives an agent.
    ArchiveAgent,
    /// Calls a contact.
    MakeAiCall,
    /// Asks for the URL of a recording.
    GetCallRecording,
    /// Reads a page of a conversation.
    GetContactMessages,
    /// Sends a message.
    SendMessage,
}

/// Why a call failed.
///
/// - `validation`: refused before anything was sent. `field` says which field, the message what was
///   expected.
/// - `bad_request`, `authentication`, `permission`, `not_found`, `rate_limited`, `server`: the
///   server answered 400, 401, 403, 404, 429, or 500 and above. `http`: it answered anything else
///   that is no success.
/// - `network`: no answer came. `cause` is what `fetch` rejected with.
/// - `timeout`: `attemptTimeout` or `timeout` ran out.
/// - `parse`: the server answered with success, but not with JSON.
/// - `load`: the client's WebAssembly could not be loaded.
#[cfg(feature = "typescript")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, tsify::Tsify)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Refused before anything was sent.
    Validation,
    /// The server answered 400.
    BadRequest,
    /// The server answered 401: the key is missing or wrong.
    Authentication,
    /// The server answered 403: the organization or sub-account is not the key's.
    Permission,
    /// The server answered 404.
    NotFound,
    /// The server answered 429: too many requests.
    RateLimited,
    /// The server answered 500 or above.
    Server,
    /// The server answered with another status that is no success, or said `"error": true` under a
    /// success.
    Http,
    /// No answer came.
    Network,
    /// `attemptTimeout` or `timeout` ran out.
    Timeout,
    /// A success whose body is not JSON.
    Parse,
    /// The client's WebAssembly could not be loaded.
    Load,
}

/// The body of an answer that says what went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ApiError {
    /// Always `true`.
    #[cfg_attr(feature = "typescript", tsify(type = "true"))]
    pub error: bool,
    /// What went wrong, in the server's words.
    pub message: String,
}
