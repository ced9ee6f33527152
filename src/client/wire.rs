//! One request through a transport, and what came of it.

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

/// The body of an answer, once it has come whole.
type Whole = Boxed<Result<Vec<u8>, Lost>>;

/// Sends requests.
pub(super) trait Transport: Send + Sync {
    /// Whether it takes a path for a URL.
    fn takes_paths(&self) -> bool {
        true
    }

    /// Why nothing can be sent just now, before anything else is done.
    fn unable(&self) -> Option<Cause> {
        None
    }

    /// Sends one request. The head of its answer goes into `came` when it is there; the end is the body.
    fn exchange(&self, request: Request, came: Came) -> Whole;
}

/// What goes out.
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<String>,
    /// The most bytes that the answer's body may have.
    pub(super) most: usize,
}

/// Why there is no body.
pub(super) enum Lost {
    /// It has more bytes than it may have.
    TooLarge,
    /// It did not come.
    Cause(Cause),
}

impl Lost {
    fn of(error: &(dyn Error + 'static)) -> Self {
        Self::Cause(Cause::of(error))
    }
}

/// The head of an answer, once it is there.
#[derive(Clone, Default)]
pub(super) struct Came(Arc<Mutex<Option<(u16, Headers)>>>);

impl Came {
    /// The headers have come.
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

/// A body that comes piece by piece.
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

/// A request and its answer. Dropping it before its end ends the request.
pub(super) struct Exchange {
    /// `None` at the end.
    future: Option<Exclusive<Whole>>,
    came: Came,
    answer: Answer,
    most: usize,
    /// Its place under the rate limit, until the headers have come.
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
            method: outgoing.operation.spec().method,
            url: outgoing.url.clone(),
            headers: outgoing.headers(settings),
            body: outgoing.body.clone(),
            most: settings.max_response_bytes,
        };
        let (transport, came) = (Arc::clone(transport), Came::default());
        let its = came.clone();
        // Not sent before it is polled: what a transport does wrong is caught there.
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

    /// What the answer's headers say.
    pub(super) fn head(&self) -> Head {
        self.answer.head()
    }

    /// What came, and no more of it.
    pub(super) fn end(self) -> Answer {
        self.answer
    }
}

/// A body as text, as `fetch` reads it: without a byte order mark, and whatever is no UTF-8 replaced.
fn text(body: &[u8]) -> String {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    String::from_utf8_lossy(body).into_owned()
}
