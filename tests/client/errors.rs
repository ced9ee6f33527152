//! Each way to fail, and what is known of it.

use std::time::Duration;

use crate::runner::conformance_test;
use centerfy::CenterfyError;
use centerfy::Operation;
use centerfy::types::{ContactMessagesQuery, UpdateAgentRequest};
use serde_json::json;

use crate::operations::{new_agent, new_message};
use crate::world::{World, now};

#[conformance_test]
async fn a_status_becomes_its_variant() {
    let world = World::new().await;
    let client = world.builder().max_retries(0).build().unwrap();
    for (status, code) in [
        (400, "bad_request"),
        (401, "authentication"),
        (403, "permission"),
        (404, "not_found"),
        (418, "http"),
        (429, "rate_limited"),
        (500, "server"),
        (502, "server"),
    ] {
        let body = json!({ "error": true, "message": format!("no {status}") });
        let headers = json!({ "x-request-id": "r1" });
        world
            .fault(json!({ "type": "answer", "status": status, "body": body, "headers": headers }))
            .await;
        let error = client.get_agent("a").await.unwrap_err();
        assert_eq!(error.code().name(), code);
        assert_eq!(error.status(), Some(status));
        assert!(error.body().is_some_and(|it| *it == body), "{error:?}");
        assert_eq!(error.operation(), Some(Operation::GetAgent));
        assert_eq!((error.attempts(), error.maybe_delivered()), (1, false));
        assert_eq!(
            error.to_string(),
            format!("get_agent: no {status} (status {status}, request r1)")
        );
    }
}

#[conformance_test]
async fn nobody_is_found() {
    let world = World::new().await;
    let missing = "00000000-0000-4000-8000-00000000dead";
    let error = world.client().get_agent(missing).await.unwrap_err();
    assert!(matches!(error, CenterfyError::NotFound(_)), "{error:?}");
}

#[conformance_test]
async fn a_request_that_breaks_a_rule_is_not_sent() {
    let world = World::new().await;
    let client = world.client();
    let mut hot = new_agent(&world);
    hot.settings.temperature = 1.5;
    let error = client.create_agent(&hot).await.unwrap_err();
    assert_eq!(error.field(), Some("temperature"));
    assert_eq!(
        error.to_string(),
        "create_agent: temperature must be a number from 0 to 1, got 1.5"
    );
    hot.settings.temperature = f64::NAN;
    assert!(client.create_agent(&hot).await.is_err());
    assert_eq!(
        client.get_agent("..").await.unwrap_err().field(),
        Some("agent_id")
    );
    let query = ContactMessagesQuery::new().limit(0);
    let error = client.get_contact_messages("c", query).await.unwrap_err();
    assert_eq!(error.field(), Some("limit"));
    assert!(world.log().await.is_empty());
}

#[conformance_test]
async fn an_answer_that_cannot_be_read_may_have_been_delivered() {
    let world = World::new().await;
    let client = world.client();
    for body in ["<html>welcome</html>", ""] {
        world
            .fault(json!({ "type": "answer", "status": 200, "body": body, "carryOut": true }))
            .await;
        let error = client.send_message(&new_message(&world)).await.unwrap_err();
        assert!(matches!(error, CenterfyError::Parse(_)), "{error:?}");
        assert!(error.maybe_delivered());
    }
    assert_eq!(world.deliveries().await.len(), 2);
}

#[conformance_test]
async fn an_answer_of_another_shape_is_given_whole() {
    let world = World::new().await;
    let body = json!({ "message_id": 7 });
    world
        .fault(json!({ "type": "answer", "status": 200, "body": body, "carryOut": true }))
        .await;
    let error = world
        .client()
        .send_message(&new_message(&world))
        .await
        .unwrap_err();
    assert!(matches!(error, CenterfyError::Parse(_)), "{error:?}");
    assert!(error.maybe_delivered());
    assert!(error.body().is_some_and(|it| *it == body), "{error:?}");
}

#[conformance_test]
async fn an_error_under_a_success_is_one() {
    let world = World::new().await;
    let body = json!({ "error": true, "message": "closed today" });
    world
        .fault(json!({ "type": "answer", "status": 200, "body": body }))
        .await;
    let error = world.client().get_agent("a").await.unwrap_err();
    assert!(matches!(error, CenterfyError::Http(_)), "{error:?}");
    let id = error.request_id().unwrap();
    let message = format!("get_agent: closed today (status 200, request {id})");
    assert_eq!(error.to_string(), message);
}

#[conformance_test]
async fn a_body_that_stalls_is_a_timeout_and_the_request_is_dropped() {
    let world = World::new().await;
    world
        .fault(json!({ "type": "stall_body", "afterBytes": 5, "times": null }))
        .await;
    let start = now();
    let error = world
        .client()
        .get_agent(&world.text("/agents/0/id"))
        .attempt_timeout(Duration::from_millis(150))
        .max_retries(0)
        .await
        .unwrap_err();
    assert!(matches!(error, CenterfyError::Timeout(_)), "{error:?}");
    assert!((150.0..1500.0).contains(&(now() - start)));
    world
        .log_when(|log| log.len() == 1 && log[0]["closed_by_client"] == true)
        .await;
}

#[conformance_test]
async fn a_timeout_ends_all_attempts_together() {
    let world = World::new().await;
    world
        .fault(json!({ "type": "stall_headers", "times": null }))
        .await;
    let error = world
        .client()
        .send_message(&new_message(&world))
        .timeout(Duration::from_millis(150))
        .attempt_timeout(None)
        .await
        .unwrap_err();
    assert!(matches!(error, CenterfyError::Timeout(_)), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(error.maybe_delivered());
}

#[conformance_test]
async fn a_broken_connection_is_a_network_error() {
    let world = World::new().await;
    // Within the body: before the headers a browser would send once more by itself.
    world
        .fault(json!({ "type": "cut_body", "afterBytes": 3, "times": null }))
        .await;
    let error = world
        .client()
        .make_ai_call(
            &world.text("/agents/0/id"),
            &crate::operations::new_call(&world),
        )
        .await
        .unwrap_err();
    assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
    assert!(error.maybe_delivered());
    assert_eq!(error.attempts(), 1);
    assert_eq!(world.deliveries().await.len(), 1);
}

#[conformance_test]
async fn a_number_that_is_none_is_named() {
    let world = World::new().await;
    for (number, name) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        let patch = UpdateAgentRequest::new().max_duration(number);
        let error = world.client().update_agent("a", &patch).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("update_agent: max_duration must be a finite number, got {name}")
        );
    }
}
