//! The rate limit, as a client sees it.

use super::support::{World, accepted, refused};
use centerfy_sandbox::{Request, Sandbox};
use serde_json::json;

#[test]
fn the_window_slides_and_says_when_to_come_back() {
    let mut world = World::with(&json!({ "rate_limit": { "requests": 3, "per_ms": 2_500 } }));
    let path = format!("get-agent/{}", world.agent(0));
    for _ in 0..3 {
        accepted(&world.get(&path), 200);
        world.now_ms += 100;
    }
    let answer = world.get(&path);
    assert!(refused(&answer, 429).contains("Rate limit"));
    // 2.2 s are left, and whole seconds must not be too few.
    assert_eq!(answer.header("retry-after"), Some("3"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    world.now_ms += 2_199;
    assert_eq!(world.get(&path).header("retry-after"), Some("1"));
    world.now_ms += 1;
    accepted(&world.get(&path), 200);
    refused(&world.get(&path), 429);
}

#[test]
fn each_key_has_its_own_window_and_preflights_and_the_control_door_have_none() {
    let mut world = World::with(&json!({ "rate_limit": { "requests": 1, "per_ms": 1_000 } }));
    let path = format!("get-agent/{}", world.agent(0));
    for _ in 0..5 {
        let mut preflight = world.request("OPTIONS", &path, None);
        preflight.headers.retain(|(name, _)| name != "x-api-key");
        assert_eq!(world.send(preflight).status, 204);
        accepted(&world.control("GET", "", None), 200);
    }
    accepted(&world.get(&path), 200);
    refused(&world.as_other("GET", &path, None), 403);
    refused(&world.get(&path), 429);
    refused(&world.as_other("GET", &path, None), 429);
    // Nothing is carried out when there is no place.
    let new = world.new_agent();
    refused(&world.post("create-agent", &new), 429);
    let deliveries = world.control("GET", "/deliveries", None).value();
    assert_eq!(deliveries["agents_created"], 0);
}

#[test]
fn the_well_known_world_takes_sixty_a_minute() {
    let mut sandbox = Sandbox::new(1, 0);
    let request = Request::new("GET", "/functions/v1/crm-api/get-agent/x")
        .with_header("x-api-key", "cfy_sandbox");
    for second in 0..60 {
        assert_eq!(sandbox.handle(&request, second * 500).answer.status, 404);
    }
    assert_eq!(sandbox.handle(&request, 59_999).answer.status, 429);
    assert_eq!(sandbox.handle(&request, 60_000).answer.status, 404);
    assert_eq!(sandbox.handle(&request, 60_000).answer.status, 429);
}
