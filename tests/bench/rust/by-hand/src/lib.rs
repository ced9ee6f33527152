//! Hand-written code that reads an agent and sends a message, for gloo-net and reqwest.

use serde::{Deserialize, Serialize};

/// The base URL of the API.
pub const BASE: &str = "https://crmwebhook.com/functions/v1/crm-api";

/// An agent, with every field of the reference.
#[derive(Deserialize)]
pub struct Agent {
    pub id: String,
    pub name: String,
    pub voice_id: Option<String>,
    pub max_duration: Option<f64>,
    pub temperature: Option<f64>,
    pub silence_timeout: Option<f64>,
    pub voice_activity_timeout: Option<f64>,
    pub llm_model: Option<String>,
    pub language: Option<String>,
    pub background_noise: Option<bool>,
    pub background_type: Option<String>,
    pub voicemail_detection: Option<bool>,
    pub voicemail_type: Option<String>,
    pub voicemail_message: Option<String>,
    pub backcchanneling: Option<bool>,
    pub is_active: Option<bool>,
    pub webhook: Option<bool>,
    pub webhook_url: Option<String>,
    pub recording: Option<bool>,
    pub organization_id: Option<String>,
    pub sub_account_id: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
}

/// A message to send.
#[derive(Serialize)]
pub struct SendMessageRequest<'a> {
    pub content: &'a str,
    pub conversation_id: &'a str,
    pub channel: &'a str,
    pub ai: bool,
}

/// A sent message.
#[derive(Deserialize)]
pub struct SentMessage {
    pub message_id: String,
    pub content: String,
    pub sender_type: String,
    pub channel: String,
    pub ai: bool,
    pub delivered: bool,
}
