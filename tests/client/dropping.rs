//! Dropping a call ends it, wherever it is.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use crate::runner::conformance_test;
use centerfy::types::Agent;
use centerfy::{ApiRequest, Client, RateLimit};
use futures_util::future::{self, Either};
use serde_json::json;

use crate::world::{World, now, sleep};

/// Polls a call until so much time has passed, then drops it.
async fn give_up(call: ApiRequest<Agent>, after: Duration) {
    match future::select(call, pin!(sleep(after))).await {
        Either::Left((answer, _)) => panic!("it was over before: {answer:?}"),
        Either::Right(_) => {}
    }
}

async fn poll_once(call: &mut ApiRequest<Agent>) {
    future::poll_fn(|context| {
        assert!(Pin::new(&mut *call).poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

fn limited(world: &World, per: Duration) -> Client {
    let limit = RateLimit::new(1, per);
    world.builder().rate_limit(limit).build().unwrap()
}

#[conformance_test]
async fn a_call_that_nobody_awaits_is_not_made() {
    let world = World::new().await;
    drop(world.client().get_agent("a"));
    sleep(Duration::from_millis(50)).await;
    assert!(world.log().await.is_empty());
}

#[conformance_test]
async fn the_request_on_the_wire_is_aborted() {
    let world = World::new().await;
    for fault in [
        json!({ "type": "stall_headers" }),
        json!({ "type": "stall_body", "afterBytes": 3 }),
    ] {
        world.fault(fault).await;
        let call = world.client().get_agent(&world.text("/agents/0/id"));
        give_up(call, Duration::from_millis(150)).await;
    }
    world
        .log_when(|log| log.len() == 2 && log.iter().all(|it| it["closed_by_client"] == true))
        .await;
}

#[conformance_test]
async fn nothing_is_sent_after_it_was_dropped_between_two_attempts() {
    let world = World::new().await;
    let wait = json!({ "retry-after-ms": "250" });
    world
        .fault(json!({ "type": "answer", "status": 500, "headers": wait, "body": {} }))
        .await;
    let call = world.client().get_agent(&world.text("/agents/0/id"));
    give_up(call, Duration::from_millis(120)).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(world.log().await.len(), 1);
}

#[conformance_test]
async fn it_leaves_the_queue_and_whoever_is_behind_moves_up() {
    let world = World::new().await;
    let client = limited(&world, Duration::from_secs(2));
    let agent = world.text("/agents/0/id");
    let start = now();
    assert!(client.get_agent(&agent).await.is_ok());
    let mut leaves = client.get_agent(&agent);
    let mut stays = client.get_agent(&agent);
    poll_once(&mut leaves).await;
    poll_once(&mut stays).await;
    drop(leaves);
    assert!(stays.await.is_ok());
    let took = now() - start;
    // Two windows, where the call that left kept its place.
    assert!((2000.0..3900.0).contains(&took), "{took} ms");
    assert_eq!(world.log().await.len(), 2);
}
