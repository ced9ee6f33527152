//! Transports that answer as a test says.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use centerfy::types::SendMessageRequest;
use centerfy::types::{Author, Channel};
use centerfy::{Client, ClientBuilder, transport::RequestBody};
use tower::Service;

pub const AGENT: &str = r#"{ "id": "a", "name": "A" }"#;

pub type Request = http::Request<RequestBody>;
pub type Response = http::Response<String>;

/// What came to a transport.
pub type Log = Arc<Mutex<Vec<http::request::Parts>>>;

/// A transport that keeps what comes, and answers by its number.
pub fn answering(
    answer: impl Fn(usize) -> Response + Clone + Send + 'static,
) -> (
    impl Service<
        Request,
        Response = Response,
        Error = Infallible,
        Future = impl Future<Output = Result<Response, Infallible>> + Send + 'static,
    > + Clone
    + Send
    + 'static,
    Log,
) {
    let log = Log::default();
    let kept = Arc::clone(&log);
    let service = tower::service_fn(move |request: Request| {
        let mut log = kept.lock().unwrap();
        log.push(request.into_parts().0);
        let response = answer(log.len());
        async move { Ok(response) }
    });
    (service, log)
}

pub fn response(status: u16, body: &str) -> Response {
    let response = http::Response::builder().status(status);
    response.body(body.to_owned()).unwrap()
}

/// Without a rate limit, which all clients with this key would share.
pub fn builder() -> ClientBuilder {
    Client::builder().api_key("cfy_secret_key").rate_limit(None)
}

pub fn message() -> SendMessageRequest {
    SendMessageRequest::new("conv_1", Channel::Sms, Author::AsWritten, "Hello")
}
