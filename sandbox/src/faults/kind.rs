//! The types of faults. The types of the npm package are generated from these.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a fault does to a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FaultKind {
    /// The client receives this response instead of the operation's own.
    Answer(AnswerFault),
    /// The operation's own response is delayed.
    Delay(DelayFault),
    /// The connection is reset without a response.
    Drop(DropFault),
    /// The connection stays open without a response.
    StallHeaders(StallHeadersFault),
    /// The response body stops before its end, and the connection stays open.
    StallBody(BodyFault),
    /// The response body stops before its end, and the connection is reset.
    CutBody(BodyFault),
    /// The response body arrives in small pieces.
    Trickle(TrickleFault),
}

/// A response that replaces the operation's own.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AnswerFault {
    /// The status, from 200 to 599. Defaults to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers that are added to the operation's own or replace them; `null` removes a header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "typescript",
        tsify(type = "Record<string, string | number | string[] | null>")
    )]
    pub headers: Option<Map<String, Value>>,
    /// The body. A string is sent as it is, with the type `text/html`; anything else as JSON.
    /// Defaults to an empty body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub body: Option<Value>,
    /// How many times a string `body` is repeated. Defaults to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub repeat: Option<usize>,
    /// Whether the operation is performed nevertheless. Defaults to `false`; for a type that
    /// transfers the operation's own response, to `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carry_out: Option<bool>,
}

/// How long a response is delayed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DelayFault {
    /// The delay, in milliseconds. The operation is performed after it, unless the client
    /// disconnects first.
    pub ms: u64,
}

/// When a connection is reset.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DropFault {
    /// `"before"`: the operation is not performed. `"after"`: it is performed, and the client
    /// receives no response.
    pub when: When,
}

/// When a connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Before the request is read. The operation is not performed.
    Before,
    /// After the operation is performed.
    After,
}

/// Whether the operation is performed while the client waits.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StallHeadersFault {
    /// Whether the operation is performed. Defaults to `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carry_out: Option<bool>,
}

/// How much of the response body arrives. The response is the operation's own, unless `status`,
/// `headers` or `body` replace it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BodyFault {
    /// The number of bytes that arrive. At least one byte of the body is always missing.
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub after_bytes: usize,
    #[serde(flatten)]
    pub(super) answer: AnswerFault,
}

/// The pace at which the response body arrives. The response is the operation's own, unless
/// `status`, `headers` or `body` replace it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TrickleFault {
    /// The length of a piece, in bytes.
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub bytes: usize,
    /// The time before each piece, in milliseconds.
    pub every_ms: u64,
    #[serde(flatten)]
    pub(super) answer: AnswerFault,
}

/// A fault that waits for its requests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Fault {
    /// The id of the operation that it applies to; `None` for any operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<&'static str>,
    /// How many more times it applies; `None` for always.
    pub(super) times: Option<u64>,
    #[serde(flatten)]
    pub(super) kind: FaultKind,
}
