//! A transport with layers of tower around it: one adds a header, one prints a line per request.
//!
//! `CENTERFY_API_KEY=cfy_… cargo run --example layers --features transport -- AGENT_ID`

use std::env;
use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use centerfy::Client;
use centerfy::transport::{BoxError, RequestBody};
use http::{HeaderName, HeaderValue, Request, Response};
use http_body_util::BodyExt;
use tower::ServiceBuilder;
use tower_http::set_header::SetRequestHeaderLayer;

type Sent = Pin<Box<dyn Future<Output = Result<Response<reqwest::Body>, BoxError>> + Send>>;

/// Sends a request with one shared reqwest client.
fn send(client: reqwest::Client) -> impl Fn(Request<RequestBody>) -> Sent + Clone {
    move |request| {
        let client = client.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let request = Request::from_parts(head, body);
            let response = client.execute(request.try_into()?).await?;
            Ok(response.into())
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let agent = env::args().nth(1).ok_or("which agent?")?;
    let header = SetRequestHeaderLayer::overriding(
        HeaderName::from_static("x-tenant"),
        HeaderValue::from_static("clinic-7"),
    );
    let no_redirects = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().redirect(no_redirects).build()?;
    let transport = ServiceBuilder::new()
        .layer(header)
        .map_request(|request: Request<RequestBody>| {
            eprintln!("{} {}", request.method(), request.uri());
            request
        })
        .service(tower::service_fn(send(client)));
    let client = Client::builder()
        .api_key(env::var("CENTERFY_API_KEY")?)
        .transport(transport)
        .build()?;
    println!("{}", client.get_agent(&agent).await?.name);
    Ok(())
}
