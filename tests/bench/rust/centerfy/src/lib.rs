//! Two operations with the typed client: checked, rate-limited, retried where that is safe.

use centerfy::Client;
use centerfy::types::{Author, Channel, SendMessageRequest};
use wasm_bindgen::prelude::*;

/// The name of an agent.
#[wasm_bindgen]
pub async fn agent_name(key: &str, id: &str) -> Result<String, JsError> {
    let agent = Client::new(key)?.get_agent(id).await?;
    Ok(agent.name)
}

/// Sends a text message. Returns the sent message.
#[wasm_bindgen]
pub async fn send_message(
    key: &str,
    conversation_id: &str,
    content: &str,
) -> Result<String, JsError> {
    let author = Author::AsWritten;
    let request = SendMessageRequest::new(conversation_id, Channel::Sms, author, content);
    let sent = Client::new(key)?.send_message(&request).await?;
    Ok(sent.content)
}
