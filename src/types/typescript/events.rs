//! The events that the npm package's client passes to its `onEvent`.

use crate::operations::Operation;

/// What happened to a call. `type` distinguishes the kinds of events.
///
/// The events of a call are, in order: for each attempt a `"queued"` if it waits for the rate limiter, a
/// `"request"`, then a `"response"` or a `"failure"`, and a `"retry"` if another attempt follows; at the end one
/// `"end"`. After an abort only `"end"` follows.
///
/// No event has a key, a body, or the query of a signed URL.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum CenterfyEvent {
    /// It waits for the rate limiter.
    Queued(QueuedEvent),
    /// It is sent.
    Request(RequestEvent),
    /// A response arrived.
    Response(ResponseEvent),
    /// No response arrived.
    Failure(FailureEvent),
    /// Another attempt follows.
    Retry(RetryEvent),
    /// The call has ended.
    End(EndEvent),
}

/// An attempt is queued for a slot under the rate limit.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct QueuedEvent {
    /// The kind of event.
    #[tsify(type = "\"queued\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the attempt, from 1 up.
    pub(super) attempt: f64,
    /// The URL to which it will be sent.
    pub(super) url: String,
}

/// An attempt is sent.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestEvent {
    /// The kind of event.
    #[tsify(type = "\"request\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the attempt, from 1 up.
    pub(super) attempt: f64,
    /// The URL to which it is sent.
    pub(super) url: String,
}

/// An attempt got a response.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResponseEvent {
    /// The kind of event.
    #[tsify(type = "\"response\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the attempt, from 1 up.
    pub(super) attempt: f64,
    /// The URL to which it was sent.
    pub(super) url: String,
    /// The HTTP status.
    pub(super) status: f64,
    /// The id that the server, or a gateway in front of it, assigned to the request.
    #[tsify(optional)]
    pub(super) request_id: Option<String>,
    /// How long the attempt took, including reading the response, in milliseconds.
    pub(super) duration_ms: f64,
}

/// An attempt got no complete response.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct FailureEvent {
    /// The kind of event.
    #[tsify(type = "\"failure\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the attempt, from 1 up.
    pub(super) attempt: f64,
    /// The URL to which it was sent.
    pub(super) url: String,
    /// The HTTP status, 0 if no headers arrived.
    pub(super) status: f64,
    /// The id that the server, or a gateway in front of it, assigned to the request.
    #[tsify(optional)]
    pub(super) request_id: Option<String>,
    /// How long the attempt took, including reading the response, in milliseconds.
    pub(super) duration_ms: f64,
    /// Whether the connection was lost, or `attemptTimeout` or `timeout` expired.
    #[tsify(type = "\"network\" | \"timeout\"")]
    pub(super) reason: (),
    /// The error that `fetch` rejected with, without the key. Absent after a timeout.
    #[tsify(optional, type = "unknown")]
    pub(super) error: (),
}

/// An attempt failed, and another one follows.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RetryEvent {
    /// The kind of event.
    #[tsify(type = "\"retry\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the attempt that failed, from 1 up.
    pub(super) attempt: f64,
    /// The URL to which it was sent.
    pub(super) url: String,
    /// Why: the HTTP status of the response, a lost connection, or a timeout.
    #[tsify(type = "\"status\" | \"network\" | \"timeout\"")]
    pub(super) reason: (),
    /// How long the call waits before its next attempt, in milliseconds.
    pub(super) delay_ms: f64,
}

/// A call has ended. Every call has one such event.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct EndEvent {
    /// The kind of event.
    #[tsify(type = "\"end\"")]
    pub(super) r#type: (),
    /// The number of the call, the same in all of its events. No other call of this process or page has it.
    pub(super) call_id: f64,
    /// The operation.
    pub(super) operation: Operation,
    /// The number of the last attempt, 0 if no request was sent.
    pub(super) attempt: f64,
    /// The URL of its requests. Absent if the call was refused before its first request.
    #[tsify(optional)]
    pub(super) url: Option<String>,
    /// How the call ended: `"success"`, `"aborted"` by its signal, the `code` of its `CenterfyError`, or `"error"` for
    /// an error of another kind, such as one of a custom rate limiter.
    #[tsify(type = "\"success\" | \"aborted\" | \"error\" | ErrorCode")]
    pub(super) outcome: (),
    /// How many requests were sent.
    pub(super) attempts: f64,
    /// How long the call took, with all attempts and waits, in milliseconds.
    pub(super) duration_ms: f64,
    /// How long of it the call was queued for slots under the rate limit, in milliseconds.
    pub(super) queued_ms: f64,
}
