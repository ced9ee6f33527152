//! One request through a transport, and its response.

#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
#[cfg_attr(test, allow(dead_code, reason = "the crate's own tests simulate it"))]
mod native;
#[cfg(feature = "transport")]
pub(super) mod service;

use std::error::Error;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use super::answer::Answer;
use super::cause::Cause;
use super::exclusive::Exclusive;
use super::headers::{Headers, Raw};
use super::prepare::Outgoing;
use super::queue::Place;
use super::settings::Settings;
use crate::call::Head;

#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
#[cfg_attr(
    test,
    allow(unused_imports, reason = "the crate's own tests simulate it")
)]
pub(super) use native::Reqwest;

/// A future of any transport.
type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The complete body of a response.
type Whole = Boxed<Result<Vec<u8>, Lost>>;

/// Sends requests.
pub(super) trait Transport: Send + Sync {
    /// Whether it accepts a path as a URL.
    fn takes_paths(&self) -> bool {
        true
    }

    /// Why no request can be sent now, checked before anything else.
    fn unable(&self) -> Option<Cause> {
        None
    }

    /// Sends one request. Stores the head of the response in `came` when it is received, and returns the body.
    fn exchange(&self, request: Request, came: Came) -> Whole;
}

/// The request to send.
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<String>,
    /// The maximum size of the response body, in bytes.
    pub(super) most: usize,
}

/// Why there is no body.
pub(super) enum Lost {
    /// It is larger than allowed.
    TooLarge,
    /// It was not received.
    Cause(Cause),
}

impl Lost {
    fn of(error: &(dyn Error + 'static)) -> Self {
        Self::Cause(Cause::of(error))
    }
}

/// The head of a response, once it is received.
#[derive(Clone, Default)]
pub(super) struct Came(Arc<Mutex<Option<(u16, Headers)>>>);

impl Came {
    /// Stores the headers.
    fn head<'a>(&self, status: u16, headers: impl Iterator<Item = (&'a str, &'a [u8])>) {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let headers = headers.map(|(name, value)| (name.to_owned(), text(value)));
        let head = (status, headers.collect());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    fn take(&self) -> Option<(u16, Headers)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A body that is received in pieces.
#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    most: usize,
}

impl Body {
    fn new(most: usize) -> Self {
        let bytes = Vec::new();
        Self { bytes, most }
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), Lost> {
        if piece.len() > self.most - self.bytes.len() {
            return Err(Lost::TooLarge);
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }
}

/// A request and its response. Dropping it before its end aborts the request.
pub(super) struct Exchange {
    /// `None` at the end.
    future: Option<Exclusive<Whole>>,
    came: Came,
    answer: Answer,
    most: usize,
    /// The slot under the rate limit, until the headers are received.
    place: Option<Place>,
}

impl Exchange {
    pub(super) fn start(
        transport: &Arc<dyn Transport>,
        settings: &Settings,
        outgoing: &Outgoing,
        mut place: Option<Place>,
    ) -> Self {
        if let Some(place) = &mut place {
            place.send();
        }
        let request = Request {
            method: outgoing.operation.route().method,
            url: outgoing.url.clone(),
            headers: outgoing.headers(settings),
            body: outgoing.body.clone(),
            most: settings.max_response_bytes,
        };
        let (transport, came) = (Arc::clone(transport), Came::default());
        let its = came.clone();
        // Sent only when polled, where a panic of the transport is caught.
        let future = async move { transport.exchange(request, its).await };
        Self {
            future: Some(Exclusive::new(Box::pin(future))),
            came,
            answer: Answer::default(),
            most: settings.max_response_bytes,
            place,
        }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(future) = &mut self.future else {
            return Poll::Ready(());
        };
        let future = future.get_mut().as_mut();
        let polled = catch_unwind(AssertUnwindSafe(|| future.poll(context)));
        let polled = polled.unwrap_or_else(|_| {
            let why = Cause::new("the transport panicked");
            Poll::Ready(Err(Lost::Cause(why)))
        });
        if let Some((status, headers)) = self.came.take() {
            self.place = None;
            self.answer.status = status.into();
            self.answer.headers = Some(Raw::List(headers));
        }
        let Poll::Ready(ended) = polled else {
            return Poll::Pending;
        };
        self.future = None;
        self.place = None;
        match ended {
            Ok(body) => self.answer.text = Some(text(&body)),
            Err(Lost::TooLarge) => self.answer.too_large = Some(self.most),
            Err(Lost::Cause(cause)) => self.answer.lost = Some(cause),
        }
        Poll::Ready(())
    }

    /// The facts from the response headers.
    pub(super) fn head(&self) -> Head {
        self.answer.head()
    }

    /// What was received. The rest is not read.
    pub(super) fn end(self) -> Answer {
        self.answer
    }
}

/// Decodes a body as `fetch` does: removes a byte order mark, and replaces invalid UTF-8.
fn text(body: &[u8]) -> String {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    String::from_utf8_lossy(body).into_owned()
}
