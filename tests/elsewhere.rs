//! The typed client outside of JavaScript: it compiles, and every call fails at once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use centerfy::types::{Author, Channel, ContactMessagesQuery, SendMessageRequest};
use centerfy::{CenterfyError, Client};

/// The result of a future that is polled once. Nothing wakes it.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

fn client() -> Client {
    Client::new("cfy_1").unwrap()
}

#[test]
fn a_call_fails_at_once_and_reached_nobody() {
    let message = SendMessageRequest::new("conv_1", Channel::Sms, Author::AsWritten, "Hello");
    let errors = [
        at_once(client().get_agent("a")).unwrap_err(),
        at_once(client().send_message(&message)).unwrap_err(),
        at_once(client().get_contact_messages("c", ContactMessagesQuery::new())).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
        assert_eq!((error.attempts(), error.maybe_delivered()), (0, false));
        let words =
            "no response (requests can only be sent from WebAssembly in a JavaScript runtime)";
        assert!(error.to_string().ends_with(words), "{error}");
    }
}

#[test]
fn it_fails_before_anything_else() {
    // A request that would be refused, and more calls than the rate limit has places.
    for _ in 0..100 {
        let error = at_once(client().get_agent("..")).unwrap_err();
        assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
    }
}

#[test]
fn a_stream_ends_with_the_error() {
    let mut messages = client().contact_messages("c");
    let first = at_once(messages.next());
    assert!(matches!(first, Some(Err(CenterfyError::Network(_)))));
    assert!(at_once(messages.next()).is_none());
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
