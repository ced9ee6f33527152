//! What is sent again, what never, and how long it waits.

use std::time::Duration;

use crate::runner::conformance_test;
use centerfy::CenterfyError;
use centerfy::internal::client::call;
use centerfy::internal::operations::Operation;
use serde_json::{Value, json};

use crate::operations::new_message;
use crate::samples;
use crate::world::{World, now};

fn answer(status: u16, headers: Value) -> Value {
    json!({ "type": "answer", "status": status, "headers": headers,
            "body": { "error": true, "message": "later" } })
}

#[conformance_test]
async fn what_may_be_repeated_is_tried_again() {
    let world = World::new().await;
    let at_once = json!({ "retry-after-ms": "1" });
    for status in [500, 503] {
        world.fault(answer(status, at_once.clone())).await;
    }
    let agent = world.client().get_agent(&world.text("/agents/0/id")).await;
    assert_eq!(agent.unwrap().id, world.text("/agents/0/id"));
    assert_eq!(world.log().await.len(), 3);
}

#[conformance_test]
async fn a_broken_connection_is_tried_again_after_half_a_second() {
    let world = World::new().await;
    // Within the body: before the headers a browser would send once more by itself.
    world
        .fault(json!({ "type": "cut_body", "afterBytes": 3 }))
        .await;
    let start = now();
    let agent = world.client().get_agent(&world.text("/agents/0/id")).await;
    assert!(agent.is_ok());
    assert!(now() - start >= 370.0);
}

/// How many deliveries there are, of all operations.
async fn delivered(world: &World) -> usize {
    world.deliveries().await.len()
}

#[conformance_test]
async fn what_reaches_a_person_is_not_sent_twice() {
    let all = Operation::EACH.into_iter();
    for operation in all.filter(|operation| !operation.spec().repeat_safe) {
        let world = World::new().await;
        for (before, status) in (0..).zip([409, 500, 502, 503, 504]) {
            let mut fault = answer(status, json!({ "retry-after-ms": "1" }));
            fault["carryOut"] = json!(true);
            world.fault(fault).await;
            let arguments = samples::arguments(operation.spec().name, &world.seed);
            let call = call(&world.client(), operation, arguments).await;
            let error = call.unwrap_err();
            assert_eq!(error.attempts(), 1);
            assert_eq!(error.maybe_delivered(), status >= 500, "{error:?}");
            assert_eq!(delivered(&world).await, before + 1, "{operation:?}");
        }
    }
}

#[conformance_test]
async fn what_was_refused_with_429_is_sent_again() {
    let world = World::new().await;
    world
        .fault(answer(429, json!({ "retry-after-ms": "30" })))
        .await;
    let start = now();
    let sent = world.client().send_message(&new_message(&world)).await;
    assert!(sent.unwrap().delivered);
    assert!(now() - start >= 30.0);
    assert_eq!(world.deliveries().await.len(), 1);
}

#[conformance_test]
async fn a_wait_that_outlasts_the_timeout_fails_at_once() {
    let world = World::new().await;
    world
        .fault(answer(429, json!({ "retry-after": "3600" })))
        .await;
    let start = now();
    let client = world.client();
    let error = client.get_agent("a").await.unwrap_err();
    assert!(matches!(error, CenterfyError::RateLimited(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.attempts(), 1);
    // The pause holds for all calls with this key: they fail without being sent.
    let error = client.get_agent("b").await.unwrap_err();
    assert!(matches!(error, CenterfyError::RateLimited(_)), "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(error.retry_after() > Some(Duration::from_secs(3500)));
    assert!(now() - start < 3000.0);
    assert_eq!(world.log().await.len(), 1);
}

#[conformance_test]
async fn a_call_may_set_its_own_retries() {
    let world = World::new().await;
    for _ in 0..2 {
        world
            .fault(answer(500, json!({ "retry-after-ms": "1" })))
            .await;
    }
    let client = world.client();
    let error = client.get_agent("a").max_retries(1).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.status(), Some(500));
}
