//! What tests see beside the API.

use crate::support::{message, receive, send_message};
use centerfy_sandbox::{Fault, IncomingMessage, NewContact, RateLimit, Sandbox, When};
use http_body_util::Empty;
use serde_json::json;
use std::time::{Duration, UNIX_EPOCH};
use tower::ServiceExt;

#[tokio::test]
async fn a_message_is_a_delivery_and_in_the_conversation_and_in_the_log() {
    let sandbox = Sandbox::new();
    let sent = send_message(&sandbox).await.expect("a response").json();
    let [delivery] = &sandbox.deliveries()[..] else {
        panic!("one delivery")
    };
    assert_eq!(delivery.operation, "sendMessage");
    assert_eq!(delivery.id, sent["message_id"]);
    assert_eq!(delivery.response, sent);
    assert_eq!(
        delivery.request,
        *message(&sandbox, "See you at ten.")
            .as_object()
            .expect("an object")
    );
    let contact = sandbox.contacts()[0].id.clone();
    let conversation = sandbox.conversation(&contact).expect("the conversation");
    assert_eq!(
        conversation.last().expect("a message")["id"],
        sent["message_id"]
    );
    let log = sandbox.log();
    assert_eq!(
        (log.len(), log[0].status, log[0].carried_out),
        (1, Some(200), true)
    );
    assert!(!format!("{log:?}").contains(sandbox.api_key()));
}

#[tokio::test]
async fn a_contact_writes() {
    let sandbox = Sandbox::new();
    let contact = sandbox.contacts()[0].id.clone();
    let written = sandbox
        .receive(IncomingMessage::new(&contact, "Is Friday free?").message_type("email"))
        .expect("a message");
    let path = format!("get-contact-messages/{contact}?limit=1");
    let page = receive(&sandbox, "GET", &path, None)
        .await
        .expect("a page")
        .json();
    assert_eq!(page["messages"], json!([written]));
    let unknown = sandbox.receive(IncomingMessage::new("nobody", "Hi"));
    assert!(
        unknown
            .expect_err("no such contact")
            .to_string()
            .contains(&contact)
    );
    assert!(sandbox.conversation("nobody").is_err());
}

#[tokio::test]
async fn options_shape_the_sandbox() {
    let now = UNIX_EPOCH + Duration::from_secs(1_775_000_000);
    let build = |seed| Sandbox::builder().seed(seed).now(now).build();
    let (one, same, other) = (build(7), build(7), build(8));
    assert_eq!(one.agents(), same.agents());
    assert_ne!(one.agents(), other.agents());
    assert_ne!(one.api_key(), same.api_key());
    assert!(Sandbox::builder().empty(true).build().agents().is_empty());
    let mia = NewContact {
        name: Some("Mia".to_owned()),
        ..NewContact::default()
    };
    let contacts = Sandbox::builder().contacts([mia]).build().contacts();
    assert_eq!(contacts[0].name.as_deref(), Some("Mia"));
    let many = |seed| Sandbox::builder().seed(seed).contacts(1_000).build();
    assert_eq!(many(7).contacts(), many(7).contacts());
    assert_ne!(many(7).contacts(), many(8).contacts());
    assert_eq!(many(7).contacts().len(), 1_000);
    let limit = RateLimit {
        requests: 1,
        per_ms: 60_000,
    };
    let limited = Sandbox::builder().now(now).rate_limit(limit).build();
    send_message(&limited).await.expect("a response");
    let refused = send_message(&limited).await.expect("a response");
    assert_eq!(
        (refused.status, &refused.headers["retry-after"]),
        (429, &"60".parse().expect("a value"))
    );
    limited.advance(Duration::from_secs(60));
    assert_eq!(
        send_message(&limited).await.expect("a response").status,
        200
    );
    let unlimited = Sandbox::builder().rate_limit(None).build();
    for _ in 0..61 {
        assert_eq!(
            send_message(&unlimited).await.expect("a response").status,
            200
        );
    }
}

