//! One request on the wire, through the global `fetch`.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use js_sys::{Object, Promise, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, RequestInit, RequestRedirect, Response};

use super::JsHeaders;
use crate::call::Head;
use crate::client::answer::Answer;
use crate::client::cause::Cause;
use crate::client::headers::Raw;
use crate::client::prepare::Outgoing;
use crate::client::queue::Place;
use crate::client::settings::Settings;
use crate::retry;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// A request and its response. Dropping it before its end aborts the request.
pub(crate) struct Exchange(SendWrapper<Wire>);

impl Exchange {
    pub(crate) fn start(settings: &Settings, outgoing: &Outgoing, place: Option<Place>) -> Self {
        Self(SendWrapper::new(Wire::start(settings, outgoing, place)))
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.0.poll(context)
    }

    /// The facts from the response headers.
    pub(crate) fn head(&self) -> Head {
        self.0.answer.head()
    }

    /// What was received. The rest is not read.
    pub(crate) fn end(mut self) -> Answer {
        std::mem::take(&mut self.0.answer)
    }
}

struct Wire {
    controller: Option<AbortController>,
    /// For the response first, then for its body; `None` at the end.
    waits_for: Option<JsFuture>,
    answer: Answer,
    /// The maximum size of the body, in bytes.
    most: usize,
    /// The slot under the rate limit, until the headers are received.
    place: Option<Place>,
}

impl Wire {
    fn start(settings: &Settings, outgoing: &Outgoing, place: Option<Place>) -> Self {
        let mut exchange = Self {
            controller: None,
            waits_for: None,
            answer: Answer::default(),
            most: settings.max_response_bytes,
            place,
        };
        if let Err(error) = exchange.send(settings, outgoing) {
            exchange.lose(&error);
        }
        exchange
    }

    fn send(&mut self, settings: &Settings, outgoing: &Outgoing) -> Result<(), JsValue> {
        let controller = AbortController::new()?;
        let init = RequestInit::new();
        init.set_method(outgoing.operation.route().method);
        init.set_signal(Some(&controller.signal()));
        // A redirect could send the key to another server.
        init.set_redirect(RequestRedirect::Manual);
        // Only these headers, to keep a browser's preflight small.
        let headers = Object::new();
        let set = |name: &str, value: &str| {
            Reflect::set(
                &headers,
                &JsValue::from_str(name),
                &JsValue::from_str(value),
            )
        };
        for (name, value) in outgoing.headers(settings) {
            set(name, &value)?;
        }
        if let Some(body) = &outgoing.body {
            init.set_body(&JsValue::from_str(body));
        }
        init.set_headers(&headers);
        if let Some(place) = &mut self.place {
            place.send();
        }
        self.waits_for = Some(JsFuture::from(fetch(&outgoing.url, &init)?));
        self.controller = Some(controller);
        Ok(())
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while let Some(waits_for) = &mut self.waits_for {
            let came = ready!(Pin::new(waits_for).poll(context));
            let next = came.and_then(|value| self.take(value));
            match next {
                Ok(next) => self.waits_for = next,
                Err(error) => self.lose(&error),
            }
            if self.waits_for.is_none() {
                self.controller = None;
            }
        }
        Poll::Ready(())
    }

    /// Stores what was received, and returns what to wait for next.
    fn take(&mut self, value: JsValue) -> Result<Option<JsFuture>, JsValue> {
        self.place = None;
        if self.answer.headers.is_none() {
            let response: Response = value.unchecked_into();
            self.answer.status = u32::from(response.status());
            let headers = JsHeaders::new(response.headers());
            let length = headers.get("content-length");
            self.answer.headers = Some(Raw::Js(headers));
            let length = length.and_then(|length| retry::wait(&length, 1.0));
            if length.is_some_and(|length| length > self.most as f64) {
                return Ok(self.refuse());
            }
            return Ok(Some(JsFuture::from(response.text()?)));
        }
        let text = value.as_string();
        if text.as_ref().is_some_and(|text| text.len() > self.most) {
            return Ok(self.refuse());
        }
        self.answer.text = text;
        Ok(None)
    }

    /// The body is larger than allowed: the rest is not read.
    fn refuse(&mut self) -> Option<JsFuture> {
        self.answer.too_large = Some(self.most);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        None
    }

    fn lose(&mut self, error: &JsValue) {
        self.answer.lost = Some(cause(error, DEEPEST).unwrap_or_default());
        self.waits_for = None;
        self.place = None;
    }
}

/// The maximum depth of nested causes.
const DEEPEST: u32 = 4;

/// The error that a `fetch` rejected with. In Node.js, its `cause` has the reason, as a message or a `code`.
fn cause(error: &JsValue, depth: u32) -> Option<Cause> {
    let text = |name: &str| Reflect::get(error, &JsValue::from_str(name)).ok();
    if !error.is_object() {
        return error.as_string().map(Cause::new);
    }
    let message = text("message").and_then(|it| it.as_string());
    let message = message.filter(|text| !text.is_empty());
    let message = message.or_else(|| text("code")?.as_string())?;
    let deeper = depth.checked_sub(1);
    let source = deeper.and_then(|depth| cause(&text("cause")?, depth));
    Some(Cause::new(message).because(source))
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        // A `fetch` that ignores its signal may still deliver the request, which then counts again.
        if let (Some(place), Some(response)) = (self.place.take(), self.waits_for.take()) {
            place.give_up();
            spawn_local(async move {
                let _ = response.await;
                drop(place);
            });
        }
    }
}
