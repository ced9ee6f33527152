//! One request on the wire, through the global `fetch`.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, RequestInit, RequestRedirect, Response};

use crate::call::Head;
use crate::client::answer::Answer;
use crate::client::prepare::Outgoing;
use crate::client::queue::Place;
use crate::client::settings::Settings;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// A request and its answer. Dropping it before its end aborts the request.
pub(crate) struct Exchange {
    controller: Option<AbortController>,
    /// For the response first, then for its body; `None` at the end.
    waits_for: Option<JsFuture>,
    answer: Answer,
    /// Its place under the rate limit, until the headers have come.
    place: Option<Place>,
}

impl Exchange {
    pub(crate) fn start(settings: &Settings, outgoing: &Outgoing, place: Option<Place>) -> Self {
        let mut exchange = Self {
            controller: None,
            waits_for: None,
            answer: Answer::default(),
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
        init.set_method(outgoing.operation.spec().method);
        init.set_signal(Some(&controller.signal()));
        // A redirect could carry the key to somebody else.
        init.set_redirect(RequestRedirect::Manual);
        // No more than these, so that a browser's preflight stays small.
        let headers = Object::new();
        let set = |name: &str, value: &str| {
            Reflect::set(
                &headers,
                &JsValue::from_str(name),
                &JsValue::from_str(value),
            )
        };
        set("accept", "application/json")?;
        if let Some((name, value)) = settings.auth_header() {
            set(name, &value)?;
        }
        if let Some(body) = &outgoing.body {
            set("content-type", "application/json")?;
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

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
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

    /// Takes in what came, and answers what to wait for next.
    fn take(&mut self, value: JsValue) -> Result<Option<JsFuture>, JsValue> {
        self.place = None;
        if self.answer.headers.is_none() {
            let response: Response = value.unchecked_into();
            self.answer.status = u32::from(response.status());
            self.answer.headers = Some(response.headers());
            return Ok(Some(JsFuture::from(response.text()?)));
        }
        self.answer.text = value.as_string();
        Ok(None)
    }

    fn lose(&mut self, error: &JsValue) {
        let message = error.dyn_ref::<js_sys::Error>().map(|it| it.message());
        let message = message.map(String::from).or_else(|| error.as_string());
        self.answer.lost = Some(message.unwrap_or_default());
        self.waits_for = None;
        self.place = None;
    }

    /// What the answer's headers say.
    pub(crate) fn head(&self) -> Head {
        self.answer.head()
    }

    /// What came, and no more of it.
    pub(crate) fn end(mut self) -> Answer {
        std::mem::take(&mut self.answer)
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        // A `fetch` that ignores its signal may yet deliver the request: then it counts anew.
        if let (Some(place), Some(response)) = (self.place.take(), self.waits_for.take()) {
            place.give_up();
            spawn_local(async move {
                let _ = response.await;
                drop(place);
            });
        }
    }
}
