//! The headers of a `Response`.

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use crate::client::headers::Headers;

/// Converted on demand: most responses' headers are never read.
pub(crate) struct JsHeaders(SendWrapper<web_sys::Headers>);

impl JsHeaders {
    pub(super) fn new(headers: web_sys::Headers) -> Self {
        Self(SendWrapper::new(headers))
    }

    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).ok().flatten()
    }

    pub(crate) fn all(&self) -> Headers {
        let pairs = js_sys::Array::from(&self.0);
        let text = |pair: &js_sys::Array, at| pair.get(at).as_string();
        let pairs = pairs.iter().filter_map(|pair| {
            let pair = pair.dyn_into::<js_sys::Array>().ok()?;
            Some((text(&pair, 0)?, text(&pair, 1)?))
        });
        pairs.collect()
    }
}
