//! Describes faults.

use crate::faults::When;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// A fault, for [`Sandbox::fail`](crate::Sandbox::fail). It applies to one request unless
/// [`times`](Self::times) or [`always`](Self::always) says otherwise.
///
/// ```
/// use centerfy_sandbox::Fault;
/// use serde_json::json;
///
/// let busy = Fault::answer(503).header("retry-after", "2").times(3);
/// let wrong = Fault::answer(400).body(json!({ "error": true, "message": "not today" }));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Fault {
    fields: Map<String, Value>,
    headers: Map<String, Value>,
}

impl Fault {
    fn of(kind: &str) -> Self {
        let (fields, headers) = (Map::new(), Map::new());
        Self { fields, headers }.with("type", json!(kind))
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.fields.insert(name.to_owned(), value);
        self
    }

    /// The client receives a response with this status, from 200 to 599, instead of the operation's own.
    /// The operation is not performed, unless [`carry_out`](Self::carry_out) says so.
    pub fn answer(status: u16) -> Self {
        Self::of("answer").status(status)
    }

    /// The operation's own response is delayed. The operation is performed after the delay, unless the
    /// client disconnects first.
    pub fn delay(time: Duration) -> Self {
        Self::of("delay").with("ms", milliseconds(time))
    }

    /// The connection is lost: before the operation is performed, or after.
    pub fn drop(when: When) -> Self {
        Self::of("drop").with("when", json!(when))
    }

    /// No response arrives, and the connection stays open. The operation is performed, unless
    /// [`carry_out`](Self::carry_out) says otherwise.
    pub fn stall_headers() -> Self {
        Self::of("stall_headers")
    }

    /// The response body stops after some bytes, and the connection stays open. At least one byte is
    /// always missing.
    pub fn stall_body(after_bytes: usize) -> Self {
        Self::of("stall_body").with("afterBytes", json!(after_bytes))
    }

    /// The response body stops after some bytes, and the connection is lost. At least one byte is always
    /// missing.
    pub fn cut_body(after_bytes: usize) -> Self {
        Self::of("cut_body").with("afterBytes", json!(after_bytes))
    }

    /// The response body arrives in pieces of `bytes` bytes, with a pause before each.
    pub fn trickle(bytes: usize, every: Duration) -> Self {
        Self::of("trickle")
            .with("bytes", json!(bytes))
            .with("everyMs", milliseconds(every))
    }

    /// The status of the response, from 200 to 599.
    pub fn status(self, status: u16) -> Self {
        self.with("status", json!(status))
    }

    /// Adds a header to the response.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let values = self.headers.entry(name).or_insert_with(|| json!([]));
        match values {
            Value::Array(values) => values.push(json!(value)),
            other => *other = json!([value]),
        }
        self
    }

    /// Removes a header of the operation's own response.
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.insert(name.to_owned(), Value::Null);
        self
    }

    /// The body of the response. A string is sent as it is, with the type `text/html`; anything else as
    /// JSON. Defaults to an empty body.
    pub fn body(self, body: impl Into<Value>) -> Self {
        self.with("body", body.into())
    }

    /// How many times a string body is repeated. Defaults to 1.
    pub fn repeat(self, times: usize) -> Self {
        self.with("repeat", json!(times))
    }

    /// Whether the operation is performed.
    pub fn carry_out(self, carry_out: bool) -> Self {
        self.with("carryOut", json!(carry_out))
    }

    /// The number of requests to which the fault applies, 1 or more. Defaults to 1.
    pub fn times(self, times: u64) -> Self {
        self.with("times", json!(times))
    }

    /// The fault applies to all requests.
    pub fn always(self) -> Self {
        self.with("times", Value::Null)
    }

    /// The JSON that the handler reads.
    pub(super) fn for_operation(self, operation: &str) -> Value {
        let operation = match operation {
            "any" => Value::Null,
            name => json!(name),
        };
        let headers = Value::Object(self.headers.clone());
        let mut fault = self.with("operation", operation);
        if !fault.headers.is_empty() {
            fault = fault.with("headers", headers);
        }
        Value::Object(fault.fields)
    }
}

fn milliseconds(time: Duration) -> Value {
    json!(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
