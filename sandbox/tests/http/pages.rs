//! What a browser sees: preflights, and answers that a page may read.

use super::support::{World, ask};
use serde_json::Value;

#[test]
fn a_preflight_has_no_body_and_is_logged_with_its_request() {
    let world = World::new();
    let path = world.agent_path();
    let origin = "origin: http://page.example";
    let preflight = ask(
        world.address,
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
    let answer = ask(world.address, "GET", &path, &[origin, &world.key_line], "");
    assert_eq!(answer.status, 200);
    let exposed = answer
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
    assert!(answer.header("date").is_some());
    let log = world.control("GET", "/log", &Value::Null);
    assert_eq!(log[0]["method"], "OPTIONS");
    assert_eq!(log[1]["method"], "GET");
}
