//! What the npm package's client tells its `onEvent`.

use crate::operations::Operation;

/// What happened to a request. `type` tells the four kinds apart.
///
/// No event has a key, a body, or the query of a signed URL.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub(super) enum CenterfyEvent {
    /// It waits for the rate limiter.
    Queued(QueuedEvent),
    /// It is sent.
    Request(RequestEvent),
    /// An answer came.
    Response(ResponseEvent),
    /// It will be tried again.
    Retry(RetryEvent),
}

/// An attempt waits for its turn at the rate limiter.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct QueuedEvent {
    /// The kind of event.
    #[tsify(type = "\"queued\"")]
    pub(super) r#type: (),
    /// The operation.
    pub(super) operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub(super) attempt: f64,
    /// The URL that it will be sent to.
    pub(super) url: String,
}

/// An attempt is sent.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestEvent {
    /// The kind of event.
    #[tsify(type = "\"request\"")]
    pub(super) r#type: (),
    /// The operation.
    pub(super) operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub(super) attempt: f64,
    /// The URL that it is sent to.
    pub(super) url: String,
}

/// An attempt was answered.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResponseEvent {
    /// The kind of event.
    #[tsify(type = "\"response\"")]
    pub(super) r#type: (),
    /// The operation.
    pub(super) operation: Operation,
    /// Which attempt of the call it was, from 1 up.
    pub(super) attempt: f64,
    /// The URL that it was sent to.
    pub(super) url: String,
    /// The HTTP status.
    pub(super) status: f64,
    /// How long the attempt took, reading its answer included, in milliseconds.
    pub(super) duration_ms: f64,
}

/// A call will be tried again.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct RetryEvent {
    /// The kind of event.
    #[tsify(type = "\"retry\"")]
    pub(super) r#type: (),
    /// The operation.
    pub(super) operation: Operation,
    /// Which attempt of the call failed, from 1 up.
    pub(super) attempt: f64,
    /// The URL that it was sent to.
    pub(super) url: String,
    /// How long the call waits before its next attempt, in milliseconds.
    pub(super) delay_ms: f64,
}
