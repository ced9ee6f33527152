//! What a browser asks for before it asks.

use super::support::World;
use centerfy_sandbox::Request;
use serde_json::json;

const PATH: &str = "/functions/v1/crm-api/send-message";

fn preflight(path: &str, headers: &str) -> Request {
    Request::new("OPTIONS", path)
        .with_header("origin", "https://page.example")
        .with_header("access-control-request-method", "POST")
        .with_header("access-control-request-headers", headers)
}

#[test]
fn a_preflight_allows_what_was_asked_for_and_is_needed() {
    let mut world = World::new();
    let answer = world.send(preflight(PATH, "Content-Type, x-api-key,x-stainless-lang"));
    assert_eq!(answer.status, 204);
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("content-type, x-api-key")
    );
    let methods = answer
        .header("access-control-allow-methods")
        .unwrap_or_default();
    for method in ["GET", "POST", "PUT"] {
        assert!(methods.contains(method), "{methods}");
    }
    assert!(answer.header("access-control-max-age").is_some());
    assert_eq!(answer.header("access-control-allow-private-network"), None);
    let private = preflight(PATH, "").with_header("access-control-request-private-network", "true");
    let answer = world.send(private);
    assert_eq!(
        answer.header("access-control-allow-private-network"),
        Some("true")
    );
    assert_eq!(answer.header("access-control-allow-headers"), None);
}

#[test]
fn every_answer_can_be_read_by_a_page() {
    let mut world = World::new();
    let agent = format!("get-agent/{}", world.agent(0));
    for path in [agent.as_str(), "get-agent/x", "nothing"] {
        let answer = world.get(path);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let exposed = answer
            .header("access-control-expose-headers")
            .unwrap_or_default();
        assert!(exposed.contains("retry-after") && exposed.contains("x-request-id"));
        assert!(answer.header("x-request-id").is_some());
    }
    let answer = world.control("GET", "", None);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn the_control_door_and_recordings_are_open_to_pages_too() {
    let mut world = World::new();
    let answer = world.send(preflight(
        "/_sandbox/worlds",
        "content-type, x-anything, b\u{e4}d",
    ));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("content-type, x-anything")
    );
    let answer = world.send(preflight("/recordings/x.wav", "range, x-anything"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("range"));
}

#[test]
fn a_preflight_is_logged_with_the_request_that_it_announces() {
    let mut world = World::new();
    let asked_at = world.now_ms;
    world.send(preflight(PATH, "x-api-key"));
    world.send(preflight(
        "/functions/v1/crm-api/archive-agent",
        "x-api-key",
    ));
    world.now_ms += 20;
    let request = world.request("POST", "send-message", Some(&world.new_message(0)));
    let request = request.with_header("origin", "https://page.example");
    world.send(request.clone());
    world.send(request);
    let log = world.control("GET", "/log", None).value();
    let methods: Vec<_> = log
        .as_array()
        .expect("a log")
        .iter()
        .map(|entry| &entry["method"])
        .collect();
    assert_eq!(methods, ["OPTIONS", "POST", "POST"]);
    assert_eq!(log[0]["at_ms"], asked_at);
    assert_eq!(log[0]["operation"], json!(null));
    assert_eq!(log[0]["status"], 204);
    assert_eq!(log[0]["auth"], json!(null));
    assert_eq!(log[0]["carried_out"], false);
}
