//! Keys, scopes, and the ways that lead nowhere.

use super::support::{World, accepted, refused, with};
use centerfy_sandbox::Request;
use centerfy_sandbox::routes::{BASE_PATH, ENDPOINTS, Endpoint, Operation};
use serde_json::json;

/// A well-formed request for an operation.
fn request(world: &World, operation: Operation) -> Request {
    let (agent, contact) = (world.agent(0), world.contact(0));
    let call = world.text("/calls/1/call_id").to_owned();
    let (method, path, body) = match operation {
        Operation::GetAgent => ("GET", format!("get-agent/{agent}"), None),
        Operation::CreateAgent => ("POST", "create-agent".to_owned(), Some(world.new_agent())),
        Operation::UpdateAgent => ("PUT", format!("update-agent/{agent}"), Some(json!({}))),
        Operation::ArchiveAgent => {
            let body = json!({ "agent_id": agent });
            ("POST", "archive-agent".to_owned(), Some(body))
        }
        Operation::MakeAiCall => {
            let body = world.new_call(0);
            ("POST", format!("make-ai-call/{agent}"), Some(body))
        }
        Operation::GetCallRecording => ("GET", format!("get-call-recording/{call}"), None),
        Operation::GetContactMessages => ("GET", format!("get-contact-messages/{contact}"), None),
        Operation::SendMessage => {
            let body = world.new_message(0);
            ("POST", "send-message".to_owned(), Some(body))
        }
    };
    world.request(method, &path, body.as_ref())
}

/// A well-formed request for each operation.
fn every_request(world: &World) -> [Request; ENDPOINTS.len()] {
    ENDPOINTS.map(|endpoint| request(world, endpoint.operation))
}

fn without_key(mut request: Request) -> Request {
    request.headers.retain(|(name, _)| name != "x-api-key");
    request
}

#[test]
fn both_ways_of_the_key_open_every_operation() {
    for Endpoint { operation, .. } in ENDPOINTS {
        let mut world = World::new();
        let answer = world.send(request(&world, operation));
        assert!(matches!(answer.status, 200 | 201), "{}", answer.value());
        assert!(answer.header("x-request-id").is_some());

        let mut world = World::new();
        let bearer = format!("Bearer {}", world.text("/api_key"));
        let request = without_key(request(&world, operation));
        let answer = world.send(request.with_header("authorization", &bearer));
        assert!(matches!(answer.status, 200 | 201), "{}", answer.value());
        let log = world.control("GET", "/log", None).value();
        assert_eq!(log[0]["auth"], "bearer");
        assert_eq!(log[0]["headers"]["authorization"], "Bearer [key]");
    }
}

#[test]
fn no_operation_opens_without_a_valid_key() {
    let mut world = World::new();
    for request in every_request(&world) {
        let request = without_key(request);
        refused(&world.send(request.clone()), 401);
        for (name, value) in [
            ("x-api-key", ""),
            ("x-api-key", "cfy_no_such_key"),
            ("authorization", "Bearer cfy_no_such_key"),
            ("authorization", "Bearer "),
            ("authorization", "Basic Y2Z5X3NhbmRib3g="),
            ("authorization", "cfy_sandbox"),
        ] {
            let message = refused(&world.send(request.clone().with_header(name, value)), 401);
            assert!(!message.contains("cfy_"), "{message}");
        }
    }
    assert_eq!(world.control("GET", "/log", None).value(), json!([]));
}

#[test]
fn the_other_organizations_key_opens_nothing_here() {
    let mut world = World::new();
    for request in every_request(&world) {
        let path = request
            .path
            .strip_prefix(BASE_PATH)
            .and_then(|path| path.strip_prefix('/'));
        let body = serde_json::from_slice(&request.body).ok();
        let path = path.expect("a path").to_owned();
        let answer = world.as_other(&request.method, &path, body.as_ref());
        refused(&answer, 403);
    }
}

#[test]
fn the_other_organization_has_things_of_its_own() {
    let mut world = World::new();
    let mut asked = world.new_agent();
    asked["organization_id"] = json!(world.text("/other_organization_id"));
    asked["sub_account_id"] = json!(world.text("/other_sub_account_id"));
    refused(&world.post("create-agent", &asked), 403);
    let created = accepted(&world.as_other("POST", "create-agent", Some(&asked)), 201);
    let path = format!("get-agent/{}", created["id"].as_str().expect("an id"));
    accepted(&world.as_other("GET", &path, None), 200);
    refused(&world.get(&path), 403);
}

#[test]
fn a_scope_in_the_body_must_be_the_keys() {
    let mut world = World::new();
    let call = format!("make-ai-call/{}", world.agent(0));
    for field in ["organization_id", "sub_account_id"] {
        let body = with(&world.new_agent(), field, json!("elsewhere"));
        let message = refused(&world.post("create-agent", &body), 403);
        assert!(message.contains(field), "{message}");
        let body = with(&world.new_call(0), field, json!("elsewhere"));
        let message = refused(&world.post(&call, &body), 403);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn unknown_paths_and_wrong_verbs_are_refused_in_the_apis_form() {
    let mut world = World::new();
    for path in [
        "",
        "get-agent",
        "get-agent/",
        "get-agent/a/b",
        "list-agents",
        "send-message/x",
    ] {
        refused(&world.get(path), 404);
    }
    for endpoint in ENDPOINTS {
        let path = match endpoint.parameter {
            Some(_) => format!("{}/some-id", endpoint.segment),
            None => endpoint.segment.to_owned(),
        };
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"] {
            if method != endpoint.method {
                let answer = world.send(world.request(method, &path, None));
                refused(&answer, 405);
                assert_eq!(answer.header("allow"), Some(endpoint.method));
            }
        }
    }
}
