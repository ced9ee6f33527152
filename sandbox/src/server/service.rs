//! From an HTTP request to the sandbox's handler and back.

use super::body::Steps;
use super::clock::now_ms;
use super::files;
use super::link::Link;
use super::shared::Shared;
use super::watch::Watch;
use crate::sandbox::LARGEST_BODY;
use crate::{Answer, Ending, Manner, Request, Sandbox, routes};
use hyper::body::{Body, Incoming};
use hyper::{Request as HttpRequest, Response};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Answers one request; a fault may end the connection instead.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    link: Link,
    incoming: HttpRequest<Incoming>,
) -> Result<Response<Steps>, Infallible> {
    let started = Instant::now();
    let (head, body) = incoming.into_parts();
    let mut request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect(),
        body: Vec::new(),
        origin: None,
    };
    // A page at `/` comes before the welcome.
    let is_page = request.path == "/" && files::has(&shared.serve, &request.path);
    if is_page || !Sandbox::is_for(&request.path) {
        return Ok(respond(files::answer(&shared.serve, &request).await));
    }
    let receipt = shared.sandbox().receive(&request, now_ms());
    let mut watch = Watch {
        shared: shared.clone(),
        line: format!("{} {}", request.method, routes::public_path(&request.path)),
        receipt: receipt.clone(),
        started,
        word: String::new(),
        head_only: request.method == "HEAD",
        open: true,
    };
    if receipt.drops_unread() {
        watch.word = "dropped-before".to_owned();
        return reset(&link, watch).await;
    }
    let Some(bytes) = read(body).await else {
        // The client is gone; the watch notes it, and the connection has nothing more to give.
        drop(watch);
        link.reset();
        return std::future::pending().await;
    };
    request.body = bytes;
    if receipt.delay_ms() > 0 {
        tokio::time::sleep(Duration::from_millis(receipt.delay_ms())).await;
    }
    let answer = shared.sandbox().answer(&receipt, &request, now_ms());
    watch.word = answer.status.to_string();
    match receipt.manner() {
        Manner::Nothing(Ending::Reset) => {
            watch.word = "dropped-after".to_owned();
            reset(&link, watch).await
        }
        Manner::Nothing(Ending::Stall) => {
            // The watch notices when the client gives up and this future is dropped.
            let _watch = watch;
            std::future::pending().await
        }
        manner => Ok(stream(answer, manner, link, watch)),
    }
}

/// Resets the connection; the future never ends, it is dropped with the connection.
async fn reset(link: &Link, watch: Watch) -> Result<Response<Steps>, Infallible> {
    watch.answered();
    link.reset();
    std::future::pending().await
}

/// The bytes of a request's body, as far as anybody wants to know them; `None` if it breaks off.
async fn read(mut body: Incoming) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        match frame {
            Some(Err(_)) => return None,
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    bytes.extend_from_slice(&data);
                }
            }
            None => return Some(bytes),
        }
        if bytes.len() > LARGEST_BODY {
            return Some(bytes);
        }
    }
}

/// An answer without a fault and without a watch.
fn respond(mut answer: Answer) -> Response<Steps> {
    let body = std::mem::take(&mut answer.body);
    with_head(answer, Steps::whole(body))
}

fn stream(mut answer: Answer, manner: Manner, link: Link, watch: Watch) -> Response<Steps> {
    let mut body = std::mem::take(&mut answer.body);
    let manner = match answer.status {
        // These have no body that could be cut.
        204 | 304 => Manner::Whole,
        _ => manner,
    };
    if watch.head_only {
        answer.set("content-length", body.len().to_string());
        body.clear();
    }
    with_head(answer, Steps::new(body, manner, Some(link), Some(watch)))
}

fn with_head(answer: Answer, body: Steps) -> Response<Steps> {
    let mut response = Response::new(body);
    if let Ok(status) = hyper::StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    for (name, value) in answer.headers {
        // A header that cannot be written is left out; only a test's own could be one.
        if let (Ok(name), Ok(value)) = (
            hyper::header::HeaderName::from_bytes(name.as_bytes()),
            hyper::header::HeaderValue::from_bytes(value.as_bytes()),
        ) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
