//! Worlds, their log, and what can be asked about them.

use super::support::{World, accepted, refused};
use centerfy_sandbox::Request;
use serde_json::json;

#[test]
fn worlds_know_nothing_of_each_other() {
    let mut world = World::new();
    let second = world.send(Request::new("POST", "/_sandbox/worlds")).value();
    assert_ne!(second["api_key"], world.info["api_key"]);
    assert_ne!(second["agents"][0]["id"], world.info["agents"][0]["id"]);
    let path = format!(
        "get-agent/{}",
        second["agents"][0]["id"].as_str().expect("an id")
    );
    refused(&world.get(&path), 404);
    assert_eq!(
        world
            .control("GET", "/log", None)
            .value()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let door = format!(
        "/_sandbox/worlds/{}/log",
        second["api_key"].as_str().expect("a key")
    );
    assert_eq!(world.send(Request::new("GET", &door)).value(), json!([]));
}

#[test]
fn a_reset_brings_back_the_beginning() {
    let mut world = World::with(&json!({ "rate_limit": { "requests": 2, "per_ms": 60_000 } }));
    let new = world.new_agent();
    let created = accepted(&world.post("create-agent", &new), 201);
    let id = world.agent(0);
    world.post("archive-agent", &json!({ "agent_id": id }));
    refused(&world.get(&format!("get-agent/{id}")), 429);
    world.control(
        "POST",
        "/faults",
        Some(&json!({ "type": "answer", "times": null })),
    );
    let reset = world.control("POST", "/reset", None);
    assert_eq!(accepted(&reset, 200), world.info);
    assert_eq!(world.control("GET", "/log", None).value(), json!([]));
    assert_eq!(world.control("GET", "/faults", None).value(), json!([]));
    assert_eq!(
        world.control("GET", "/deliveries", None).value()["agents_created"],
        0
    );
    // An id from before never names something else afterwards.
    let again = accepted(&world.post("create-agent", &new), 201);
    assert_ne!(again["id"], created["id"]);
}

#[test]
fn the_log_tells_everything_but_the_key() {
    let mut world = World::new();
    let key = world.text("/api_key").to_owned();
    let mut asked = world.new_message(0);
    asked["content"] = json!(format!("my key is {key}"));
    let request = world.request("POST", "send-message", Some(&asked));
    let request = request
        .with_header("x-note", &format!("<{key}>"))
        .with_header("accept", "*/*");
    world.send(request);
    world.get(&format!("get-agent/{key}?key={key}"));
    let log = world.control("GET", "/log", None);
    let text = String::from_utf8(log.body.clone()).expect("text");
    assert!(!text.contains(&key), "{text}");
    let log = log.value();
    let entry = &log[0];
    assert_eq!(entry["operation"], "sendMessage");
    assert_eq!(entry["method"], "POST");
    assert_eq!(entry["path"], "/functions/v1/crm-api/send-message");
    assert_eq!(entry["status"], 200);
    assert_eq!(entry["auth"], "x-api-key");
    assert_eq!(entry["headers"]["x-api-key"], "[key]");
    assert_eq!(entry["headers"]["accept"], "*/*");
    assert_eq!(entry["headers"]["x-note"], "<[key]>");
    assert_eq!(entry["body"]["content"], "my key is [key]");
    assert_eq!(entry["at_ms"], world.now_ms);
    assert_eq!(entry["carried_out"], true);
    assert_eq!(entry["closed_by_client"], false);
    assert_eq!(log[1]["query"], "key=[key]");
    assert_eq!(log[1]["status"], 404);
    assert_eq!(log[1]["carried_out"], false);
    assert_eq!(log[1]["body"], json!(null));
    assert_eq!(world.control("DELETE", "/log", None).status, 204);
    assert_eq!(world.control("GET", "/log", None).value(), json!([]));
}

#[test]
fn an_empty_world_has_nothing_and_can_be_filled() {
    let mut world = World::with(&json!({ "empty": true }));
    for list in ["agents", "contacts", "calls"] {
        assert_eq!(world.info[list], json!([]));
    }
    let new = world.new_agent();
    accepted(&world.post("create-agent", &new), 201);
    let info = world.control("GET", "", None).value();
    assert_eq!(info["agents"][0]["name"], "Test agent");
}

#[test]
fn the_door_refuses_what_it_does_not_know() {
    let mut world = World::new();
    for (method, path, status) in [
        ("GET", "/_sandbox", 404),
        ("GET", "/_sandbox/worlds/none", 404),
        ("GET", "/_sandbox/worlds", 405),
        ("POST", "/_sandbox/health", 405),
        ("GET", "/_sandbox/worlds/cfy_sandbox/nothing", 404),
        ("POST", "/_sandbox/worlds/cfy_sandbox/log", 405),
        ("PUT", "/_sandbox/worlds/cfy_sandbox/faults", 405),
    ] {
        refused(&world.send(Request::new(method, path)), status);
    }
    for settings in [
        json!([]),
        json!({ "rate_limit": 60 }),
        json!({ "rate_limit": { "requests": 0, "per_ms": 1 } }),
        json!({ "contact_replies": "yes" }),
        json!({ "empty": null }),
        json!({ "recording_expires_in_seconds": -1 }),
        json!({ "largest_page": 201 }),
    ] {
        refused(
            &world.send(Request::new("POST", "/_sandbox/worlds").with_json(&settings)),
            400,
        );
    }
    let health = world.send(Request::new("GET", "/_sandbox/health"));
    assert_eq!(accepted(&health, 200), json!({ "ok": true }));
}

#[test]
fn a_world_can_be_removed() {
    let mut world = World::new();
    assert_eq!(world.control("DELETE", "", None).status, 204);
    refused(&world.control("GET", "", None), 404);
    refused(&world.get("get-agent/x"), 401);
}
