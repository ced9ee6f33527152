//! The one door to JavaScript: what the npm module exports.
//!
//! Only numbers go through it. A call and a field are known by their numbers, what is said has a name
//! in [`centerfy::internal::protocol`], and JavaScript's values stay in JavaScript. So nothing has to
//! be converted, and neither side holds on to the other.
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

/// It gives whole pages, and takes none back. What is kept here is one pool, which only grows.
#[global_allocator]
static MEMORY: lol_alloc::LeakingPageAllocator = lol_alloc::LeakingPageAllocator;

struct Realm {
    calls: Pool<Call>,
    checker: Checker,
}

static REALM: Mutex<Realm> = Mutex::new(Realm {
    calls: Pool::new(),
    checker: Checker::new(),
});

/// Lends the realm to one export. It is always free: there are no threads, and the module imports
/// nothing (the build checks it), so no export runs inside another.
fn realm<R: Default>(act: impl FnOnce(&mut Realm) -> R) -> R {
    match REALM.try_lock() {
        Some(mut realm) => act(&mut realm),
        None => R::default(),
    }
}

/// No panic is reachable: clippy's lints see to that, but for memory that runs out.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Checks one field of a request, by its number among all fields. `kind` is a [`Kind`], `size` and
/// `word` are those of a [`Value`]. Gives the number of the fault, see [`Checker::field`].
#[wasm_bindgen]
pub fn field(index: u32, kind: u32, size: f64, word: u32) -> u32 {
    realm(|realm| {
        let kind = Kind::of_number(kind).unwrap_or(Kind::Other);
        let value = Value { kind, size, word };
        realm.checker.field(index as usize, value)
    })
}

/// Opens a call under this number: one that a call had which is over, or else as many as there are. What is
/// said of its operation, see [`Plan`]. Times are milliseconds.
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
    realm(|realm| {
        let plan = Plan {
            repeat_safe,
            once,
            max_retries,
            attempt_timeout,
            timeout,
        };
        realm.calls.put(id, Call::new(plan, now));
    })
}

/// An [`Event`] happened to the call. `status` is 0 before the headers have come, `wait` what the
/// server asks for, in milliseconds, negative where it does not ask; `said` is the number of a [`Said`], any
/// other where a proxy says nothing; `random` is from 0 to 1. Answers [`protocol::order`].
#[wasm_bindgen]
pub fn event(id: u32, event: u32, status: u32, wait: f64, said: u32, now: f64, random: f64) -> u32 {
    realm(|realm| {
        let (Some(call), Some(event)) = (realm.calls.get(id), Event::of_number(event)) else {
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
            // The rest of an error's body may be lost: its headers stand.
            Event::Lost | Event::Unreadable => answered(Body::Unreadable),
        };
        protocol::order(call.happened(happened, now, head, random))
    })
}
