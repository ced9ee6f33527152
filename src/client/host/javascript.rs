//! In JavaScript: everything is reached through the global object, so the same code runs in a page, a
//! worker, Node.js and the runtimes of the edge.

mod exchange;
mod signal;
mod timer;

use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::prelude::*;

pub(crate) use exchange::Exchange;
pub(crate) use signal::{Ringer, Signal, signal};
pub(crate) use timer::Timer;

/// The headers of an answer.
pub(crate) type Headers = web_sys::Headers;
/// A body, a JavaScript string.
pub(crate) type Text = JsValue;
/// A body that is JSON, a JavaScript value.
pub(crate) type Json = JsValue;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    fn write_json(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// Milliseconds of a clock that never goes back.
pub(crate) fn now() -> f64 {
    performance_now()
}

/// Milliseconds since 1970.
pub(crate) fn wall_clock() -> f64 {
    js_sys::Date::now()
}

/// From 0 (included) to 1.
pub(crate) fn random() -> f64 {
    js_sys::Math::random()
}

/// The value of a header.
pub(crate) fn header(headers: &Headers, name: &str) -> Option<String> {
    headers.get(name).ok().flatten()
}

/// A body as Rust's text.
pub(crate) fn text(text: &Text) -> String {
    text.as_string().unwrap_or_default()
}

/// JSON as a value, `None` where it is none.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let json = parse_json(&JsValue::from_str(text)).ok()?;
    decode(&json).ok()
}

/// Whether it says `"error": true`.
pub(crate) fn says_error(json: &Json) -> bool {
    // Asked of `null` or a number it throws, and that is no error of the server's.
    js_sys::Reflect::get(json, &JsValue::from_str("error"))
        .is_ok_and(|it| it.is_truthy() && it == JsValue::TRUE)
}

/// Reads it as a type, or says why it cannot be one.
pub(crate) fn decode<T: DeserializeOwned>(json: &Json) -> Result<T, String> {
    serde_wasm_bindgen::from_value(json.clone()).map_err(|error| error.to_string())
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
