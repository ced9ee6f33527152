//! In JavaScript: everything is reached through the global object, so the same code runs in a page, a
//! worker, Node.js and the runtimes of the edge.

mod exchange;
mod headers;
mod signal;
mod timer;

use wasm_bindgen::prelude::*;

pub(crate) use exchange::Exchange;
pub(crate) use headers::JsHeaders;
pub(crate) use signal::{Ringer, Signal, signal};
pub(crate) use timer::Timer;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    type URL;

    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str) -> Result<URL, JsValue>;
}

/// Whether `fetch` takes this for a URL.
pub(crate) fn is_url(base: &str) -> bool {
    URL::new(base).is_ok()
}

/// Milliseconds of a clock that never goes back.
pub(crate) fn now() -> f64 {
    performance_now()
}

/// Milliseconds since 1970.
pub(crate) fn wall_clock() -> f64 {
    js_sys::Date::now()
}

/// The time that an HTTP date tells, in milliseconds since 1970.
pub(crate) fn time_of_date(date: &str) -> Option<f64> {
    let time = js_sys::Date::parse(date);
    (!time.is_nan()).then_some(time)
}

/// From 0 (included) to 1.
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// 64 random bits, less those that a number in JavaScript has no place for.
pub(crate) fn bits() -> u64 {
    (random() * u64::MAX as f64) as u64
}

/// Whether this is a page, where everybody can read what is in it.
pub(crate) fn in_page() -> bool {
    has("window") && has("document")
}

/// Whether there is a URL that relative ones are resolved against.
pub(crate) fn has_location() -> bool {
    has("location")
}

fn has(name: &str) -> bool {
    js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(name)).is_ok_and(|it| it.is_object())
}
