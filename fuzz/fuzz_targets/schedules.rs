//! Calls that share a limiter, with any events at any times.
#![no_main]

use centerfy::internal::call::{Action, Body, Call, Head, Plan};
use centerfy::internal::error::Said;
use centerfy::internal::limiter::{Limit, Limiter, Slot};
use libfuzzer_sys::fuzz_target;
use std::collections::VecDeque;

const CALLS: usize = 8;
/// How long a slot without a release counts as in flight, in milliseconds.
const LEASE: f64 = 400.0;

fuzz_target!(|input: (u8, u16, [u8; CALLS], Vec<(u8, u8, u16, u16)>)| {
    let (requests, per_ms, plans, events) = input;
    let limit = Limit {
        requests: u32::from(requests % 8) + 1,
        per_ms: f64::from(per_ms) + 1.0,
    };
    let mut limiter = Limiter::default();
    // When each slot was granted, and the latest time at which its request can have arrived.
    let (mut now, mut went) = (0.0, Vec::<(f64, f64)>::new());
    let mut calls: Vec<_> = plans
        .iter()
        .map(|bits| {
            let plan = Plan {
                repeat_safe: bits & 1 != 0,
                once: bits & 32 != 0,
                max_retries: f64::from(bits >> 1 & 3),
                attempt_timeout: if bits & 8 != 0 { f64::INFINITY } else { 300.0 },
                timeout: if bits & 16 != 0 {
                    f64::INFINITY
                } else {
                    9000.0
                },
            };
            (
                Call::new(plan, now),
                plan,
                0.0,
                State::Queued,
                None::<(Slot, usize)>,
            )
        })
        .collect();
    let mut queue: VecDeque<usize> = (0..CALLS).collect();
    for (who, what, status, ms) in events {
        let who = usize::from(who) % CALLS;
        let (call, plan, attempts, state, slot) = &mut calls[who];
        let random = f64::from(ms) / 65_536.0;
        let status = u32::from(status % 600);
        now += f64::from(ms) / 8.0;
        let said = Said::ALL.get(usize::from(what >> 4 & 3)).copied();
        let head = |status| Head {
            status,
            said: said.filter(|_| status > 0),
        };
        if let Some((slot, at)) = (what % 8 > 0).then(|| slot.take()).flatten() {
            limiter.answered(slot, now);
            went[at].1 = now;
        }
        let action = match (what % 8, *state) {
            (0, State::Queued) => {
                queue.retain(|waiting| *waiting != who);
                *state = State::Over;
                None
            }
            (1, State::OnTheWire) => Some(call.lost(now, head(0), random)),
            (2..=4, State::OnTheWire) => {
                let wait = (what & 8 != 0).then_some(f64::from(ms));
                if let (429, Some(wait)) = (status, wait) {
                    limiter.hold(wait, now);
                }
                let body = [Body::Json, Body::Error, Body::Unreadable][usize::from(what % 8) - 2];
                Some(call.answer(now, head(status), body, wait, random))
            }
            (_, State::OnTheWire | State::Waiting) => Some(call.timer(now, head(0), random)),
            _ => None,
        };
        match action {
            None | Some(Action::Sleep(_)) => {}
            Some(Action::Back(wait)) => {
                assert!(wait >= 0.0);
                assert!(
                    plan.repeat_safe || plan.once || status == 429,
                    "sent twice after {status}"
                );
                *state = State::Waiting;
            }
            Some(Action::Ask) => {
                assert!(call.patience() > 0.0);
                queue.push_back(who);
                *state = State::Queued;
            }
            Some(Action::Send(_)) => unreachable!("without a place"),
            Some(Action::Succeed | Action::Fail { .. }) => *state = State::Over,
        }
        assert!(*attempts <= plan.max_retries + 1.0);
        while let Some(first) = queue.front() {
            let (call, _, attempts, state, slot) = &mut calls[*first];
            assert!(matches!(state, State::Queued));
            let Ok(given) = limiter.take(limit, LEASE, now) else {
                break;
            };
            let Action::Send(most) = call.place(now) else {
                unreachable!("a place is there to be used")
            };
            assert!(most > 0.0);
            (*attempts, *state) = (*attempts + 1.0, State::OnTheWire);
            *slot = Some((given, went.len()));
            went.push((now, now + LEASE));
            // At any arrival times: each may arrive at its latest time, and this one now.
            let inside = went
                .iter()
                .filter(|(_, latest)| now - latest < limit.per_ms);
            assert!(inside.count() <= limit.requests as usize);
            queue.pop_front();
        }
    }
});

#[derive(Clone, Copy)]
enum State {
    Queued,
    OnTheWire,
    Waiting,
    Over,
}
