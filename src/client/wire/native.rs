//! The default transport outside of JavaScript: reqwest.

use std::sync::OnceLock;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};

use super::{Body, Came, Lost, Request, Transport, Whole};
use crate::client::cause::Cause;

/// Sends with reqwest: HTTP/1.1 and HTTP/2, TLS by rustls, with its own connection pool.
#[derive(Default)]
pub(in crate::client) struct Reqwest {
    /// Created for the first request: a client that only renders needs none.
    client: OnceLock<Result<Client, Cause>>,
}

impl Reqwest {
    fn client(&self) -> Result<Client, Cause> {
        let new = || {
            // A redirect could send the key to another server.
            let builder = Client::builder().redirect(Policy::none());
            builder.build().map_err(|error| Cause::of(&error))
        };
        self.client.get_or_init(new).clone()
    }
}

impl Transport for Reqwest {
    fn takes_paths(&self) -> bool {
        false
    }

    fn unable(&self) -> Option<Cause> {
        if tokio::runtime::Handle::try_current().is_err() {
            let why = "no Tokio runtime is running: await the call in one, or set a transport";
            return Some(Cause::new(why));
        }
        self.client().err()
    }

    fn exchange(&self, request: Request, came: Came) -> Whole {
        let client = self.client();
        Box::pin(async move {
            let client = client.map_err(Lost::Cause)?;
            let most = request.most;
            let response = send(&client, request).await.map_err(lost)?;
            let headers = response.headers().iter();
            let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
            came.head(response.status().as_u16(), headers);
            read(response, most).await
        })
    }
}

async fn send(client: &Client, request: Request) -> Result<Response, reqwest::Error> {
    let method = reqwest::Method::from_bytes(request.method.as_bytes()).unwrap_or_default();
    let mut builder = client.request(method, request.url);
    for (name, value) in request.headers {
        builder = builder.header(name, value);
    }
    if let Some(body) = request.body {
        builder = builder.body(body);
    }
    builder.send().await
}

async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, Lost> {
    let mut body = Body::new(most);
    while let Some(piece) = response.chunk().await.map_err(lost)? {
        body.push(&piece)?;
    }
    Ok(body.bytes)
}

/// Omits the URL, which is known and may be long.
fn lost(error: reqwest::Error) -> Lost {
    Lost::of(&error.without_url())
}
