//! Conversions between Rust and JavaScript.

use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A time or a seed: the integer part of a JavaScript number, within the bounds of the type.
pub(crate) fn milliseconds(number: f64) -> u64 {
    number as u64
}

/// A value as a plain object, with `null` for `None` and a `Uint8Array` for bytes.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
    Ok(value.serialize(&serializer)?)
}

/// A value as JavaScript parses its JSON. Integers above 2⁵³ are rounded.
pub(crate) fn to_js_json(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| type_error(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// Parses JSON.
pub(crate) fn parse(text: &str) -> Result<Value, JsValue> {
    serde_json::from_str(text).map_err(|error| type_error(&error.to_string()))
}

/// A `TypeError` with that message.
pub(crate) fn type_error(message: &str) -> JsValue {
    js_sys::TypeError::new(message).into()
}
