//! The same two operations by hand with gloo-net: no checks, no limit, no timeout, no retries, and an
//! error is its status.

use bench_by_hand::{Agent, BASE, SendMessageRequest, SentMessage};
use gloo_net::http::{Request, Response};
use wasm_bindgen::prelude::*;

/// The name of an agent.
#[wasm_bindgen]
pub async fn agent_name(key: &str, id: &str) -> Result<String, JsError> {
    let request = Request::get(&format!("{BASE}/get-agent/{id}")).header("x-api-key", key);
    let agent: Agent = accepted(request.send().await?)?.json().await?;
    Ok(agent.name)
}

/// Sends a text message. Returns the sent message.
#[wasm_bindgen]
pub async fn send_message(
    key: &str,
    conversation_id: &str,
    content: &str,
) -> Result<String, JsError> {
    let body = SendMessageRequest {
        content,
        conversation_id,
        channel: "sms",
        ai: false,
    };
    let request = Request::post(&format!("{BASE}/send-message"))
        .header("x-api-key", key)
        .json(&body)?;
    let sent: SentMessage = accepted(request.send().await?)?.json().await?;
    Ok(sent.content)
}

fn accepted(response: Response) -> Result<Response, JsError> {
    if response.ok() {
        Ok(response)
    } else {
        Err(JsError::new(&format!("status {}", response.status())))
    }
}
