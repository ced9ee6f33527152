//! The numbers that cross the boundary between the npm module and its script.
//!
//! The build makes TypeScript enums of these names. An order is packed: a tag in the lowest bits, a value
//! above.

use crate::call::{Action, LONGEST_TIMER};
use crate::enumerated::enumerated;
use crate::error::Delivery;

enumerated! {
    /// What happened to a call.
    pub enum Event {
        /// Its timer fired.
        TimerRang,
        /// It waits for a slot, and the server requests a pause.
        Held,
        /// It has its slot, and its request is sent.
        Sent,
        /// `fetch` rejected, or the body was cut off.
        Lost,
        /// The body is JSON.
        Json,
        /// The body is JSON with `"error": true`.
        ErrorJson,
        /// The body is not JSON.
        Unreadable,
    }
}

enumerated! {
    /// What a call has to do next.
    pub enum Order {
        /// Acquire a slot.
        Ask,
        /// Wait for this many milliseconds, or for the response.
        Wait,
        /// Abort the request in flight, and wait for this many milliseconds.
        Back,
        /// It has succeeded.
        Succeed,
        /// It has failed, with this code.
        Fail,
        /// It has failed, with this code, and may have been processed.
        FailMaybe,
        /// It has failed, with this code, and an earlier attempt may have been processed.
        FailEarlier,
    }
}

/// How many bits a tag has.
pub const TAG_BITS: u32 = 3;

const fn pack(tag: u32, value: u32) -> u32 {
    value << TAG_BITS | tag
}

/// An action as an [`Order`] with its value.
#[must_use]
pub fn order(action: Action) -> u32 {
    let (order, value) = match action {
        Action::Ask => (Order::Ask, 0),
        Action::Send(ms) | Action::Sleep(ms) => (Order::Wait, timer(ms)),
        Action::Back(ms) => (Order::Back, timer(ms)),
        Action::Succeed => (Order::Succeed, 0),
        Action::Fail { code, delivery } => {
            let order = match delivery {
                Delivery::No => Order::Fail,
                Delivery::Maybe => Order::FailMaybe,
                Delivery::Earlier => Order::FailEarlier,
            };
            (order, code as u32)
        }
    };
    pack(order as u32, value)
}

/// Milliseconds for a timer: rounded up, and [`LONGEST_TIMER`] at most.
#[must_use]
pub fn timer(ms: f64) -> u32 {
    let ms = if ms < LONGEST_TIMER {
        ms
    } else {
        LONGEST_TIMER
    };
    let whole = ms as u32;
    whole + u32::from(f64::from(whole) < ms)
}
