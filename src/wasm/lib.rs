//! The exports of the npm module.
//!
//! Only numbers cross the boundary: calls and fields have numbers, events and orders have names in
//! [`centerfy::internal::protocol`], and JavaScript's values stay in JavaScript. So no value is converted,
//! and neither side keeps references to the other.
#![cfg(target_arch = "wasm32")]
#![no_std]

extern crate alloc;

mod pool;

use core::panic::PanicInfo;

use centerfy::internal::call::{Body, Call, Happened, Head, Plan};
use centerfy::internal::error::Said;
use centerfy::internal::protocol::{self, Event};
use centerfy::internal::validate::{Checker, Kind, Value};
use pool::Pool;
use spin::mutex::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

/// It allocates whole pages and frees none: the only allocation is one pool, which only grows.
#[global_allocator]
static MEMORY: lol_alloc::LeakingPageAllocator = lol_alloc::LeakingPageAllocator;

struct State {
    calls: Pool<Call>,
    checker: Checker,
}

static STATE: Mutex<State> = Mutex::new(State {
    calls: Pool::new(),
    checker: Checker::new(),
});

/// Gives an export access to the state. The lock is always free: there are no threads, and the module
/// imports nothing (the build checks it), so no export runs inside another.
fn with_state<R: Default>(act: impl FnOnce(&mut State) -> R) -> R {
    match STATE.try_lock() {
        Some(mut state) => act(&mut state),
        None => R::default(),
    }
}

/// Only exhausted memory can panic; clippy's lints ensure the rest.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Checks one field of a request, by its number among all fields. `kind` is a [`Kind`], `size` and
/// `word` are those of a [`Value`]. Returns the number of the fault, see [`Checker::field`].
#[wasm_bindgen]
pub fn field(index: u32, kind: u32, size: f64, word: u32) -> u32 {
    with_state(|state| {
        let kind = Kind::of_number(kind).unwrap_or(Kind::Other);
        let value = Value { kind, size, word };
        state.checker.field(index as usize, value)
    })
}

/// Opens a call under this number: the number of a call that has ended, or else the number of calls so far.
/// [`Plan`] documents the other arguments. Times are in milliseconds.
#[wasm_bindgen]
pub fn open(
    id: u32,
    repeat_safe: bool,
    once: bool,
    max_retries: f64,
    attempt_timeout: f64,
    timeout: f64,
    now: f64,
) {
    with_state(|state| {
        let plan = Plan {
            repeat_safe,
            once,
            max_retries,
            attempt_timeout,
            timeout,
        };
        state.calls.put(id, Call::new(plan, now));
    })
}

/// Handles an [`Event`] of the call. `status` is 0 until the headers are received; `wait` is the wait that
/// the server requests in milliseconds, negative if it requests none; `said` is the number of a [`Said`], any
/// other number if a proxy reports nothing; `random` is from 0 to 1. Returns [`protocol::order`].
#[wasm_bindgen]
pub fn event(id: u32, event: u32, status: u32, wait: f64, said: u32, now: f64, random: f64) -> u32 {
    with_state(|state| {
        let (Some(call), Some(event)) = (state.calls.get(id), Event::of_number(event)) else {
            return 0;
        };
        let head = Head {
            status,
            said: Said::of_number(said),
        };
        let answered = |body| Happened::Answered(body, (wait >= 0.0).then_some(wait));
        let happened = match event {
            Event::Held => return protocol::order(call.held(wait)),
            Event::Sent => return protocol::order(call.place(now)),
            Event::TimerRang => Happened::TimerRang,
            Event::Lost if status < 400 => Happened::Lost,
            Event::Json => answered(Body::Json),
            Event::ErrorJson => answered(Body::Error),
            // The rest of an error's body may be lost, but its headers count.
            Event::Lost | Event::Unreadable => answered(Body::Unreadable),
        };
        protocol::order(call.happened(happened, now, head, random))
    })
}
