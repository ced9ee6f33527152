//! Requests to a sandbox's service.

use bytes::Bytes;
use centerfy_sandbox::{Sandbox, SandboxBody, ServiceError};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A response whose body is complete.
pub struct Received {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// Sends a request with the sandbox's key, and returns the response without reading its body.
pub async fn send(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<http::Response<SandboxBody>, ServiceError> {
    let body = body.map_or(String::new(), Value::to_string);
    let request = http::Request::builder()
        .method(method)
        .uri(format!("{}/{path}", sandbox.base_url()))
        .header("authorization", format!("Bearer {}", sandbox.api_key()))
        .body(Full::<Bytes>::from(body))
        .expect("a request");
    sandbox.service().oneshot(request).await
}

/// Sends a request and reads the response body.
pub async fn receive(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<Received, ServiceError> {
    let (head, body) = send(sandbox, method, path, body).await?.into_parts();
    Ok(Received {
        status: head.status.as_u16(),
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    })
}

/// A message to the first contact.
pub fn message(sandbox: &Sandbox, content: &str) -> Value {
    json!({
        "content": content,
        "ai": false,
        "conversation_id": sandbox.contacts()[0].conversation_id,
        "channel": "sms",
    })
}

/// Sends a message to the first contact.
pub async fn send_message(sandbox: &Sandbox) -> Result<Received, ServiceError> {
    let message = message(sandbox, "See you at ten.");
    receive(sandbox, "POST", "send-message", Some(&message)).await
}
