//! The same two operations by hand with reqwest: no checks, no limit, no timeout, no retries, and an
//! error is its status.

use bench_by_hand::{Agent, BASE, SendMessageRequest, SentMessage};
use reqwest::Client;
use wasm_bindgen::prelude::*;

/// The name of an agent.
#[wasm_bindgen]
pub async fn agent_name(key: &str, id: &str) -> Result<String, JsError> {
    let request = Client::new()
        .get(format!("{BASE}/get-agent/{id}"))
        .header("x-api-key", key);
    let agent: Agent = request.send().await?.error_for_status()?.json().await?;
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
    let request = Client::new()
        .post(format!("{BASE}/send-message"))
        .header("x-api-key", key)
        .json(&body);
    let sent: SentMessage = request.send().await?.error_for_status()?.json().await?;
    Ok(sent.content)
}
