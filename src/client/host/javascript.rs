//! In JavaScript: everything is accessed through the global object, so the same code runs in pages,
//! workers, Node.js and edge runtimes.

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

    #[wasm_bindgen(method, getter)]
    fn href(this: &URL) -> String;
}

/// The URL as `fetch` writes it. `None` if it is not one.
pub(crate) fn url(base: String) -> Option<String> {
    URL::new(&base).ok().map(|url| url.href())
}

/// The milliseconds of a monotonic clock.
pub(crate) fn now() -> f64 {
    performance_now()
}

/// Milliseconds since 1970.
pub(crate) fn wall_clock() -> f64 {
    js_sys::Date::now()
}

/// The time of an HTTP date, in milliseconds since 1970.
pub(crate) fn time_of_date(date: &str) -> Option<f64> {
    let time = js_sys::Date::parse(date);
    (!time.is_nan()).then_some(time)
}

/// A random number from 0 (included) to 1 (excluded).
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// Random bits: 64, less those that a JavaScript number cannot hold.
pub(crate) fn bits() -> u64 {
    (random() * u64::MAX as f64) as u64
}

/// Whether the program runs in a page, whose content anyone can read.
pub(crate) fn in_page() -> bool {
    has("window") && has("document")
}

/// Whether there is a URL to resolve relative URLs against.
pub(crate) fn has_location() -> bool {
    has("location")
}

fn has(name: &str) -> bool {
    js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(name)).is_ok_and(|it| it.is_object())
}
