//! Preflights over HTTP.

use super::support::{Organization, ask};
use serde_json::Value;

#[test]
fn a_preflight_has_no_body_and_is_logged_with_its_request() {
    let organization = Organization::new();
    let path = organization.agent_path();
    let origin = "origin: http://page.example";
    let preflight = ask(
        organization.address,
        "OPTIONS",
        &path,
        &[
            origin,
            "access-control-request-method: GET",
            "access-control-request-headers: x-api-key",
        ],
        "",
    );
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("content-length"), None);
    assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        preflight.header("access-control-allow-headers"),
        Some("x-api-key")
    );
    let response = ask(
        organization.address,
        "GET",
        &path,
        &[origin, &organization.key_line],
        "",
    );
    assert_eq!(response.status, 200);
    let exposed = response
        .header("access-control-expose-headers")
        .unwrap_or_default();
    for name in [
        "retry-after",
        "retry-after-ms",
        "ratelimit-reset",
        "x-request-id",
        "date",
    ] {
        assert!(exposed.contains(name), "{exposed}");
    }
    assert!(response.header("date").is_some());
    let log = organization.control("GET", "/log", &Value::Null);
    assert_eq!(log[0]["method"], "OPTIONS");
    assert_eq!(log[1]["method"], "GET");
}
