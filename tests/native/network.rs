//! Sending with reqwest.

use std::error::Error;
use std::future::Future;
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use centerfy::{CenterfyError, Client};

/// What a future gives when it is polled once, outside of any runtime.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

/// A base URL at which nothing listens.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn an_error_says_why_no_answer_came() {
    let client = Client::builder().base_url(nowhere()).build().unwrap();
    let error = client.get_agent("a").max_retries(0).await.unwrap_err();
    assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
    assert!(error.to_string().contains("Connection refused"), "{error}");
    let mut sources = Vec::new();
    let mut next = error.source();
    while let Some(source) = next {
        sources.push(source.to_string());
        next = source.source();
    }
    assert!(
        sources.iter().any(|it| it.contains("Connection refused")),
        "{sources:?}"
    );
}

#[test]
fn without_a_runtime_a_call_says_what_is_missing() {
    let client = Client::builder().base_url(nowhere()).build().unwrap();
    let error = at_once(client.get_agent("a")).unwrap_err();
    assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
    assert_eq!((error.attempts(), error.maybe_delivered()), (0, false));
    assert!(error.to_string().contains("no Tokio runtime"), "{error}");
}

#[test]
fn a_path_as_base_url_builds_on_a_server_and_the_call_says_what_is_missing() {
    for client in [
        Client::builder().base_url("/api/crm"),
        Client::builder().proxy("/api/crm"),
    ] {
        let client = client.build().unwrap();
        let error = at_once(client.get_agent("a")).unwrap_err();
        assert!(matches!(error, CenterfyError::Validation(_)), "{error:?}");
        assert!(
            error.to_string().contains("only a page resolves a path"),
            "{error}"
        );
        let mut messages = client.contact_messages("c");
        assert!(at_once(messages.next()).is_some_and(|first| first.is_err()));
        assert!(at_once(messages.next()).is_none());
    }
}

#[test]
fn a_base_url_that_can_be_none_is_refused_when_the_client_is_made() {
    for url in [
        "http://host:99999",
        "http://a:b",
        "http://",
        "example.com",
        "http://[]",
        "http://256.1.1.1",
        "http://a\u{3000}b",
        "http://xn--",
    ] {
        let error = Client::builder().base_url(url).build().unwrap_err();
        assert_eq!(error.field(), Some("base_url"), "{url}");
    }
}

#[test]
fn a_request_that_is_refused_needs_no_runtime() {
    let client = Client::new("cfy_1").unwrap();
    let error = at_once(client.get_agent("..")).unwrap_err();
    assert_eq!(error.field(), Some("agent_id"));
    assert!(error.to_string().starts_with("get_agent: agent_id must be"));
}
