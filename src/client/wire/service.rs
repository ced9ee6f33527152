//! A custom transport: any `tower::Service` over the types of the `http` crate.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Buf, Bytes};
use http_body_util::Full;
use tower_service::Service;

use super::{Body, Came, Lost, Request, Transport, Whole};
use crate::client::cause::Cause;

/// The body of a request to a transport: the complete JSON, or empty.
pub type RequestBody = Full<Bytes>;

/// The error of a transport.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Clones the service for each request, as tower recommends. The lock allows services that are not `Sync`.
pub(in crate::client) struct ServiceTransport<S>(Arc<Mutex<S>>);

impl<S> ServiceTransport<S> {
    pub(in crate::client) fn new(service: S) -> Self {
        Self(Arc::new(Mutex::new(service)))
    }
}

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<http::Request<RequestBody>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    fn exchange(&self, request: Request, came: Came) -> Whole {
        let service = Arc::clone(&self.0);
        Box::pin(async move {
            let most = request.most;
            let request = build(request).map_err(|error| Lost::of(&error))?;
            let mut service = clone(&service);
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(lost)?;
            let response = service.call(request).await.map_err(lost)?;
            let headers = response.headers().iter();
            let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
            came.head(response.status().as_u16(), headers);
            read(response.into_body(), most).await
        })
    }
}

fn clone<S: Clone>(service: &Mutex<S>) -> S {
    let service = service.lock().unwrap_or_else(PoisonError::into_inner);
    service.clone()
}

fn build(request: Request) -> Result<http::Request<RequestBody>, http::Error> {
    let mut builder = http::Request::builder()
        .method(request.method)
        .uri(request.url);
    for (name, value) in request.headers {
        let mut value = http::HeaderValue::try_from(value)?;
        // Layers that print headers redact sensitive ones.
        value.set_sensitive(matches!(name, "authorization" | "x-api-key"));
        builder = builder.header(name, value);
    }
    builder.body(Full::from(request.body.unwrap_or_default()))
}

async fn read<B>(body: B, most: usize) -> Result<Vec<u8>, Lost>
where
    B: http_body::Body,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    let mut read = Body::new(most);
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        // Trailers are ignored.
        if let Ok(mut data) = frame.map_err(lost)?.into_data() {
            while data.has_remaining() {
                let piece = data.chunk();
                let length = piece.len();
                read.push(piece)?;
                data.advance(length);
            }
        }
    }
    Ok(read.bytes)
}

fn lost(error: impl Into<BoxError>) -> Lost {
    Lost::Cause(Cause::of(&*error.into()))
}
