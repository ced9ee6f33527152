//! Recordings and their URLs.

use super::support::{Organization, accepted, refused};
use centerfy_sandbox::{Request, Response};
use serde_json::{Value, json};

fn recording(organization: &mut Organization, index: usize, id: &str) -> Value {
    let id = organization
        .text(&format!("/calls/{index}/{id}"))
        .to_owned();
    accepted(&organization.get(&format!("get-call-recording/{id}")), 200)
}

fn target(recording: &Value) -> String {
    let url = recording["recording_url"].as_str().expect("a URL");
    url.strip_prefix("http://127.0.0.1:8787")
        .expect("the requested host")
        .to_owned()
}

fn fetch(organization: &mut Organization, target: &str, range: Option<&str>) -> Response {
    let request = Request::new("GET", target);
    organization.send(match range {
        Some(range) => request.with_header("range", range),
        None => request,
    })
}

#[test]
fn a_signed_url_plays_until_it_expires() {
    let mut organization = Organization::with(&json!({ "recording_expires_in_seconds": 10 }));
    let found = recording(&mut organization, 1, "call_id");
    assert_eq!(found["expires_in_seconds"], 10);
    assert_eq!(found["call_id"], organization.text("/calls/1/call_id"));
    assert_eq!(recording(&mut organization, 1, "call_sid"), found);
    let target = target(&found);
    organization.now_ms += 9_999;
    let response = fetch(&mut organization, &target, None);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-type"), Some("audio/wav"));
    assert_eq!(response.header("accept-ranges"), Some("bytes"));
    assert!(response.body.starts_with(b"RIFF") && response.body.len() < 200_000);
    organization.now_ms += 1;
    assert!(refused(&fetch(&mut organization, &target, None), 403).contains("expired"));
}

#[test]
fn an_older_recording_does_not_expire() {
    let mut organization = Organization::new();
    let found = recording(&mut organization, 0, "call_id");
    assert_eq!(found["expires_in_seconds"], Value::Null);
    organization.now_ms += 10 * 365 * 86_400_000;
    assert_eq!(fetch(&mut organization, &target(&found), None).status, 200);
}

#[test]
fn an_invalid_signature_is_refused() {
    let mut organization = Organization::new();
    let target = target(&recording(&mut organization, 1, "call_id"));
    let (path, query) = target.split_once('?').expect("a query");
    let other = organization.text("/calls/2/call_id").to_owned();
    for changed in [
        path.to_owned(),
        target.replace("expires=1", "expires=2"),
        target.replace("expires=", "expires=x"),
        format!("{path}?{}", query.split_once('&').expect("two parts").1),
        format!("{target}0"),
        format!("/recordings/{other}.wav?{query}"),
    ] {
        assert!(refused(&fetch(&mut organization, &changed, None), 403).contains("signature"));
    }
    refused(
        &fetch(&mut organization, "/recordings/none.wav?signature=x", None),
        404,
    );
    refused(&fetch(&mut organization, "/recordings/", None), 404);
    let posted = organization.send(Request::new("POST", &target));
    refused(&posted, 405);
}

#[test]
fn ranges_are_supported() {
    let mut organization = Organization::new();
    let target = target(&recording(&mut organization, 1, "call_id"));
    let whole = fetch(&mut organization, &target, None).body;
    let length = whole.len();
    for (range, first, last) in [
        ("bytes=0-99".to_owned(), 0, 99),
        ("bytes=1000-".to_owned(), 1000, length - 1),
        ("bytes=-44".to_owned(), length - 44, length - 1),
        (format!("bytes=0-{}", length * 2), 0, length - 1),
    ] {
        let part = fetch(&mut organization, &target, Some(&range));
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, whole[first..=last]);
        let expected = format!("bytes {first}-{last}/{length}");
        assert_eq!(part.header("content-range"), Some(expected.as_str()));
    }
    let outside = fetch(
        &mut organization,
        &target,
        Some(&format!("bytes={length}-")),
    );
    assert_eq!(outside.status, 416);
    assert_eq!(
        outside.header("content-range"),
        Some(format!("bytes */{length}").as_str())
    );
    assert_eq!(
        fetch(&mut organization, &target, Some("lines=1-2")).status,
        200
    );
}

#[test]
fn some_calls_have_no_recording() {
    let mut organization = Organization::new();
    let id = organization.text("/calls/4/call_id").to_owned();
    let message = refused(&organization.get(&format!("get-call-recording/{id}")), 404);
    assert!(message.contains("no recording yet"), "{message}");
    refused(&organization.get("get-call-recording/nothing"), 404);
}
