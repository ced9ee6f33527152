//! Keys, scopes and unknown paths.

use super::support::{Organization, accepted, refused, with};
use centerfy_sandbox::Request;
use centerfy_sandbox::operations::OPERATIONS;
use centerfy_sandbox::routes::BASE_PATH;
use serde_json::json;

fn without_key(mut request: Request) -> Request {
    request.headers.retain(|(name, _)| name != "x-api-key");
    request
}

#[test]
fn both_headers_authorize_every_operation() {
    for operation in &OPERATIONS {
        let mut organization = Organization::new();
        let request = organization.request_for(operation);
        let response = organization.send(request);
        assert!(matches!(response.status, 200 | 201), "{}", response.value());
        assert!(response.header("x-request-id").is_some());

        let mut organization = Organization::new();
        let bearer = format!("Bearer {}", organization.text("/api_key"));
        let request = without_key(organization.request_for(operation));
        let response = organization.send(request.with_header("authorization", &bearer));
        assert!(matches!(response.status, 200 | 201), "{}", response.value());
        let log = organization.control("GET", "/log", None).value();
        assert_eq!(log[0]["auth"], "bearer");
        assert_eq!(log[0]["headers"]["authorization"], "Bearer [key]");
    }
}

#[test]
fn every_operation_requires_a_valid_key() {
    let mut organization = Organization::new();
    for operation in &OPERATIONS {
        let request = without_key(organization.request_for(operation));
        refused(&organization.send(request.clone()), 401);
        for (name, value) in [
            ("x-api-key", ""),
            ("x-api-key", "cfy_no_such_key"),
            ("authorization", "Bearer cfy_no_such_key"),
            ("authorization", "Bearer "),
            ("authorization", "Basic Y2Z5X3NhbmRib3g="),
            ("authorization", "cfy_sandbox"),
        ] {
            let message = refused(
                &organization.send(request.clone().with_header(name, value)),
                401,
            );
            assert!(!message.contains("cfy_"), "{message}");
        }
    }
    assert_eq!(organization.control("GET", "/log", None).value(), json!([]));
}

#[test]
fn the_key_of_another_organization_has_no_access() {
    let mut organization = Organization::new();
    for operation in &OPERATIONS {
        let request = organization.request_for(operation);
        let path = request
            .path
            .strip_prefix(BASE_PATH)
            .and_then(|path| path.strip_prefix('/'));
        let body = serde_json::from_slice(&request.body).ok();
        let path = path.expect("a path").to_owned();
        let response = organization.as_other(&request.method, &path, body.as_ref());
        refused(&response, 403);
    }
}

#[test]
fn the_other_organization_has_entities_of_its_own() {
    let mut organization = Organization::new();
    let mut input = organization.new_agent();
    input["organization_id"] = json!(organization.text("/other_organization_id"));
    input["sub_account_id"] = json!(organization.text("/other_sub_account_id"));
    refused(&organization.post("create-agent", &input), 403);
    let created = accepted(
        &organization.as_other("POST", "create-agent", Some(&input)),
        201,
    );
    let path = format!("get-agent/{}", created["id"].as_str().expect("an id"));
    accepted(&organization.as_other("GET", &path, None), 200);
    refused(&organization.get(&path), 403);
}

#[test]
fn the_scope_in_the_body_must_be_that_of_the_key() {
    let mut organization = Organization::new();
    let call = format!("make-ai-call/{}", organization.agent(0));
    for field in ["organization_id", "sub_account_id"] {
        let body = with(&organization.new_agent(), field, json!("elsewhere"));
        let message = refused(&organization.post("create-agent", &body), 403);
        assert!(message.contains(field), "{message}");
        let body = with(&organization.new_call(0), field, json!("elsewhere"));
        let message = refused(&organization.post(&call, &body), 403);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn unknown_paths_and_wrong_methods_are_refused_in_the_apis_format() {
    let mut organization = Organization::new();
    for path in [
        "",
        "get-agent",
        "get-agent/",
        "get-agent/a/b",
        "list-agents",
        "send-message/x",
    ] {
        refused(&organization.get(path), 404);
    }
    for operation in &OPERATIONS {
        let path = match operation.parameter() {
            Some(_) => format!("{}/some-id", operation.segment()),
            None => operation.segment().to_owned(),
        };
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"] {
            if method != operation.method {
                let response = organization.send(organization.request(method, &path, None));
                refused(&response, 405);
                assert_eq!(response.header("allow"), Some(operation.method));
            }
        }
    }
}
