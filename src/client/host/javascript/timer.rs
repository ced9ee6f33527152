//! A timer that clears itself.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Node.js answers an object, the others a number.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(ring: &Closure<dyn FnMut()>, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Longer ones ring at once. Whoever wants to wait longer asks the clock and waits again.
const LONGEST: f64 = 2_147_483_647.0;

/// Rings once, unless it is dropped before.
#[must_use = "a timer that is dropped never rings"]
pub(crate) struct Timer {
    id: JsValue,
    _ring: Closure<dyn FnMut()>,
}

impl Timer {
    pub(crate) fn after(milliseconds: f64, ring: impl FnOnce() + 'static) -> Self {
        let ring = Closure::once(ring);
        // Rounded up: a timer that rings too early would only be set again.
        let id = set_timeout(&ring, milliseconds.min(LONGEST).ceil());
        Self { id, _ring: ring }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
