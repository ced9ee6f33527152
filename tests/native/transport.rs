//! Transports of the caller's own.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use centerfy::{CenterfyError, Client};
use futures_util::StreamExt;
use http_body_util::BodyExt;
use tower::ServiceBuilder;
use tower_http::set_header::SetRequestHeaderLayer;

use crate::support::{AGENT, Request, answering, builder, message, response};

#[tokio::test]
async fn a_request_comes_whole() {
    let service = tower::service_fn(|request: Request| async move {
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (head.method.as_str(), head.uri.path()),
            ("POST", "/api/send-message")
        );
        assert_eq!(head.headers["authorization"], "Bearer cfy_secret_key");
        assert!(head.headers["authorization"].is_sensitive());
        let answer = serde_json::json!({ "message_id": "m", "content": body["content"],
            "sender_type": "agent", "channel": "sms", "ai": false, "delivered": true });
        Ok::<_, Infallible>(http::Response::new(answer.to_string()))
    });
    let client = builder()
        .base_url("http://example.com/api")
        .transport(service)
        .build()
        .unwrap();
    let sent = client.send_message(&message()).await.unwrap();
    assert_eq!(sent.content, "Hello");
}

#[tokio::test]
async fn layers_of_tower_work_as_they_are() {
    let (service, log) = answering(|_| response(200, AGENT));
    let stack = ServiceBuilder::new()
        .concurrency_limit(2)
        .layer(SetRequestHeaderLayer::overriding(
            http::HeaderName::from_static("x-tenant"),
            http::HeaderValue::from_static("t1"),
        ))
        .service(service);
    let client = builder().transport(stack).build().unwrap();
    client.get_agent("a").await.unwrap();
    assert_eq!(log.lock().unwrap()[0].headers["x-tenant"], "t1");
}

#[tokio::test]
async fn an_error_of_the_transport_is_told_without_the_key() {
    #[derive(Debug)]
    struct Refused;
    impl std::fmt::Display for Refused {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("refused with cfy_secret_key")
        }
    }
    impl std::error::Error for Refused {}
    let service =
        tower::service_fn(|_: Request| async { Err::<http::Response<String>, _>(Refused) });
    let client = builder().transport(service).build().unwrap();
    let error = client.send_message(&message()).await.unwrap_err();
    assert!(matches!(error, CenterfyError::Network(_)), "{error:?}");
    assert!(
        error.to_string().contains("refused with [apiKey]"),
        "{error}"
    );
    assert!(error.maybe_delivered());
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "refused with [apiKey]");
    assert!(!format!("{error:?}").contains("cfy_secret_key"));
}

#[tokio::test]
async fn a_transport_that_panics_is_an_error() {
    async fn panics() -> Result<http::Response<String>, Infallible> {
        panic!("of the transport")
    }
    let service = tower::service_fn(|_: Request| panics());
    let client = builder().max_retries(0).transport(service).build().unwrap();
    let error = client.get_agent("a").await.unwrap_err();
    assert!(
        error.to_string().contains("the transport panicked"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_never_answers_is_a_timeout() {
    let service = tower::service_fn(|_: Request| {
        std::future::pending::<Result<http::Response<String>, Infallible>>()
    });
    let client = builder().transport(service).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.get_agent("a").await.unwrap_err();
    assert!(matches!(error, CenterfyError::Timeout(_)), "{error:?}");
    // The whole call may take a minute: of the third attempt there is no time left.
    assert!(start.elapsed() < Duration::from_secs(61));
    assert_eq!(error.attempts(), 2);
}

/// Runs a future on this thread, without a runtime.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut future = std::pin::pin!(future);
    loop {
        let polled = future
            .as_mut()
            .poll(&mut std::task::Context::from_waker(&waker));
        if let std::task::Poll::Ready(value) = polled {
            return value;
        }
        std::thread::park();
    }
}

#[test]
fn a_call_needs_no_runtime_where_its_transport_needs_none() {
    let (service, _) = answering(|number| match number {
        1 => {
            let mut response = response(503, "");
            let wait = http::HeaderValue::from_static("10");
            response.headers_mut().insert("retry-after-ms", wait);
            response
        }
        _ => response(200, AGENT),
    });
    let client = builder().transport(service).build().unwrap();
    let response = block_on(client.get_agent("a").with_response());
    assert_eq!(response.unwrap().attempts, 2);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let service = tower::service_fn(move |_: Request| {
        let counter = Arc::clone(&counter);
        async move {
            let pieces = futures_util::stream::iter(0..100).map(move |_| {
                counter.fetch_add(1, Ordering::Relaxed);
                let piece = bytes::Bytes::from(vec![b' '; 1 << 20]);
                Ok::<_, Infallible>(http_body::Frame::data(piece))
            });
            let body = http_body_util::StreamBody::new(pieces);
            Ok::<_, Infallible>(http::Response::new(body))
        }
    });
    let client = builder().transport(service).build().unwrap();
    let error = client.get_agent("a").await.unwrap_err();
    assert!(matches!(error, CenterfyError::Parse(_)), "{error:?}");
    assert!(
        error.to_string().contains("larger than 16777216 bytes"),
        "{error}"
    );
    assert_eq!(read.load(Ordering::Relaxed), 17);
}

#[tokio::test]
async fn what_is_no_utf8_is_read_with_replacements() {
    let service = tower::service_fn(|_: Request| async {
        let body = b"\xef\xbb\xbf{ \"id\": \"a\", \"name\": \"caf\xe9\" }".to_vec();
        let body = http_body_util::Full::new(bytes::Bytes::from(body));
        Ok::<_, Infallible>(http::Response::new(body))
    });
    let client = builder().transport(service).build().unwrap();
    assert_eq!(client.get_agent("a").await.unwrap().name, "caf\u{fffd}");
}

#[tokio::test]
async fn a_path_is_passed_on_as_it_is() {
    let (service, log) = answering(|_| response(200, AGENT));
    let client = Client::builder().base_url("/api").transport(service);
    client.build().unwrap().get_agent("a").await.unwrap();
    assert_eq!(log.lock().unwrap()[0].uri, "/api/get-agent/a");
}
