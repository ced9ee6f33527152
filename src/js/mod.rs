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
    bytes: [u8; retry::LONGEST_VALUE],
    len: usize,
}

static REALM: memory::Single<Realm> = memory::Single::new(Realm {
    calls: Pool::new(),
    limiters: Limiters::new(),
    checker: Checker::new(),
    header: Header {
        bytes: [0; retry::LONGEST_VALUE],
        len: 0,
    },
});

/// A tag from 0 to 7, and a number above it.
const fn pack(tag: u32, value: u32) -> u32 {
    value << 3 | tag
}

/// Milliseconds as a timer takes them: rounded up, and six days at most. A timer that rings too
/// early is set again.
fn timer(ms: f64) -> u32 {
    let ms = ms.ceil() as u32;
    if ms > LONGEST_TIMER {
        LONGEST_TIMER
    } else {
        ms
    }
}

const LONGEST_TIMER: u32 = (1 << 29) - 1;

/// 0 ask for a place; 1 tell when the timer rings, after so many milliseconds; 2 the same, and drop
/// what is on the wire; 4 it has succeeded; 5 it has failed, with a code and, in the lowest bit,
/// whether it may have been carried out.
fn pack_action(action: Action) -> u32 {
    match action {
        Action::Ask => pack(0, 0),
        Action::Send(ms) | Action::Sleep(ms) => pack(1, timer(ms)),
        Action::Back(ms) => pack(2, timer(ms)),
        Action::Succeed => pack(4, 0),
        Action::Fail {
            code,
            maybe_delivered,
        } => pack(5, code as u32 * 2 + u32::from(maybe_delivered)),
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

/// Closes a call that is given up, wherever it is.
#[wasm_bindgen]
pub fn close(id: u32) {
    REALM.with(|realm| {
        if let Some(driven) = realm.calls.get(id) {
            realm.limiters.leave(driven.limiter, id);
            realm.calls.give_back(id);
        }
    });
}

/// Who goes next: tag 0 when nobody waits; 1 and the milliseconds after which to ask again; 2 and
/// the call that may go, or 3 where others wait behind it; 4 and one that is refused, because the
/// server asks for a longer pause than it would wait. It stays open: whoever waits for it may hear
/// of it later.
#[wasm_bindgen]
pub fn turn(limiter: u32, now: f64) -> u32 {
    REALM.with(|realm| match realm.limiters.turn(limiter, now) {
        Turn::Idle => pack(0, 0),
        Turn::Wait(ms) => pack(1, timer(ms)),
        Turn::Go { who, last } => pack(3 - u32::from(last), who),
        Turn::Refused(who) => pack(4, who),
    })
}

/// Something happened to the call: 0 the timer rang, 1 it had its place and its request is on its
/// way, 2 `fetch` rejected or the body broke off, 3 JSON came, 4 JSON that says `"error": true`, 5
/// another body. `wait` is what the server asks for, in milliseconds, negative where it does not
/// ask. Answers the action to take; a call that has succeeded or failed is closed.
#[wasm_bindgen]
pub fn event(id: u32, what: u32, status: u32, wait: f64, now: f64, random: f64) -> u32 {
    REALM.with(|realm| {
        let Some(driven) = realm.calls.get(id) else {
            return 0;
        };
        let wait = (wait >= 0.0).then_some(wait);
        // The status and wait of the first two are those of an answer that was told before.
        if let (2.., 429, Some(wait)) = (what, status, wait) {
            realm.limiters.hold(driven.limiter, now + wait);
        }
        let action = match what {
            0 => driven.call.timer(now, status, random),
            // The rest of an error's body is lost: its headers stand.
            1 => {
                realm.limiters.sent(driven.place, now);
                driven.call.place(now)
            }
            2 if status < 400 => driven.call.lost(now, status, random),
            3 => driven.call.answer(now, status, Body::Json, wait, random),
            4 => driven.call.answer(now, status, Body::Error, wait, random),
            _ => driven
                .call
                .answer(now, status, Body::Unreadable, wait, random),
        };
        match action {
            Action::Ask => realm.ask(id),
            Action::Succeed | Action::Fail { .. } => realm.calls.give_back(id),
            _ => {}
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
        let wait = value.and_then(|value| retry::wait_of_short(header, value, now));
        realm.header.len = 0;
        wait.unwrap_or(-1.0)
    })
}
