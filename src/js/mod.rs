//! The one door to JavaScript: what the npm module exports.
//!
//! Only numbers go through it. A call, a limiter and a field are known by their numbers, an action
//! is packed into one (see [`pack`]), and JavaScript's values stay in JavaScript. So nothing has to
//! be converted, and neither side holds on to the other.

mod memory;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::call::{Action, Body, Call, Plan};
use crate::limiter::{Limit, Limiters, Turn};
use crate::operations::REPEAT_SAFE;
use crate::pool::Pool;
use crate::retry;
use crate::validate::{Checker, Kind};

/// A call, and what it needs to ask for places.
#[derive(Clone, Copy)]
struct Driven {
    call: Call,
    limiter: u32,
    limit: Limit,
    place: u32,
}

struct Realm {
    calls: Pool<Driven>,
    limiters: Limiters,
    checker: Checker,
    header: Header,
}

impl Realm {
    /// Lets a call join the queue of its limiter, if it has one.
    #[inline(never)]
    fn ask(&mut self, id: u32) {
        if let Some(driven) = self.calls.get(id) {
            let patience = driven.call.patience();
            driven.place = self
                .limiters
                .join(driven.limiter, id, driven.limit, patience);
        }
    }
}

/// The value of one header, as it comes in byte by byte.
struct Header {
    bytes: [u8; 48],
    len: usize,
}

static REALM: memory::Single<Realm> = memory::Single::new(Realm {
    calls: Pool::new(),
    limiters: Limiters::new(),
    checker: Checker::new(),
    header: Header {
        bytes: [0; 48],
        len: 0,
    },
});

const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// A tag from 0 to 7, and a whole number above it.
fn pack(tag: u32, value: f64) -> f64 {
    let value = if value > LONGEST_TIMER {
        LONGEST_TIMER
    } else {
        value.ceil()
    };
    value * 8.0 + f64::from(tag)
}

fn pack_action(action: Action) -> f64 {
    match action {
        Action::Ask => pack(0, 0.0),
        Action::Send(ms) => pack(1, ms),
        Action::Back(ms) => pack(2, ms),
        Action::Sleep(ms) => pack(3, ms),
        Action::Succeed => pack(4, 0.0),
        Action::Fail {
            code,
            maybe_delivered,
        } => pack(5, f64::from(code as u32 * 2 + u32::from(maybe_delivered))),
    }
}

/// Looks at one field of a request: see [`Checker::field`].
#[wasm_bindgen]
pub fn field(index: u32, kind: u32, number: f64) -> u32 {
    REALM.with(|realm| realm.checker.field(index as usize, Kind(kind), number))
}

/// Makes a limiter.
#[wasm_bindgen]
pub fn limiter() -> u32 {
    REALM.with(|realm| realm.limiters.open())
}

/// Closes a limiter that is not in use. Says whether it did.
#[wasm_bindgen]
pub fn idle(limiter: u32, now: f64) -> bool {
    REALM.with(|realm| realm.limiters.close_idle(limiter, now))
}

/// Opens a call, which at once joins the queue of its limiter, if it has one.
#[wasm_bindgen]
#[allow(
    clippy::too_many_arguments,
    reason = "numbers are all that goes through the door"
)]
pub fn open(
    operation: u32,
    limiter: u32,
    requests: f64,
    per_ms: f64,
    max_retries: f64,
    attempt_timeout: f64,
    timeout: f64,
    now: f64,
) -> u32 {
    REALM.with(|realm| {
        let repeat_safe = REPEAT_SAFE >> operation & 1 != 0;
        let call = Call::new(
            Plan {
                repeat_safe,
                max_retries,
                attempt_timeout,
                timeout,
            },
            now,
        );
        let id = realm.calls.put(Driven {
            call,
            limiter,
            limit: Limit { requests, per_ms },
            place: 0,
        });
        realm.ask(id);
        id
    })
}

/// Closes a call, wherever it is.
#[wasm_bindgen]
pub fn close(id: u32) {
    REALM.with(|realm| {
        if let Some(driven) = realm.calls.get(id) {
            realm.limiters.leave(driven.limiter, id);
            realm.calls.give_back(id);
        }
    });
}

/// Who goes next: tag 0 and the call that may go; 1 and one that is refused because the server asks
/// for a longer pause than it would wait; 2 and the milliseconds after which to ask again; 3 when
/// nobody waits.
#[wasm_bindgen]
pub fn turn(limiter: u32, now: f64) -> f64 {
    REALM.with(|realm| match realm.limiters.turn(limiter, now) {
        Turn::Go(id) => pack(0, f64::from(id)),
        Turn::Refused(id) => pack(1, f64::from(id)),
        Turn::Wait(ms) => pack(2, ms),
        Turn::Idle => pack(3, 0.0),
    })
}

/// Something happened to the call: 0 the timer rang, 1 it has its place, 2 `fetch` rejected or the
/// body broke off, 3 JSON came, 4 JSON that says `"error": true`, 5 another body; or 6, the
/// request is on its way, which asks for no action. `wait` is what the server asks for, in
/// milliseconds, negative where it does not ask. Answers the action to take.
#[wasm_bindgen]
pub fn event(id: u32, what: u32, status: u32, wait: f64, now: f64, random: f64) -> f64 {
    REALM.with(|realm| {
        let Some(driven) = realm.calls.get(id) else {
            return 0.0;
        };
        if what == 6 {
            realm.limiters.sent(driven.place, now);
            return 0.0;
        }
        let wait = (wait >= 0.0).then_some(wait);
        // The status and wait of the first two are those of an answer that was told before.
        if let (2.., 429, Some(wait)) = (what, status, wait) {
            realm.limiters.hold(driven.limiter, now + wait);
        }
        let action = match what {
            0 => driven.call.timer(now, status, random),
            // The rest of an error's body is lost: its headers stand.
            1 => driven.call.place(now),
            2 if status < 400 => driven.call.lost(now, status, random),
            3 => driven.call.answer(now, status, Body::Json, wait, random),
            4 => driven.call.answer(now, status, Body::Error, wait, random),
            _ => driven
                .call
                .answer(now, status, Body::Unreadable, wait, random),
        };
        if action == Action::Ask {
            let patience = driven.call.patience();
            driven.place = realm
                .limiters
                .join(driven.limiter, id, driven.limit, patience);
        }
        pack_action(action)
    })
}

/// Takes in the next byte of a header's value.
#[wasm_bindgen]
pub fn feed(byte: u8) {
    REALM.with(|realm| {
        if let Some(place) = realm.header.bytes.get_mut(realm.header.len) {
            *place = byte;
        }
        realm.header.len += 1;
    });
}

/// The wait that the header asks for, in milliseconds, or -1: see [`retry::wait`].
#[wasm_bindgen]
pub fn wait(header: u32, now: f64) -> f64 {
    REALM.with(|realm| {
        let value = realm.header.bytes.get(..realm.header.len);
        let wait = value.and_then(|value| retry::wait(header, value, now));
        realm.header.len = 0;
        wait.unwrap_or(-1.0)
    })
}
