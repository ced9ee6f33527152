//! Faults: which request takes which, and whether its operation is performed.

use super::support::{Organization, accepted, refused};
use centerfy_sandbox::{Ending, Transfer};
use serde_json::{Value, json};

fn fault(organization: &mut Organization, fault: Value) {
    assert_eq!(
        organization.control("POST", "/faults", Some(&fault)).status,
        201
    );
}

#[test]
fn a_fault_applies_to_its_operation_as_many_times_as_it_says() {
    let mut organization = Organization::new();
    let path = format!("get-agent/{}", organization.agent(0));
    let messages = format!("get-contact-messages/{}", organization.contact(0));
    fault(
        &mut organization,
        json!([
            { "operation": "getAgent", "times": 2, "type": "answer", "status": 503 },
            { "type": "answer", "status": 500, "body": { "error": true, "message": "boom" } },
        ]),
    );
    // The first fault is for another operation, so this request takes the second.
    assert_eq!(refused(&organization.get(&messages), 500), "boom");
    accepted(&organization.get(&messages), 200);
    assert_eq!(organization.get(&path).status, 503);
    let pending = organization.control("GET", "/faults", None).value();
    assert_eq!(
        pending,
        json!([{ "operation": "getAgent", "times": 1, "type": "answer", "status": 503 }])
    );
    assert_eq!(organization.get(&path).status, 503);
    accepted(&organization.get(&path), 200);

    fault(
        &mut organization,
        json!({ "times": null, "type": "answer", "status": 418 }),
    );
    for _ in 0..10 {
        assert_eq!(organization.get(&path).status, 418);
    }
    assert_eq!(organization.control("DELETE", "/faults", None).status, 204);
    accepted(&organization.get(&path), 200);
}

#[test]
fn a_described_response_replaces_the_operations_own() {
    let mut organization = Organization::new();
    let path = format!("get-agent/{}", organization.agent(0));
    fault(
        &mut organization,
        json!([
            { "type": "answer", "status": 502, "body": "<p>x</p>", "repeat": 3 },
            { "type": "answer", "body": [1], "headers": { "Content-Type": "text/plain", "Retry-After": 7 } },
            { "type": "answer", "status": 200 },
            { "type": "answer", "headers": { "access-control-allow-origin": null, "x-many": ["a", "b"] } },
        ]),
    );
    let html = organization.get(&path);
    assert_eq!(
        (html.status, html.body.as_slice()),
        (502, &b"<p>x</p><p>x</p><p>x</p>"[..])
    );
    assert_eq!(html.header("content-type"), Some("text/html"));
    assert_eq!(html.header("access-control-allow-origin"), Some("*"));
    assert!(html.header("x-request-id").is_some());
    let plain = organization.get(&path);
    assert_eq!(plain.header("content-type"), Some("text/plain"));
    assert_eq!(plain.header("retry-after"), Some("7"));
    assert_eq!(plain.value(), json!([1]));
    let empty = organization.get(&path);
    assert_eq!((empty.body.len(), empty.header("content-type")), (0, None));
    let closed = organization.get(&path);
    assert_eq!(closed.header("access-control-allow-origin"), None);
    let many = closed.headers.iter().filter(|(name, _)| name == "x-many");
    assert_eq!(many.count(), 2);
}

