//! The control endpoints.

use super::support::{Organization, accepted, refused};
use centerfy_sandbox::Request;
use serde_json::json;

#[test]
fn organizations_share_no_state() {
    let mut organization = Organization::new();
    let second = organization
        .send(Request::new("POST", "/_sandbox/organizations"))
        .value();
    assert_ne!(second["api_key"], organization.info["api_key"]);
    assert_ne!(
        second["agents"][0]["id"],
        organization.info["agents"][0]["id"]
    );
    let path = format!(
        "get-agent/{}",
        second["agents"][0]["id"].as_str().expect("an id")
    );
    refused(&organization.get(&path), 404);
    assert_eq!(
        organization
            .control("GET", "/log", None)
            .value()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let inspector = format!(
        "/_sandbox/organizations/{}/log",
        second["api_key"].as_str().expect("a key")
    );
    assert_eq!(
        organization.send(Request::new("GET", &inspector)).value(),
        json!([])
    );
}

#[test]
fn a_reset_restores_the_initial_state() {
    let mut organization =
        Organization::with(&json!({ "rate_limit": { "requests": 2, "per_ms": 60_000 } }));
    let new = organization.new_agent();
    let created = accepted(&organization.post("create-agent", &new), 201);
    let id = organization.agent(0);
    organization.post("archive-agent", &json!({ "agent_id": id }));
    refused(&organization.get(&format!("get-agent/{id}")), 429);
    organization.control(
        "POST",
        "/faults",
        Some(&json!({ "type": "answer", "times": null })),
    );
    let reset = organization.control("POST", "/reset", None);
    assert_eq!(accepted(&reset, 200), organization.info);
    assert_eq!(organization.control("GET", "/log", None).value(), json!([]));
    assert_eq!(
        organization.control("GET", "/faults", None).value(),
        json!([])
    );
    assert_eq!(
        organization.control("GET", "/deliveries", None).value(),
        json!([])
    );
    // An id is never issued again after a reset.
    let again = accepted(&organization.post("create-agent", &new), 201);
    assert_ne!(again["id"], created["id"]);
}

#[test]
fn the_log_has_everything_but_the_keys() {
    let mut organization = Organization::new();
    let key = organization.text("/api_key").to_owned();
    let mut input = organization.new_message(0);
    input["content"] = json!(format!("my key is {key}"));
    let request = organization.request("POST", "send-message", Some(&input));
    let request = request
        .with_header("x-note", &format!("<{key}>"))
        .with_header("accept", "*/*");
    organization.send(request);
    organization.get(&format!("get-agent/{key}?key={key}"));
    let log = organization.control("GET", "/log", None);
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
    assert_eq!(entry["at_ms"], organization.now_ms);
    assert_eq!(entry["carried_out"], true);
    assert_eq!(entry["closed_by_client"], false);
    assert_eq!(log[1]["query"], "key=[key]");
    assert_eq!(log[1]["status"], 404);
    assert_eq!(log[1]["carried_out"], false);
    assert_eq!(log[1]["body"], json!(null));
    assert_eq!(organization.control("DELETE", "/log", None).status, 204);
    assert_eq!(organization.control("GET", "/log", None).value(), json!([]));
}

#[test]
fn an_empty_organization_can_be_filled() {
    let mut organization = Organization::with(&json!({ "empty": true }));
    for list in ["agents", "contacts", "calls"] {
        assert_eq!(organization.info[list], json!([]));
    }
    let new = organization.new_agent();
    accepted(&organization.post("create-agent", &new), 201);
    let info = organization.control("GET", "", None).value();
    assert_eq!(info["agents"][0]["name"], "Test agent");
}

#[test]
fn unknown_control_endpoints_and_settings_are_refused() {
    let mut organization = Organization::new();
    for (method, path, status) in [
        ("GET", "/_sandbox", 404),
        ("GET", "/_sandbox/organizations/none", 404),
        ("GET", "/_sandbox/organizations", 405),
        ("POST", "/_sandbox/health", 405),
        ("GET", "/_sandbox/organizations/cfy_sandbox/nothing", 404),
        ("POST", "/_sandbox/organizations/cfy_sandbox/log", 405),
        ("PUT", "/_sandbox/organizations/cfy_sandbox/faults", 405),
    ] {
        refused(&organization.send(Request::new(method, path)), status);
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
            &organization
                .send(Request::new("POST", "/_sandbox/organizations").with_json(&settings)),
            400,
        );
    }
    let health = organization.send(Request::new("GET", "/_sandbox/health"));
    assert_eq!(accepted(&health, 200), json!({ "ok": true }));
}

#[test]
fn an_organization_can_be_removed() {
    let mut organization = Organization::new();
    assert_eq!(organization.control("DELETE", "", None).status, 204);
    refused(&organization.control("GET", "", None), 404);
    refused(&organization.get("get-agent/x"), 401);
}