#[tokio::test]
async fn a_reset_restores_the_initial_state() {
    let sandbox = Sandbox::builder().seed(3).build();
    let agents = sandbox.agents();
    send_message(&sandbox).await.expect("a response");
    sandbox.fail("any", Fault::answer(500)).expect("a fault");
    sandbox.advance(Duration::from_secs(60));
    sandbox.reset();
    assert_eq!((sandbox.deliveries().len(), sandbox.log().len()), (0, 0));
    let ids = |agents: &[serde_json::Value]| {
        let ids = agents.iter().map(|agent| agent["id"].clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(&sandbox.agents()), ids(&agents));
    assert_eq!(
        send_message(&sandbox).await.expect("a response").status,
        200
    );
}

#[tokio::test]
async fn a_reset_ends_requests_in_flight() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("sendMessage", Fault::stall_headers().carry_out(false))
        .expect("a fault");
    let stalled = send_message(&sandbox);
    let reset = async { sandbox.reset() };
    let (stalled, ()) = tokio::join!(stalled, reset);
    let error = stalled.err().expect("an error");
    assert!(error.is_connection_lost());
    assert_eq!(error.to_string(), "the sandbox was reset");
}

#[tokio::test]
async fn invalid_faults_are_refused_by_name() {
    let sandbox = Sandbox::new();
    for (operation, fault, expected) in [
        (
            "sendMail",
            Fault::answer(503),
            "operation must be one of getAgent",
        ),
        (
            "any",
            Fault::answer(99),
            "status must be between 200 and 599",
        ),
        (
            "any",
            Fault::drop(When::After).times(0),
            "times must be a positive integer",
        ),
        (
            "any",
            Fault::drop(When::After).status(500),
            "status is not a field",
        ),
        (
            "any",
            Fault::answer(200).header("x-a", "a\nb"),
            "x-a contains control characters",
        ),
    ] {
        let refused = sandbox.fail(operation, fault).expect_err(expected);
        assert!(refused.to_string().contains(expected), "{refused}");
    }
    assert_eq!(
        send_message(&sandbox).await.expect("a response").status,
        200
    );
}

#[tokio::test]
async fn other_hosts_are_not_reached() {
    let sandbox = Sandbox::new();
    let get = |uri: &str| {
        let request = http::Request::get(uri)
            .header("x-api-key", sandbox.api_key())
            .body(Empty::<bytes::Bytes>::new())
            .expect("a request");
        sandbox.service().oneshot(request)
    };
    let agents = sandbox.agents();
    let path = format!(
        "/functions/v1/crm-api/get-agent/{}",
        agents[0]["id"].as_str().expect("an id")
    );
    for origin in ["https://sandbox.invalid", "https://crmwebhook.com", ""] {
        let response = get(&format!("{origin}{path}")).await.expect("a response");
        assert_eq!(response.status(), 200, "{origin}");
    }
    for origin in [
        "https://example.com",
        "http://crmwebhook.com",
        "https://crmwebhook.com:8443",
    ] {
        let error = get(&format!("{origin}{path}")).await.expect_err(origin);
        assert!(!error.is_connection_lost());
        assert!(
            error.to_string().contains(&format!("not {origin}")),
            "{error}"
        );
    }
    let error = get("https://sandbox.invalid/_sandbox/health")
        .await
        .expect_err("control");
    assert!(error.to_string().contains("methods of Sandbox"), "{error}");
}

#[tokio::test]
async fn a_recording_plays_until_its_url_expires() {
    let now = UNIX_EPOCH + Duration::from_secs(1_775_000_000);
    let sandbox = Sandbox::builder().now(now).build();
    let agents = sandbox.agents();
    let call = json!({
        "contact_id": sandbox.contacts()[0].id,
        "organization_id": sandbox.organization_id(),
        "sub_account_id": sandbox.sub_account_id(),
    });
    let path = format!("make-ai-call/{}", agents[0]["id"].as_str().expect("an id"));
    receive(&sandbox, "POST", &path, Some(&call))
        .await
        .expect("a call");
    let id = sandbox.deliveries()[0].id.clone();
    let path = format!("get-call-recording/{id}");
    assert_eq!(
        receive(&sandbox, "GET", &path, None)
            .await
            .expect("a response")
            .status,
        404
    );
    sandbox.advance(Duration::from_secs(10));
    assert_eq!(
        sandbox.calls().last().expect("the call").status,
        "completed"
    );
    let recording = receive(&sandbox, "GET", &path, None)
        .await
        .expect("a recording")
        .json();
    let url = recording["recording_url"]
        .as_str()
        .expect("a URL")
        .to_owned();
    let play = || {
        let request = http::Request::get(&url).body(Empty::<bytes::Bytes>::new());
        sandbox.service().oneshot(request.expect("a request"))
    };
    assert_eq!(
        play().await.expect("a response").headers()["content-type"],
        "audio/wav"
    );
    sandbox.advance(Duration::from_secs(3_600));
    assert_eq!(play().await.expect("a response").status(), 403);
}
