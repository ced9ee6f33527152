//! The rate limit, shared by all clients with one key.

use std::time::Duration;

use crate::runner::conformance_test;
use centerfy::RateLimit;
use futures_util::future::{join, join_all};

use crate::world::{World, now};

#[conformance_test]
async fn no_window_holds_more_than_its_limit() {
    let world = World::new().await;
    let limit = RateLimit::new(5, Duration::from_millis(400));
    let one = world.builder().rate_limit(limit).build().unwrap();
    let other = world.builder().rate_limit(limit).build().unwrap();
    let agent = world.text("/agents/0/id");
    let start = now();
    let calls = (0..12).map(|i| if i % 2 == 0 { &one } else { &other }.get_agent(&agent));
    let answers = join_all(calls).await;
    assert!(answers.iter().all(Result::is_ok));
    // 5 at once, 5 after a window, 2 after another.
    let took = now() - start;
    assert!(took >= 800.0, "{took} ms");
    let times: Vec<f64> = world
        .log()
        .await
        .iter()
        .filter_map(|entry| entry["at_ms"].as_f64())
        .collect();
    assert_eq!(times.len(), 12);
    // Requests arrive with a little delay each, so the windows are seen a little shorter.
    for window in times.windows(6) {
        assert!(window[5] - window[0] > 300.0, "{times:?}");
    }
}

#[conformance_test]
async fn without_a_limit_nobody_waits() {
    let world = World::new().await;
    let client = world.builder().rate_limit(None).build().unwrap();
    let agent = world.text("/agents/0/id");
    let answers = join_all((0..70).map(|_| client.get_agent(&agent))).await;
    assert!(answers.iter().all(Result::is_ok));
}

#[conformance_test]
async fn waiting_for_a_place_is_not_charged_to_the_timeout() {
    let world = World::new().await;
    let limit = RateLimit::new(1, Duration::from_millis(600));
    let client = world.builder().rate_limit(limit).build().unwrap();
    let agent = world.text("/agents/0/id");
    let call = || client.get_agent(&agent).timeout(Duration::from_millis(500));
    let (first, second) = join(call(), call()).await;
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
}