#[test]
fn each_type_performs_the_operation_or_does_not() {
    for (fault_spec, carried_out, transfer) in [
        (
            json!({ "type": "answer", "status": 500 }),
            false,
            Transfer::Whole,
        ),
        (
            json!({ "type": "answer", "status": 500, "carryOut": true }),
            true,
            Transfer::Whole,
        ),
        (json!({ "type": "delay", "ms": 70 }), true, Transfer::Whole),
        (
            json!({ "type": "drop", "when": "before" }),
            false,
            Transfer::Nothing(Ending::Reset),
        ),
        (
            json!({ "type": "drop", "when": "after" }),
            true,
            Transfer::Nothing(Ending::Reset),
        ),
        (
            json!({ "type": "stall_headers" }),
            true,
            Transfer::Nothing(Ending::Stall),
        ),
        (
            json!({ "type": "stall_headers", "carryOut": false }),
            false,
            Transfer::Nothing(Ending::Stall),
        ),
        (
            json!({ "type": "stall_body", "afterBytes": 5 }),
            true,
            Transfer::Part {
                bytes: 5,
                ending: Ending::Stall,
            },
        ),
        (
            json!({ "type": "cut_body", "afterBytes": 5 }),
            true,
            Transfer::Part {
                bytes: 5,
                ending: Ending::Reset,
            },
        ),
        (
            json!({ "type": "cut_body", "afterBytes": 5, "status": 502, "body": "sorry" }),
            false,
            Transfer::Part {
                bytes: 5,
                ending: Ending::Reset,
            },
        ),
        (
            json!({ "type": "trickle", "bytes": 9, "everyMs": 2 }),
            true,
            Transfer::Trickle {
                bytes: 9,
                every_ms: 2,
            },
        ),
    ] {
        let mut organization = Organization::new();
        fault(&mut organization, fault_spec.clone());
        let request =
            organization.request("POST", "send-message", Some(&organization.new_message(0)));
        let outcome = organization.outcome(&request);
        assert_eq!(outcome.transfer, transfer, "{fault_spec}");
        assert_eq!(outcome.delay_ms, fault_spec["ms"].as_u64().unwrap_or(0));
        let delivered = organization.deliveries("sendMessage").len();
        assert_eq!(delivered, usize::from(carried_out), "{fault_spec}");
        let log = organization.control("GET", "/log", None).value();
        assert_eq!(log[0]["carried_out"], carried_out, "{fault_spec}");
        let unanswered = matches!(transfer, Transfer::Nothing(_));
        assert_eq!(log[0]["status"].is_null(), unanswered, "{fault_spec}");
    }
}

#[test]
fn a_refused_request_takes_no_fault() {
    let mut organization = Organization::new();
    fault(
        &mut organization,
        json!({ "type": "answer", "status": 500 }),
    );
    refused(&organization.get("no-such-endpoint"), 404);
    let request = organization.request("GET", "get-agent/x", None);
    let mut keyless = request.clone();
    keyless.headers.clear();
    refused(&organization.send(keyless), 401);
    assert_eq!(organization.send(request).status, 500);
}

#[test]
fn an_invalid_fault_is_refused_with_all_others_of_the_request() {
    let mut organization = Organization::new();
    for (spec, word) in [
        (json!(1), "fault"),
        (json!({}), "type"),
        (json!({ "type": "explode" }), "type"),
        (json!({ "type": "delay" }), "ms"),
        (json!({ "type": "delay", "ms": -1 }), "ms"),
        (json!({ "type": "drop" }), "when"),
        (json!({ "type": "stall_body" }), "afterBytes"),
        (json!({ "type": "trickle", "bytes": 1 }), "everyMs"),
        (json!({ "type": "answer", "status": 99 }), "status"),
        (json!({ "type": "answer", "status": 700 }), "status"),
        (json!({ "type": "answer", "carryOut": 1 }), "carryOut"),
        (json!({ "type": "delay", "ms": 1, "time": 2 }), "time is no"),
        (
            json!({ "type": "drop", "when": "after", "status": 500 }),
            "status is no",
        ),
        (
            json!({ "type": "answer", "headers": { "content-length": "1" } }),
            "content-length",
        ),
        (
            json!({ "type": "answer", "headers": { "a b": "1" } }),
            "headers",
        ),
        (
            json!({ "type": "answer", "headers": { "a": "1\r\nb: 2" } }),
            "headers",
        ),
        (
            json!({ "type": "answer", "body": "x", "repeat": 99_999_999_999_u64 }),
            "repeat",
        ),
        (json!({ "type": "delay", "ms": 1, "times": 0 }), "times"),
        (
            json!({ "type": "delay", "ms": 1, "operation": "listAgents" }),
            "operation",
        ),
    ] {
        let both = json!([{ "type": "answer" }, spec]);
        let message = refused(&organization.control("POST", "/faults", Some(&both)), 400);
        assert!(message.contains(word), "{spec}: {message}");
    }
    assert_eq!(
        organization.control("GET", "/faults", None).value(),
        json!([])
    );
}
