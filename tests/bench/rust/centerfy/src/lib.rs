//! Two operations with the typed client: checked, limited, tried again where that is safe.

use centerfy::client::Client;
use centerfy::types::{Author, Channel, SendMessageRequest};
use wasm_bindgen::prelude::*;

/// The name of an agent.
#[wasm_bindgen]
pub async fn agent_name(key: &str, id: &str) -> Result<String, JsError> {
    let agent = Client::new(key)?.get_agent(id).await?;
    Ok(agent.name)
}

/// Sends a text message; what went out.
#[wasm_bindgen]
pub async fn send_message(
    key: &str,
    conversation_id: &str,
    content: &str,
) -> Result<String, JsError> {
    let request = SendMessageRequest {
        content: content.into(),
        conversation_id: conversation_id.into(),
        channel: Channel::Sms,
        message_id: None,
        author: Author::as_written(),
    };
    let sent = Client::new(key)?.send_message(&request).await?;
    Ok(sent.content)
}
