//! Preflights and CORS headers.

use super::support::Organization;
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
fn a_preflight_allows_the_requested_headers_that_the_area_takes() {
    let mut organization = Organization::new();
    let response = organization.send(preflight(PATH, "Content-Type, x-api-key,x-stainless-lang"));
    assert_eq!(response.status, 204);
    assert!(response.body.is_empty());
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        response.header("access-control-allow-headers"),
        Some("content-type, x-api-key")
    );
    let methods = response
        .header("access-control-allow-methods")
        .unwrap_or_default();
    for method in ["GET", "POST", "PUT"] {
        assert!(methods.contains(method), "{methods}");
    }
    assert!(response.header("access-control-max-age").is_some());
    assert_eq!(
        response.header("access-control-allow-private-network"),
        None
    );
    let private = preflight(PATH, "").with_header("access-control-request-private-network", "true");
    let response = organization.send(private);
    assert_eq!(
        response.header("access-control-allow-private-network"),
        Some("true")
    );
    assert_eq!(response.header("access-control-allow-headers"), None);
}

#[test]
fn pages_can_read_every_response() {
    let mut organization = Organization::new();
    let agent = format!("get-agent/{}", organization.agent(0));
    for path in [agent.as_str(), "get-agent/x", "nothing"] {
        let response = organization.get(path);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        let exposed = response
            .header("access-control-expose-headers")
            .unwrap_or_default();
        assert!(exposed.contains("retry-after") && exposed.contains("x-request-id"));
        assert!(response.header("x-request-id").is_some());
    }
    let response = organization.control("GET", "", None);
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn pages_can_use_control_endpoints_and_recordings() {
    let mut organization = Organization::new();
    let response = organization.send(preflight(
        "/_sandbox/organizations",
        "content-type, x-anything, b\u{e4}d",
    ));
    assert_eq!(
        response.header("access-control-allow-headers"),
        Some("content-type, x-anything")
    );
    let response = organization.send(preflight("/recordings/x.wav", "range, x-anything"));
    assert_eq!(
        response.header("access-control-allow-headers"),
        Some("range")
    );
}

#[test]
fn a_preflight_is_logged_with_the_request_that_it_announces() {
    let mut organization = Organization::new();
    let asked_at = organization.now_ms;
    organization.send(preflight(PATH, "x-api-key"));
    organization.send(preflight(
        "/functions/v1/crm-api/archive-agent",
        "x-api-key",
    ));
    organization.now_ms += 20;
    let request = organization.request("POST", "send-message", Some(&organization.new_message(0)));
    let request = request.with_header("origin", "https://page.example");
    organization.send(request.clone());
    organization.send(request);
    let log = organization.control("GET", "/log", None).value();
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
