//! The one door to JavaScript: what the npm module exports.
//!
//! Only numbers go through it. A call, a limiter and a field are known by their numbers, what is
//! said has a name in [`centerfy::internal::protocol`], and JavaScript's values stay in JavaScript.
//! So nothing has to be converted, and neither side holds on to the other.
#![cfg(target_arch = "wasm32")]
#![no_std]

use core::panic::PanicInfo;

use centerfy::internal::call::{Body, Call, Plan};
use centerfy::internal::limiter::{Limit, Limiters};
use centerfy::internal::operations::REPEAT_SAFE;
use centerfy::internal::pool::Pool;
use centerfy::internal::protocol::{self, Event};
use centerfy::internal::retry;
use centerfy::internal::validate::{Checker, Kind};
use spin::mutex::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

#[global_allocator]
static MEMORY: lol_alloc::LeakingPageAllocator = lol_alloc::LeakingPageAllocator;

/// A call, and the limiter that it takes its places from, if it has one.
#[derive(Clone, Copy)]
struct Driven {
    call: Call,
    limiter: u32,
}

struct Realm {
    calls: Pool<Driven>,
    limiters: Limiters,
    checker: Checker,
    header: Header,
}

/// The value of one header, as it comes in byte by byte.
struct Header {
    bytes: [u8; retry::LONGEST_VALUE],
    len: usize,
}

static REALM: Mutex<Realm> = Mutex::new(Realm {
    calls: Pool::new(),
    limiters: Limiters::new(),
    checker: Checker::new(),
    header: Header {
        bytes: [0; retry::LONGEST_VALUE],
        len: 0,
    },
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

/// Looks at one field of a request, by its number among all fields; `kind` is a [`Kind`], `number`
/// the value where it is one. Answers [`protocol::fault`].
#[wasm_bindgen]
pub fn field(index: u32, kind: u32, number: f64) -> u32 {
    realm(|realm| {
        let kind = Kind::of_number(kind).unwrap_or(Kind::Other);
        protocol::fault(realm.checker.field(index as usize, kind, number))
    })
}

/// Makes a limiter.
#[wasm_bindgen]
pub fn limiter() -> u32 {
    realm(|realm| realm.limiters.open())
}

/// Closes a limiter that is not in use. Says whether it did.
#[wasm_bindgen]
pub fn idle(limiter: u32, now: f64) -> bool {
    realm(|realm| realm.limiters.close_idle(limiter, now))
}

/// Asks a limiter for a place among `requests` in `per_ms` milliseconds: 0 where it is given, else
/// the milliseconds after which to ask again. It is given back, or its call tells [`Event::Sent`].
#[wasm_bindgen]
pub fn take(limiter: u32, requests: f64, per_ms: f64, now: f64) -> u32 {
    realm(|realm| {
        let limit = Limit { requests, per_ms };
        protocol::timer(realm.limiters.take(limiter, limit, now))
    })
}

/// Gives a place back.
#[wasm_bindgen]
pub fn give_back(limiter: u32) {
    realm(|realm| realm.limiters.give_back(limiter));
}

/// How many milliseconds the server's pause lasts, 0 or less where there is none.
#[wasm_bindgen]
pub fn held(limiter: u32, now: f64) -> f64 {
    realm(|realm| realm.limiters.held(limiter, now))
}

/// Opens a call of an operation.
#[wasm_bindgen]
pub fn open(
    operation: u32,
    limiter: u32,
    max_retries: f64,
    attempt_timeout: f64,
    timeout: f64,
    now: f64,
) -> u32 {
    realm(|realm| {
        let plan = Plan {
            repeat_safe: REPEAT_SAFE >> operation & 1 != 0,
            max_retries,
            attempt_timeout,
            timeout,
        };
        let call = Call::new(plan, now);
        realm.calls.put(Driven { call, limiter })
    })
}

/// The longest pause of the server's, in milliseconds, that the call would wait for.
#[wasm_bindgen]
pub fn patience(call: u32) -> f64 {
    realm(|realm| {
        realm
            .calls
            .get(call)
            .map_or(0.0, |driven| driven.call.patience())
    })
}

/// Closes a call, wherever it is.
#[wasm_bindgen]
pub fn close(call: u32) {
    realm(|realm| realm.calls.give_back(call));
}

/// An [`Event`] happened to the call. `status` is 0 before the headers have come, `wait` what the
/// server asks for, in milliseconds, negative where it does not ask. Answers [`protocol::order`].
#[wasm_bindgen]
pub fn event(id: u32, event: u32, status: u32, wait: f64, now: f64, random: f64) -> u32 {
    realm(|realm| {
        let (Some(driven), Some(event)) = (realm.calls.get(id), Event::of_number(event)) else {
            return 0;
        };
        let wait = (wait >= 0.0).then_some(wait);
        let action = match event {
            Event::TimerRang => driven.call.timer(now, status, random),
            Event::Sent => {
                realm.limiters.sent(driven.limiter, now);
                driven.call.place(now)
            }
            Event::Lost if status < 400 => driven.call.lost(now, status, random),
            came => {
                let body = match came {
                    Event::Json => Body::Json,
                    Event::ErrorJson => Body::Error,
                    // The rest of an error's body is lost: its headers stand.
                    _ => Body::Unreadable,
                };
                if let (429, Some(wait)) = (status, wait) {
                    realm.limiters.hold(driven.limiter, wait, now);
                }
                driven.call.answer(now, status, body, wait, random)
            }
        };
        protocol::order(action)
    })
}

/// Takes in the next byte of a header's value.
#[wasm_bindgen]
pub fn feed(byte: u8) {
    realm(|realm| {
        if let Some(place) = realm.header.bytes.get_mut(realm.header.len) {
            *place = byte;
        }
        realm.header.len += 1;
    });
}

/// The wait that the header asks for, in milliseconds, or -1: see [`retry::wait`].
#[wasm_bindgen]
pub fn wait(header: u32, now: f64) -> f64 {
    realm(|realm| {
        let value = realm.header.bytes.get(..realm.header.len);
        let wait = value.and_then(|value| retry::wait_of_short(header, value, now));
        realm.header.len = 0;
        wait.unwrap_or(-1.0)
    })
}
