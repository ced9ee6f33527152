//! The rate limit.

use super::support::{Organization, accepted, refused};
use centerfy_sandbox::{Handler, Request};
use serde_json::json;

#[test]
fn the_window_slides_and_retry_after_is_correct() {
    let mut organization =
        Organization::with(&json!({ "rate_limit": { "requests": 3, "per_ms": 2_500 } }));
    let path = format!("get-agent/{}", organization.agent(0));
    for _ in 0..3 {
        accepted(&organization.get(&path), 200);
        organization.now_ms += 100;
    }
    let response = organization.get(&path);
    assert!(refused(&response, 429).contains("Rate limit"));
    // 2.2 s are left, which round up to whole seconds.
    assert_eq!(response.header("retry-after"), Some("3"));
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    organization.now_ms += 2_199;
    assert_eq!(organization.get(&path).header("retry-after"), Some("1"));
    organization.now_ms += 1;
    accepted(&organization.get(&path), 200);
    refused(&organization.get(&path), 429);
}

#[test]
fn each_key_has_its_own_window_and_preflights_and_control_endpoints_have_none() {
    let mut organization =
        Organization::with(&json!({ "rate_limit": { "requests": 1, "per_ms": 1_000 } }));
    let path = format!("get-agent/{}", organization.agent(0));
    for _ in 0..5 {
        let mut preflight = organization.request("OPTIONS", &path, None);
        preflight.headers.retain(|(name, _)| name != "x-api-key");
        assert_eq!(organization.send(preflight).status, 204);
        accepted(&organization.control("GET", "", None), 200);
    }
    accepted(&organization.get(&path), 200);
    refused(&organization.as_other("GET", &path, None), 403);
    refused(&organization.get(&path), 429);
    refused(&organization.as_other("GET", &path, None), 429);
    // No operation is performed beyond the limit.
    let new = organization.new_agent();
    refused(&organization.post("create-agent", &new), 429);
    assert!(organization.deliveries("createAgent").is_empty());
}

#[test]
fn the_default_organization_allows_sixty_requests_per_minute() {
    let mut sandbox = Handler::new(1, 0);
    let request = Request::new("GET", "/functions/v1/crm-api/get-agent/x")
        .with_header("x-api-key", "cfy_sandbox");
    for second in 0..60 {
        assert_eq!(sandbox.handle(&request, second * 500).response.status, 404);
    }
    assert_eq!(sandbox.handle(&request, 59_999).response.status, 429);
    assert_eq!(sandbox.handle(&request, 60_000).response.status, 404);
    assert_eq!(sandbox.handle(&request, 60_000).response.status, 429);
}
