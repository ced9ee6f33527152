//! The route against the sandbox in this process, without a server, a port or real waits.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use centerfy::Client;
use centerfy_sandbox::{Fault, Sandbox, When};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

fn client(sandbox: &Sandbox) -> Client {
    Client::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .transport(sandbox.service())
        .build()
        .expect("the options are right")
}

/// POSTs a reminder to the first contact.
async fn remind(sandbox: &Sandbox) -> (StatusCode, Value) {
    let conversation = sandbox.contacts()[0].conversation_id.clone();
    let reminder = json!({ "conversation_id": conversation, "content": "See you at nine." });
    let request = Request::post("/reminders")
        .header("content-type", "application/json")
        .body(Body::from(reminder.to_string()))
        .expect("a request");
    let app = rust_axum::app(client(sandbox));
    let response = app.oneshot(request).await.expect("never fails");
    let status = response.status();
    let body = response.into_body().collect().await.expect("a body");
    let body = serde_json::from_slice(&body.to_bytes()).expect("JSON");
    (status, body)
}

#[tokio::test(start_paused = true)]
async fn a_reminder_is_sent() {
    let sandbox = Sandbox::builder().seed(1).build();
    let (status, body) = remind(&sandbox).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["content"], "See you at nine.");
    assert_eq!(sandbox.deliveries().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_told_and_the_message_is_not_sent_twice() {
    let sandbox = Sandbox::builder().seed(2).build();
    let lost = Fault::drop(When::After);
    sandbox.fail("sendMessage", lost).expect("a fault");
    let (status, body) = remind(&sandbox).await;
    assert_eq!(status, StatusCode::BAD_GATEWAY);
    assert_eq!(body["maybe_delivered"], true);
    assert_eq!(sandbox.deliveries().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_busy_api_is_waited_for() {
    let sandbox = Sandbox::builder().seed(3).build();
    let busy = Fault::answer(429).header("retry-after", "20");
    sandbox.fail("sendMessage", busy).expect("a fault");
    let (status, _) = remind(&sandbox).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(sandbox.deliveries().len(), 1);
}
