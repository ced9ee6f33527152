//! Values on their way between Rust and JavaScript.

use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A point in time, or a seed: JavaScript's number as a whole one, which stays within its bounds.
pub(crate) fn milliseconds(number: f64) -> u64 {
    number as u64
}

/// A value as a plain object, with `null` for what is not there, and bytes as a `Uint8Array`.
pub(crate) fn shown(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
    Ok(value.serialize(&serializer)?)
}

/// What the API would tell of itself, as JavaScript reads JSON: numbers above 2⁵³ come rounded.
pub(crate) fn read(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| refused(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// What a test gave, as JSON.
pub(crate) fn json(text: &str) -> Result<Value, JsValue> {
    serde_json::from_str(text).map_err(|error| refused(&error.to_string()))
}

/// A `TypeError` that says what is wrong.
pub(crate) fn refused(message: &str) -> JsValue {
    js_sys::TypeError::new(message).into()
}
