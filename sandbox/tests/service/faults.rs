//! Faults, as a client of the service sees them.

use crate::support::{message, receive, send, send_message};
use centerfy_sandbox::{Fault, Sandbox, When};
use http_body_util::BodyExt;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_lost_connection_is_an_error_and_deliveries_say_what_was_sent() {
    for (when, sent) in [(When::Before, 0), (When::After, 1)] {
        let sandbox = Sandbox::new();
        sandbox
            .fail("sendMessage", Fault::drop(when))
            .expect("a fault");
        let error = send_message(&sandbox).await.err().expect("an error");
        assert!(error.is_connection_lost());
        assert_eq!(sandbox.deliveries().len(), sent, "{when:?}");
        assert_eq!(sandbox.log()[0].status, None);
        assert_eq!(
            send_message(&sandbox).await.expect("a response").status,
            200
        );
    }
}

#[tokio::test]
async fn a_response_is_replaced_as_often_as_the_fault_says() {
    let sandbox = Sandbox::new();
    let busy = Fault::answer(503)
        .header("retry-after", "2")
        .header("x-a", "1")
        .header("x-a", "2")
        .without_header("x-request-id")
        .body(json!({ "error": true, "message": "busy" }))
        .times(2);
    sandbox.fail("sendMessage", busy).expect("a fault");
    for _ in 0..2 {
        let response = send_message(&sandbox).await.expect("a response");
        assert_eq!(
            (response.status, response.json()["message"].clone()),
            (503, json!("busy"))
        );
        assert_eq!(response.headers["retry-after"], "2");
        assert_eq!(response.headers.get_all("x-a").iter().count(), 2);
        assert!(!response.headers.contains_key("x-request-id"));
    }
    assert_eq!(
        send_message(&sandbox).await.expect("a response").status,
        200
    );
    assert_eq!(sandbox.deliveries().len(), 1);
    sandbox
        .fail("any", Fault::answer(500).carry_out(true).always())
        .expect("a fault");
    for _ in 0..3 {
        assert_eq!(
            send_message(&sandbox).await.expect("a response").status,
            500
        );
    }
    assert_eq!(sandbox.deliveries().len(), 4);
    sandbox.clear_faults();
    assert_eq!(
        send_message(&sandbox).await.expect("a response").status,
        200
    );
}

#[tokio::test]
async fn a_cut_body_arrives_in_part_and_fails() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("sendMessage", Fault::cut_body(10))
        .expect("a fault");
    let message = message(&sandbox, "Hi");
    let response = send(&sandbox, "POST", "send-message", Some(&message))
        .await
        .expect("a head");
    let declared: usize = response.headers()["content-length"]
        .to_str()
        .expect("text")
        .parse()
        .expect("a length");
    let mut body = response.into_body();
    let first = body
        .frame()
        .await
        .expect("a frame")
        .expect("data")
        .into_data()
        .expect("data");
    assert_eq!(first.len(), 10);
    assert!(declared > 10);
    let error = body.frame().await.expect("an error").expect_err("an error");
    assert!(error.is_connection_lost());
    assert!(body.frame().await.is_none());
    assert_eq!(sandbox.deliveries().len(), 1);
    assert!(!sandbox.log()[0].closed_by_client);
}

#[tokio::test]
async fn a_stalled_body_never_ends_and_dropping_it_is_logged() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("sendMessage", Fault::stall_body(10))
        .expect("a fault");
    let message = message(&sandbox, "Hi");
    let response = send(&sandbox, "POST", "send-message", Some(&message))
        .await
        .expect("a head");
    let mut body = response.into_body();
    body.frame().await.expect("a frame").expect("data");
    let mut pending = Box::pin(body.frame());
    let polled = std::future::poll_fn(|context| {
        std::task::Poll::Ready(Future::poll(pending.as_mut(), context).is_pending())
    });
    assert!(polled.await);
    drop(pending);
    assert!(!sandbox.log()[0].closed_by_client);
    drop(body);
    assert!(sandbox.log()[0].closed_by_client);
}

#[tokio::test]
async fn stalled_headers_end_when_the_client_gives_up() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("sendMessage", Fault::stall_headers())
        .expect("a fault");
    tokio::time::timeout(Duration::from_millis(5), send_message(&sandbox))
        .await
        .err()
        .expect("a timeout");
    let log = sandbox.log();
    assert_eq!(
        (log[0].status, log[0].closed_by_client, log[0].carried_out),
        (None, true, true)
    );
}

#[tokio::test(start_paused = true)]
async fn a_trickling_body_arrives_in_pieces_and_is_complete() {
    let sandbox = Sandbox::new();
    let pace = Duration::from_millis(50);
    sandbox
        .fail("sendMessage", Fault::trickle(100, pace))
        .expect("a fault");
    let start = tokio::time::Instant::now();
    let response = send_message(&sandbox).await.expect("a response");
    let pieces = u32::try_from(response.body.len().div_ceil(100)).expect("a count");
    assert!(start.elapsed() >= pace * pieces && pieces > 1);
    assert_eq!(response.json()["content"], "See you at ten.");
}

#[tokio::test]
async fn a_head_request_has_a_length_and_no_body() {
    let sandbox = Sandbox::new();
    let refused = receive(&sandbox, "HEAD", "get-agent/x", None)
        .await
        .expect("a response");
    assert_eq!((refused.status, refused.body.len()), (405, 0));
    assert_ne!(refused.headers["content-length"], "0");
}
