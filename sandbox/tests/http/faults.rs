//! The effect of each fault on a client's socket.

use super::support::{Organization, until};
use serde_json::json;
use std::io::ErrorKind;
use std::time::{Duration, Instant};

#[test]
fn dropped_before_resets_before_the_body_arrives() {
    let organization = Organization::new();
    organization.fault(json!({ "operation": "sendMessage", "type": "drop", "when": "before" }));
    let mut connection = super::support::Connection::open(organization.address);
    let lines = format!("{}\r\ncontent-length: 100", organization.key_line);
    connection.send_head("POST", "/functions/v1/crm-api/send-message", &lines);
    let error = connection.read_head().expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let logged = organization.last_logged();
    assert_eq!(logged["carried_out"], false);
    assert_eq!(logged["closed_by_client"], false);
    assert_eq!(logged["status"], json!(null));

    organization.fault(json!({ "type": "drop", "when": "before" }));
    let error = organization
        .start_message()
        .read_head()
        .expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(organization.delivered(), 0);
}

#[test]
fn dropped_after_resets_and_the_message_is_sent() {
    let organization = Organization::new();
    organization.fault(json!({ "type": "drop", "when": "after" }));
    let error = organization
        .start_message()
        .read_head()
        .expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(organization.delivered(), 1);
    assert_eq!(organization.last_logged()["carried_out"], true);
}

#[test]
fn stalled_headers_never_arrive_and_the_disconnect_is_logged() {
    for carry_out in [true, false] {
        let organization = Organization::new();
        organization.fault(json!({ "type": "stall_headers", "carryOut": carry_out }));
        let connection = organization.start_message();
        until(|| organization.last_logged()["body"].is_object());
        assert!(connection.is_silent());
        assert_eq!(organization.last_logged()["closed_by_client"], false);
        drop(connection);
        until(|| organization.last_logged()["closed_by_client"] == true);
        assert_eq!(organization.last_logged()["status"], json!(null));
        assert_eq!(organization.delivered(), usize::from(carry_out));
    }
}

#[test]
fn a_stalled_body_declares_more_than_it_sends() {
    let organization = Organization::new();
    organization.fault(json!({ "type": "stall_body", "afterBytes": 10 }));
    let mut connection = organization.start_message();
    let head = connection.read_head().expect("a head");
    assert_eq!(head.status, 200);
    assert!(head.length() > 10);
    assert_eq!(connection.read_bytes(10).expect("a start").len(), 10);
    assert!(connection.is_silent());
    drop(connection);
    until(|| organization.last_logged()["closed_by_client"] == true);
    assert_eq!(organization.last_logged()["status"], 200);
    assert_eq!(organization.delivered(), 1);
}

#[test]
fn a_stalled_body_of_an_error_stalls_even_when_it_is_empty_or_short() {
    for (body, sent) in [("", 0), ("abc", 2)] {
        let organization = Organization::new();
        organization
            .fault(json!({ "type": "stall_body", "afterBytes": 99, "status": 500, "body": body }));
        let mut connection = organization.start_message();
        let head = connection.read_head().expect("a head");
        assert_eq!((head.status, head.length()), (500, sent + 1));
        connection.read_bytes(sent).expect("a start");
        assert!(connection.is_silent());
        assert_eq!(organization.delivered(), 0);
    }
}

#[test]
fn a_cut_body_ends_with_a_reset() {
    let organization = Organization::new();
    for after_bytes in [0, 10, 100_000] {
        organization.fault(json!({ "type": "cut_body", "afterBytes": after_bytes }));
        let mut connection = organization.start_message();
        let head = connection.read_head().expect("a head");
        let sent = after_bytes.min(head.length() - 1);
        connection.read_bytes(sent).expect("a start");
        let error = connection.read_some().expect_err("a reset");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        assert_eq!(organization.last_logged()["closed_by_client"], false);
    }
    assert_eq!(organization.delivered(), 3);
}

#[test]
fn a_trickle_is_slow_and_complete() {
    let organization = Organization::new();
    organization.fault(json!({ "type": "trickle", "bytes": 50, "everyMs": 5 }));
    let start = Instant::now();
    let mut connection = organization.start_message();
    let head = connection.read_head().expect("a head");
    let length = head.length();
    let (mut got, mut reads) = (0, 0);
    while got < length {
        got += connection.read_some().expect("more");
        reads += 1;
    }
    assert_eq!(got, length);
    assert!(reads > 1, "{reads}");
    let pieces = u32::try_from(length.div_ceil(50)).expect("few");
    assert!(start.elapsed() >= Duration::from_millis(5) * pieces);
    assert_eq!(organization.delivered(), 1);
}

#[test]
fn an_operation_is_performed_after_its_delay() {
    let organization = Organization::new();
    organization.fault(json!({ "type": "delay", "ms": 60 }));
    let start = Instant::now();
    assert_eq!(
        organization
            .start_message()
            .read()
            .expect("a response")
            .status,
        200
    );
    assert!(start.elapsed() >= Duration::from_millis(60));
    assert_eq!(organization.delivered(), 1);

    // If the client disconnects during the delay, the operation is not performed.
    organization.fault(json!({ "type": "delay", "ms": 600_000 }));
    let leaving = organization.start_message();
    // Wait until it has arrived: a request that is reset before it is read is not logged.
    until(|| organization.logged() == 2);
    drop(leaving);
    until(|| organization.last_logged()["closed_by_client"] == true);
    assert_eq!(organization.last_logged()["carried_out"], false);
    assert_eq!(organization.delivered(), 1);
}

#[test]
fn a_described_response_arrives_unchanged() {
    let organization = Organization::new();
    organization.fault(json!([
        { "type": "answer", "status": 502, "body": "<p>gateway</p>", "repeat": 80_000 },
        { "type": "answer", "status": 204 },
        { "type": "answer", "status": 429, "headers": { "Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT", "date": "x" } },
        { "type": "stall_body", "afterBytes": 1, "status": 204 },
    ]));
    let page = organization.start_message().read().expect("a response");
    assert_eq!((page.status, page.body.len()), (502, 14 * 80_000));
    assert_eq!(page.header("content-type"), Some("text/html"));
    assert_eq!(page.header("access-control-allow-origin"), Some("*"));
    let empty = organization.start_message().read().expect("a response");
    assert_eq!((empty.status, empty.header("content-length")), (204, None));
    let late = organization.start_message().read().expect("a response");
    assert_eq!(
        late.header("retry-after"),
        Some("Wed, 21 Oct 2037 07:28:00 GMT")
    );
    assert_eq!(late.header("date"), Some("x"));
    assert_eq!(
        organization
            .start_message()
            .read()
            .expect("a response")
            .status,
        204
    );
    assert_eq!(organization.last_logged()["closed_by_client"], false);
    assert_eq!(organization.delivered(), 0);
}
