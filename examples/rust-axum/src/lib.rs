//! An axum server with one route that sends a message.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use centerfy::types::{Author, Channel, SendMessageRequest, SentMessage};
use centerfy::{CenterfyError, Client};
use serde::{Deserialize, Serialize};

/// The request body of the route.
#[derive(Deserialize)]
pub struct Reminder {
    /// The conversation with the patient.
    pub conversation_id: String,
    /// The text.
    pub content: String,
}

/// The response body when the message was not sent.
#[derive(Serialize)]
pub struct Problem {
    /// What happened.
    pub message: String,
    /// Whether the message may have been delivered nevertheless.
    pub maybe_delivered: bool,
}

/// The server. The client is cheap to clone: all requests share it.
pub fn app(client: Client) -> Router {
    Router::new()
        .route("/reminders", post(remind))
        .with_state(client)
}

async fn remind(
    State(client): State<Client>,
    Json(reminder): Json<Reminder>,
) -> Result<Json<SentMessage>, (StatusCode, Json<Problem>)> {
    let request = SendMessageRequest::new(
        reminder.conversation_id,
        Channel::Sms,
        Author::AsWritten,
        reminder.content,
    );
    let sent = client.send_message(&request).await;
    sent.map(Json).map_err(problem)
}

fn problem(error: CenterfyError) -> (StatusCode, Json<Problem>) {
    let status = match error {
        CenterfyError::Validation(_) => StatusCode::UNPROCESSABLE_ENTITY,
        CenterfyError::NotFound(_) => StatusCode::NOT_FOUND,
        CenterfyError::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::BAD_GATEWAY,
    };
    let problem = Problem {
        message: error.to_string(),
        maybe_delivered: error.maybe_delivered(),
    };
    (status, Json(problem))
}
