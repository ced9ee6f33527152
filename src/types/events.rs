//! What the npm package's client tells its `onEvent`. Only TypeScript's source: in the package they
//! are JavaScript values, and nothing in Rust is made of these structs.

use super::Operation;

/// What happened to a request. `type` tells the four kinds apart.
///
/// No event has a key, a body, or the query of a signed URL.
#[derive(tsify::Tsify)]
#[serde(untagged)]
pub enum CenterfyEvent {
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
pub struct QueuedEvent {
    /// The kind of event.
    #[tsify(type = "\"queued\"")]
    pub r#type: (),
    /// The operation.
    pub operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub attempt: f64,
    /// The URL that it will be sent to.
    pub url: String,
}

/// An attempt is sent.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestEvent {
    /// The kind of event.
    #[tsify(type = "\"request\"")]
    pub r#type: (),
    /// The operation.
    pub operation: Operation,
    /// Which attempt of the call it is, from 1 up.
    pub attempt: f64,
    /// The URL that it is sent to.
    pub url: String,
}

/// An attempt was answered.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ResponseEvent {
    /// The kind of event.
    #[tsify(type = "\"response\"")]
    pub r#type: (),
    /// The operation.
    pub operation: Operation,
    /// Which attempt of the call it was, from 1 up.
    pub attempt: f64,
    /// The URL that it was sent to.
    pub url: String,
    /// The HTTP status.
    pub status: f64,
    /// How long the attempt took, reading its answer included, in milliseconds.
    pub duration_ms: f64,
}

/// A call will be tried again.
#[derive(tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RetryEvent {
    /// The kind of event.
    #[tsify(type = "\"retry\"")]
    pub r#type: (),
    /// The operation.
    pub operation: Operation,
    /// Which attempt of the call failed, from 1 up.
    pub attempt: f64,
    /// The URL that it was sent to.
    pub url: String,
    /// How long the call waits before its next attempt, in milliseconds.
    pub delay_ms: f64,
}
