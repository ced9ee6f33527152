//! Passes HTTP requests to the handler and sends its responses.

use super::body::ResponseBody;
use super::clock::now_ms;
use super::connection_handle::ConnectionHandle;
use super::exchange::Exchange;
use super::files;
use super::shared::Shared;
use crate::handler::LARGEST_BODY;
use crate::{Ending, Handler, Request, Response, Transfer, routes};
use hyper::body::{Body, Incoming};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Responds to one request. A fault can reset the connection instead.
pub(crate) async fn respond(
    shared: Arc<Shared>,
    connection: ConnectionHandle,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<ResponseBody>, Infallible> {
    let started = Instant::now();
    let (head, body) = incoming.into_parts();
    let mut request = Request::from_head(&head);
    // A served folder takes precedence over the welcome page.
    let is_page = request.path == "/" && files::has(&shared.serve, &request.path);
    if is_page || !Handler::is_for(&request.path) {
        return Ok(plain(files::respond(&shared.serve, &request).await));
    }
    let pending = shared.handler().receive(&request, now_ms());
    let mut exchange = Exchange {
        shared: shared.clone(),
        request_line: format!("{} {}", request.method, routes::public_path(&request.path)),
        pending: pending.clone(),
        started,
        outcome: String::new(),
        is_head: request.method == "HEAD",
        is_open: true,
    };
    if pending.drops_unread() {
        exchange.outcome = "dropped-before".to_owned();
        return reset(&connection, exchange).await;
    }
    let Some(bytes) = read(body).await else {
        // The client disconnected; dropping the exchange logs it.
        drop(exchange);
        connection.reset();
        return std::future::pending().await;
    };
    request.body = bytes;
    if pending.delay_ms() > 0 {
        tokio::time::sleep(Duration::from_millis(pending.delay_ms())).await;
    }
    let response = shared.handler().respond(&pending, &request, now_ms());
    exchange.outcome = response.status.to_string();
    match pending.transfer() {
        Transfer::Nothing(Ending::Reset) => {
            exchange.outcome = "dropped-after".to_owned();
            reset(&connection, exchange).await
        }
        Transfer::Nothing(Ending::Stall) => {
            // When the client disconnects, this future and the exchange are dropped.
            let _exchange = exchange;
            std::future::pending().await
        }
        transfer => Ok(stream(response, transfer, connection, exchange)),
    }
}

/// Resets the connection. The future is dropped with the connection and never completes.
async fn reset(
    connection: &ConnectionHandle,
    exchange: Exchange,
) -> Result<hyper::Response<ResponseBody>, Infallible> {
    exchange.complete();
    connection.reset();
    std::future::pending().await
}

/// The request body, up to a little more than the largest size. `None` if it is incomplete.
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

/// A response without a fault and without an exchange.
fn plain(mut response: Response) -> hyper::Response<ResponseBody> {
    let body = std::mem::take(&mut response.body);
    response.with_body(ResponseBody::whole(body))
}

fn stream(
    mut response: Response,
    transfer: Transfer,
    connection: ConnectionHandle,
    exchange: Exchange,
) -> hyper::Response<ResponseBody> {
    let mut body = std::mem::take(&mut response.body);
    let transfer = transfer.for_status(response.status);
    if exchange.is_head {
        response.set("content-length", body.len().to_string());
        body.clear();
    }
    response.with_body(ResponseBody::new(
        body,
        transfer,
        Some(connection),
        Some(exchange),
    ))
}
