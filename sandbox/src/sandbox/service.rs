//! The sandbox as a `tower::Service`.

use super::body::SandboxBody;
use super::error::{BoxError, ServiceError};
use super::exchange::Exchange;
use super::{ORIGIN, Shared};
use crate::handler::LARGEST_BODY;
use crate::{Ending, Request, Transfer};
use bytes::Buf;
use http::Uri;
use http_body::Body;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// The origin of the API.
const API_ORIGIN: &str = "https://crmwebhook.com";
/// The statuses of responses without a body and a length.
const BODILESS: [u16; 3] = [204, 205, 304];

/// A `tower::Service` that reaches only its sandbox. [`Sandbox::service`](crate::Sandbox::service)
/// returns it.
///
/// It takes `http::Request`s with any body, and is always ready. Requests for other hosts fail. A
/// request without a host, such as `/functions/v1/crm-api/send-message`, is for the sandbox.
///
/// Faults have the same effects as on a real connection: a lost one is a [`ServiceError`], and a stalled
/// response never arrives. If the future or the response body is dropped before the response is
/// complete, the log says that the client disconnected.
///
/// ```
/// use centerfy_sandbox::Sandbox;
/// use http_body_util::{BodyExt, Empty};
/// use tower::ServiceExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::new();
/// let agents = sandbox.agents();
/// let id = agents[0]["id"].as_str().unwrap_or_default();
/// let request = http::Request::get(format!("{}/get-agent/{id}", sandbox.base_url()))
///     .header("x-api-key", sandbox.api_key())
///     .body(Empty::<bytes::Bytes>::new())?;
/// let response = sandbox.service().oneshot(request).await?;
/// assert_eq!(response.status(), 200);
/// let body = response.into_body().collect().await?.to_bytes();
/// assert_eq!(serde_json::from_slice::<serde_json::Value>(&body)?, agents[0]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SandboxService {
    shared: Arc<Shared>,
}

impl SandboxService {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }
}

impl fmt::Debug for SandboxService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxService").finish_non_exhaustive()
    }
}

/// The response of a [`SandboxService`].
pub type ResponseFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<SandboxBody>, ServiceError>> + Send>>;

impl<B> Service<http::Request<B>> for SandboxService
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<SandboxBody>;
    type Error = ServiceError;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), ServiceError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> ResponseFuture {
        let shared = Arc::clone(&self.shared);
        Box::pin(exchange(shared, request))
    }
}

async fn exchange<B>(
    shared: Arc<Shared>,
    request: http::Request<B>,
) -> Result<http::Response<SandboxBody>, ServiceError>
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    let (head, body) = request.into_parts();
    require_host(&head.uri)?;
    let mut request = Request::from_head(&head);
    request.origin = Some(ORIGIN.to_owned());
    require_path(&request.path)?;
    let mut exchange = Exchange::start(shared, &request);
    if exchange.pending.drops_unread() {
        return reset(exchange);
    }
    request.body = read(body).await?;
    if exchange.pending.delay_ms() > 0 {
        let delay = Duration::from_millis(exchange.pending.delay_ms());
        exchange.wait(delay).await?;
    }
    let mut response = exchange.respond(&request)?;
    let transfer = match exchange.pending.transfer().for_status(response.status) {
        Transfer::Nothing(Ending::Reset) => return reset(exchange),
        Transfer::Nothing(Ending::Stall) => {
            exchange.stall().await?;
            return reset(exchange);
        }
        transfer => transfer,
    };
    let body = std::mem::take(&mut response.body);
    let has_length = !BODILESS.contains(&response.status);
    let (body, length) = if request.method == "HEAD" {
        let length = body.len().to_string();
        exchange.complete();
        (
            SandboxBody::new(Vec::new(), Transfer::Whole, exchange),
            length,
        )
    } else {
        let body = SandboxBody::new(body, transfer, exchange);
        let length = body.declared_length().to_string();
        (body, length)
    };
    if has_length {
        response.set("content-length", length);
    }
    Ok(response.with_body(body))
}

fn reset(mut exchange: Exchange) -> Result<http::Response<SandboxBody>, ServiceError> {
    exchange.complete();
    Err(ServiceError::lost("the sandbox reset the connection"))
}

fn require_host(uri: &Uri) -> Result<(), ServiceError> {
    let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
        return Ok(());
    };
    let is_default_port = uri.port_u16().is_none_or(|port| port == 443);
    let origin = format!("{scheme}://{}", host.to_ascii_lowercase());
    if is_default_port && (origin == ORIGIN || origin == API_ORIGIN) {
        return Ok(());
    }
    let port = uri.port().map_or(String::new(), |port| format!(":{port}"));
    Err(ServiceError::not_sent(format!(
        "the sandbox only reaches {ORIGIN} and {API_ORIGIN}, not {origin}{port}"
    )))
}

/// The control endpoints are for other processes; in this one, `Sandbox` has their functions.
fn require_path(path: &str) -> Result<(), ServiceError> {
    if path.starts_with(crate::control::PATH) {
        let message = "the service has no control endpoints; use the methods of Sandbox";
        return Err(ServiceError::not_sent(message.to_owned()));
    }
    Ok(())
}

/// The request body, up to a little more than the largest size.
async fn read<B>(body: B) -> Result<Vec<u8>, ServiceError>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|error| ServiceError::request_body(error.into()))?;
        if let Ok(mut data) = frame.into_data() {
            while data.has_remaining() {
                let chunk = data.chunk();
                let length = chunk.len();
                bytes.extend_from_slice(chunk);
                data.advance(length);
            }
        }
        if bytes.len() > LARGEST_BODY {
            break;
        }
    }
    Ok(bytes)
}
