//! The kinds of faults, as tests describe them. The npm package's types are made from these.

use crate::routes::Operation;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FaultKind {
    /// This answer, instead of the operation's own.
    Answer(AnswerFault),
    /// The operation's own answer, later.
    Delay(DelayFault),
    /// The connection is reset, and there is no answer.
    Drop(DropFault),
    /// Neither an answer nor an end of the connection comes, ever.
    StallHeaders(StallHeadersFault),
    /// The answer begins, and is never finished.
    StallBody(BodyFault),
    /// The answer begins, and then the connection is reset.
    CutBody(BodyFault),
    /// The answer comes in small pieces.
    Trickle(TrickleFault),
}

/// An answer that stands in for the operation's own.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AnswerFault {
    /// The status, from 200 to 599. 200 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers beside, or instead of, the operation's own; `null` takes one away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "typescript",
        tsify(type = "Record<string, string | number | string[] | null>")
    )]
    pub headers: Option<Map<String, Value>>,
    /// The body: a string as it is (`text/html`), anything else as JSON. Empty when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub body: Option<Value>,
    /// How often a body that is a string is repeated. Once when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub repeat: Option<usize>,
    /// Whether the operation is carried out all the same. `false` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carry_out: Option<bool>,
}

/// How long an answer is delayed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DelayFault {
    /// In milliseconds. The operation is carried out after them; who leaves earlier has asked for
    /// nothing.
    pub ms: u64,
}

/// When a connection is reset.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DropFault {
    /// `"before"` the request was read, so that nothing happens, or `"after"` the operation was
    /// carried out.
    pub when: When,
}

/// Before the request was read, or after the operation was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Nothing happens.
    Before,
    /// It happens, and the client does not hear of it.
    After,
}

/// Whether anything happens while the client waits for ever.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StallHeadersFault {
    /// Whether the operation is carried out. `true` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carry_out: Option<bool>,
}

/// How much of an answer's body comes. It is the operation's own answer, carried out, unless
/// `status`, `headers` or `body` are given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BodyFault {
    /// So many bytes of the body come; at least one is always missing.
    #[cfg_attr(feature = "typescript", tsify(type = "number"))]
    pub after_bytes: usize,
    #[serde(flatten)]
    pub(super) answer: AnswerFault,
}

/// The pace at which an answer's body comes. It is the operation's own answer, carried out, unless
/// `status`, `headers` or `body` are given.
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
    /// The only operation that it is for; without it, it is for any.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "operation_id"
    )]
    pub(super) operation: Option<Operation>,
    /// How often it still happens; `None` for always.
    pub(super) times: Option<u64>,
    #[serde(flatten)]
    pub(super) kind: FaultKind,
}

fn operation_id<S: Serializer>(
    operation: &Option<Operation>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    operation.map(Operation::id).serialize(serializer)
}
