//! Connections: kept alive, many at once, and closed early.

use super::support::{Connection, Organization, ask, until};
use serde_json::{Value, json};

#[test]
fn a_connection_carries_many_requests() {
    let organization = Organization::new();
    let mut connection = Connection::open(organization.address);
    for _ in 0..3 {
        connection.send(
            "GET",
            &organization.agent_path(),
            &[&organization.key_line],
            "",
        );
        let response = connection.read().expect("a response");
        assert_eq!(response.status, 200);
        assert_eq!(response.value()["id"], organization.info["agents"][0]["id"]);
    }
}

#[test]
fn hundreds_of_simultaneous_connections_all_get_responses() {
    let organization = Organization::new();
    let mut open: Vec<Connection> = (0..300).map(|_| organization.start_message()).collect();
    for connection in &mut open {
        assert_eq!(connection.read().expect("a response").status, 200);
    }
    assert_eq!(organization.delivered(), 300);
}

#[test]
fn an_incomplete_request_is_not_performed() {
    let organization = Organization::new();
    let mut connection = Connection::open(organization.address);
    let lines = format!("{}\r\ncontent-length: 100", organization.key_line);
    connection.send_head("POST", "/functions/v1/crm-api/send-message", &lines);
    until(|| organization.last_logged() != Value::Null);
    drop(connection);
    until(|| organization.last_logged()["closed_by_client"] == true);
    assert_eq!(organization.last_logged()["carried_out"], false);
}

#[test]
fn a_chunked_body_is_accepted() {
    let organization = Organization::new();
    let mut connection = Connection::open(organization.address);
    let lines = format!("{}\r\ntransfer-encoding: chunked", organization.key_line);
    let id = organization.info["agents"][0]["id"]
        .as_str()
        .expect("an id");
    let body = json!({ "agent_id": id }).to_string();
    let (start, end) = body.split_at(7);
    connection.send_head("POST", "/functions/v1/crm-api/archive-agent", &lines);
    connection.send_raw(&format!(
        "7\r\n{start}\r\n{:x}\r\n{end}\r\n0\r\n\r\n",
        end.len()
    ));
    assert_eq!(
        connection.read().expect("a response").value()["agent_id"],
        id
    );
}

#[test]
fn a_recording_supports_ranges_and_head_requests() {
    let organization = Organization::new();
    let id = organization.info["calls"][1]["call_id"]
        .as_str()
        .expect("an id");
    let path = format!("/functions/v1/crm-api/get-call-recording/{id}");
    let found = ask(
        organization.address,
        "GET",
        &path,
        &[&organization.key_line],
        "",
    )
    .value();
    let url = found["recording_url"].as_str().expect("a URL");
    let target = url
        .strip_prefix(&format!("http://{}", organization.address))
        .expect("the requested address");
    let whole = ask(organization.address, "GET", target, &[], "");
    assert_eq!(whole.header("content-type"), Some("audio/wav"));
    let part = ask(
        organization.address,
        "GET",
        target,
        &["range: bytes=0-43"],
        "",
    );
    assert_eq!((part.status, part.length()), (206, 44));
    assert_eq!(part.body, whole.body[..44]);
    assert_eq!(part.header("access-control-allow-origin"), Some("*"));

    let mut connection = Connection::open(organization.address);
    connection.send("HEAD", target, &[], "");
    let head = connection.read_head().expect("a head");
    assert_eq!(head.length(), whole.body.len());
    assert!(connection.is_silent());
}
