//! Calls as futures, and clients as values.

use centerfy::CenterfyError;
use futures_util::StreamExt;
use futures_util::future::FusedFuture;

use crate::support::{AGENT, answering, builder, response};

const PAGE: &str = r#"{ "contact_id": "c", "contact": {}, "conversation_id": "v",
    "messages": [{ "id": "m", "content": "Hi", "sender_type": "agent", "message_type": "sms",
                   "timestamp": "2026-01-01T00:00:00Z" }],
    "total": 1, "limit": 50, "offset": 0 }"#;

#[test]
fn a_client_equals_its_clones_alone() {
    let one = builder().build().unwrap();
    let other = builder().build().unwrap();
    assert!(one == one.clone());
    assert!(one != other);
}

#[tokio::test]
async fn a_stream_can_be_selected_by_either_next() {
    let (service, _) = answering(|_| response(200, PAGE));
    let client = builder().transport(service).build().unwrap();
    let mut messages = client.contact_messages("c");
    let mut never = futures_util::future::pending::<()>();
    let first = futures_util::select! {
        message = messages.next() => message,
        () = never => None,
    };
    assert_eq!(first.unwrap().unwrap().content, "Hi");
    let second = futures_util::select! {
        message = StreamExt::next(&mut messages) => message,
        complete => None,
    };
    assert!(second.is_none());
}

#[tokio::test]
async fn a_call_is_over_with_its_answer() {
    let (service, log) = answering(|_| response(200, AGENT));
    let client = builder().transport(service).build().unwrap();
    let mut call = client.get_agent("a");
    assert!(!call.is_terminated());
    (&mut call).await.unwrap();
    assert!(call.is_terminated());
    let error = (&mut call).await.unwrap_err();
    assert!(matches!(error, CenterfyError::Validation(_)), "{error:?}");
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_comes_with_its_head() {
    let (service, _) = answering(|number| match number {
        1 => response(500, ""),
        _ => {
            let mut response = response(200, AGENT);
            let id = http::HeaderValue::from_static("r1");
            response.headers_mut().insert("x-request-id", id);
            response
        }
    });
    let client = builder().transport(service).build().unwrap();
    let answer = client.get_agent("a").with_response().await.unwrap();
    assert_eq!((answer.data.id.as_ref(), answer.status), ("a", 200));
    assert_eq!(answer.request_id.as_deref(), Some("r1"));
    assert_eq!(answer.headers.get("X-Request-Id"), Some("r1"));
    assert_eq!(answer.attempts, 2);
}

#[tokio::test]
async fn an_error_can_be_sent_as_json() {
    let (service, _) = answering(|_| {
        let body = r#"{ "error": true, "message": "none" }"#;
        let mut response = response(404, body);
        let id = http::HeaderValue::from_static("r1");
        response.headers_mut().insert("x-request-id", id);
        response
    });
    let client = builder().transport(service).build().unwrap();
    let error = client.get_agent("a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "get_agent: none (status 404, request r1)"
    );
    let json = serde_json::to_string(&error).unwrap();
    assert_eq!(serde_json::from_str::<CenterfyError>(&json).unwrap(), error);
    assert!(
        json.starts_with(r#"{"not_found":{"operation":"get_agent""#),
        "{json}"
    );
}

#[tokio::test]
async fn a_call_that_is_dropped_sends_nothing() {
    let (service, log) = answering(|_| response(200, AGENT));
    let client = builder().transport(service).build().unwrap();
    drop(client.get_agent("a"));
    assert!(log.lock().unwrap().is_empty());
}
