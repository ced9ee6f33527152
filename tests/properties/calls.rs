//! One call under any sequence of events.

use centerfy::Code;
use centerfy::internal::call::{Action, Body, Call, Head, LONGEST_TIMER, Plan};
use centerfy::internal::error::{Delivery, Said};
use centerfy::internal::retry::retryable;
use proptest::prelude::*;

/// What happens while a request is on the wire.
#[derive(Clone, Debug)]
enum Fate {
    Lost {
        status: u32,
    },
    TimesOut {
        status: u32,
    },
    Answer {
        status: u32,
        body: Body,
        wait: Option<f64>,
    },
}

/// One attempt: its time in the queue, its time on the wire, and the delay of its timer.
#[derive(Clone, Debug)]
struct Turn {
    queued: f64,
    took: f64,
    late: f64,
    random: f64,
    fate: Fate,
    /// The delivery header of a proxy, if its headers arrived.
    said: Option<Said>,
}

impl Turn {
    fn head(&self) -> Head {
        let (Fate::Lost { status } | Fate::TimesOut { status } | Fate::Answer { status, .. }) =
            self.fate;
        let said = self.said.filter(|_| status > 0);
        Head { status, said }
    }
}

fn status() -> impl Strategy<Value = u32> {
    prop_oneof![
        4 => prop::sample::select(&[200_u32, 201, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504][..]),
        1 => 100..600_u32,
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    let seen = prop_oneof![3 => Just(0_u32), 1 => status()];
    let body = prop::sample::select(&[Body::Json, Body::Error, Body::Unreadable][..]);
    let wait = prop::option::of(prop_oneof![Just(0.0), 0.0..5000.0, Just(1e12)]);
    prop_oneof![
        seen.clone().prop_map(|status| Fate::Lost { status }),
        seen.prop_map(|status| Fate::TimesOut { status }),
        (status(), body, wait).prop_map(|(status, body, wait)| Fate::Answer { status, body, wait }),
    ]
}

fn turn() -> impl Strategy<Value = Turn> {
    (
        0.0..50_000.0,
        0.0..1.0,
        prop_oneof![5 => Just(0.0), 1 => 0.0..1e6],
        0.0..1.0,
        fate(),
        prop_oneof![2 => Just(None), 1 => prop::sample::select(Said::ALL).prop_map(Some)],
    )
        .prop_map(|(queued, took, late, random, fate, said)| Turn {
            queued,
            took,
            late,
            random,
            fate,
            said,
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    let time = || prop_oneof![Just(f64::INFINITY), 1.0..60_000.0];
    (any::<bool>(), any::<bool>(), 0..5_u32, time(), time()).prop_map(
        |(repeat_safe, once, retries, attempt_timeout, timeout)| Plan {
            repeat_safe,
            once,
            max_retries: retries.into(),
            attempt_timeout,
            timeout,
        },
    )
}

/// Whether a failed attempt may have had an effect that a person notices.
fn reached(fate: &Fate) -> bool {
    match fate {
        Fate::Lost { status } | Fate::TimesOut { status } => *status < 400 || *status >= 500,
        Fate::Answer {
            status: 200..=299,
            body,
            ..
        } => *body == Body::Unreadable,
        Fate::Answer { status, .. } => *status >= 500,
    }
}

fn refused_with_429(fate: &Fate) -> bool {
    matches!(
        fate,
        Fate::Answer { status: 429, .. }
            | Fate::Lost { status: 429 }
            | Fate::TimesOut { status: 429 }
    )
}

proptest! {
    #![proptest_config(crate::cases(2000))]
    #[test]
    fn what_one_call_does(plan in plan(), turns in prop::collection::vec(turn(), 8)) {
        let mut now = 1000.0;
        let mut call = Call::new(plan, now);
        let mut spent = 0.0; // of the timeout: all but the queue, and attempts that a 429 answered
        let mut attempts = 0.0;
        let mut last: Option<Fate> = None;
        let mut delivery = Delivery::No;
        for turn in turns {
            prop_assert!(call.patience() > 0.0, "a call that is queued has time left");
            now += turn.queued;
            let Action::Send(most) = call.place(now) else {
                return Err(TestCaseError::fail("a place is there to be used"));
            };
            attempts += 1.0;
            prop_assert!(attempts <= plan.max_retries + 1.0);
            if let (false, Some(last)) = (plan.repeat_safe || plan.once, &last) {
                prop_assert!(refused_with_429(last), "sent twice after {last:?}");
            }
            prop_assert!(most > 0.0 && most <= plan.attempt_timeout + 1e-3);
            prop_assert!(spent + most <= plan.timeout + 1e-3, "{spent} + {most}");
            let took = match turn.fate {
                Fate::TimesOut { .. } if most.is_infinite() => return Ok(()),
                Fate::TimesOut { .. } => most + turn.late,
                _ => turn.took * most.min(1e5),
            };
            now += took;
            let head = turn.head();
            if head.status != 429 {
                spent += took;
            }
            let action = match turn.fate {
                // The rest of an error's body is lost: its status counts.
                Fate::Lost { status: 400.. } => call.answer(now, head, Body::Unreadable, None, turn.random),
                Fate::Lost { .. } => call.lost(now, head, turn.random),
                Fate::TimesOut { .. } => {
                    let mut rang = call.timer(now, head, turn.random);
                    while let Action::Sleep(_) = rang {
                        rang = call.timer(now, head, turn.random);
                    }
                    rang
                }
                Fate::Answer { body, wait, .. } => call.answer(now, head, body, wait, turn.random),
            };
            delivery = match head.said {
                _ if plan.repeat_safe => Delivery::No,
                Some(Said::MaybeDelivered) => Delivery::Maybe,
                // A proxy reports on all attempts with the key.
                Some(Said::NotDelivered) => Delivery::No,
                None if reached(&turn.fate) => Delivery::Maybe,
                // The header describes this attempt only, or is absent.
                _ if delivery == Delivery::No => Delivery::No,
                _ => Delivery::Earlier,
            };
            match action {
                Action::Succeed => {
                    let read = matches!(turn.fate, Fate::Answer { status: 200..=299, body: Body::Json, .. });
                    prop_assert!(read, "succeeded with {:?}", turn.fate);
                    return Ok(());
                }
                Action::Fail { code, delivery: told } => {
                    prop_assert_eq!(told, delivery, "{:?}", turn.fate);
                    check_code(code, &turn.fate)?;
                    return Ok(());
                }
                Action::Back(wait) => {
                    let is_unknown = head.said == Some(Said::MaybeDelivered);
                    let says_when = matches!(turn.fate, Fate::Answer { wait: Some(_), .. });
                    prop_assert!(!is_unknown || says_when, "asked again for what is not known");
                    match turn.fate {
                        Fate::Answer { wait: Some(asked), .. } => prop_assert_eq!(wait, asked),
                        _ => {
                            let most = (500.0 * f64::powf(2.0, attempts - 1.0)).min(8000.0);
                            prop_assert!(wait <= most && wait > most * 0.75, "{}", wait);
                        }
                    }
                    if let Fate::Answer { status, .. } = turn.fate {
                        prop_assert!(retryable(status, plan.repeat_safe || plan.once));
                    }
                    prop_assert!(spent + wait < plan.timeout + 1e-3, "would outlast the timeout");
                    now += wait + turn.late;
                    spent += wait + turn.late;
                }
                other => return Err(TestCaseError::fail(format!("{other:?} after {:?}", turn.fate))),
            }
            let mut rang = call.timer(now, head, turn.random);
            while let Action::Sleep(_) = rang {
                rang = call.timer(now, head, turn.random);
            }
            match rang {
                Action::Ask => prop_assert!(spent < plan.timeout + 1e-3),
                Action::Fail { code, delivery: told } => {
                    prop_assert!(spent >= plan.timeout - 1e-3, "gave up in time");
                    prop_assert_eq!((code, told), (Code::Timeout, delivery));
                    return Ok(());
                }
                other => return Err(TestCaseError::fail(format!("{other:?} after a wait"))),
            }
            last = Some(turn.fate);
        }
    }
}

fn check_code(code: Code, fate: &Fate) -> Result<(), TestCaseError> {
    let expected = match fate {
        Fate::Lost { status: 0..=399 } => Code::Network,
        Fate::TimesOut { .. } => Code::Timeout,
        Fate::Answer {
            status: 200..=299,
            body: Body::Error,
            ..
        } => Code::Http,
        Fate::Answer {
            status: 200..=299,
            body: Body::Unreadable,
            ..
        } => Code::Parse,
        Fate::Lost { status } | Fate::Answer { status, .. } => Code::of_status(*status),
    };
    prop_assert_eq!(code, expected, "{:?}", fate);
    Ok(())
}

#[test]
fn a_fired_timer_counts_as_elapsed_time_and_a_long_one_is_split() {
    let plan = Plan {
        repeat_safe: true,
        once: false,
        max_retries: 1.0,
        attempt_timeout: LONGEST_TIMER * 2.5,
        timeout: f64::INFINITY,
    };
    let mut call = Call::new(plan, 0.0);
    assert_eq!(call.place(0.0), Action::Send(LONGEST_TIMER * 2.5));
    // The clock stands still, as in a test that fakes it and not the timers.
    assert_eq!(
        call.timer(0.0, Head::default(), 0.0),
        Action::Sleep(LONGEST_TIMER * 1.5)
    );
    assert_eq!(
        call.timer(0.0, Head::default(), 0.0),
        Action::Sleep(LONGEST_TIMER * 0.5)
    );
    assert_eq!(call.timer(0.0, Head::default(), 0.0), Action::Back(500.0));
    assert_eq!(call.timer(0.0, Head::default(), 0.0), Action::Ask);
}

#[test]
fn the_timeout_excludes_the_time_of_an_attempt_with_a_429() {
    let plan = Plan {
        repeat_safe: false,
        once: true,
        max_retries: 9.0,
        attempt_timeout: 30_000.0,
        timeout: 60_000.0,
    };
    let head = |status| Head { status, said: None };
    // Three attempts of 20 seconds each.
    let run = |status| {
        let (mut call, mut now, mut sends) = (Call::new(plan, 0.0), 0.0, Vec::new());
        for _ in 0..3 {
            let Action::Send(most) = call.place(now) else {
                break;
            };
            sends.push(most);
            now += 20_000.0;
            let Action::Back(wait) = call.answer(now, head(status), Body::Error, Some(1000.0), 0.0)
            else {
                break;
            };
            now += wait;
            assert_eq!(call.timer(now, head(status), 0.0), Action::Ask);
        }
        sends
    };
    assert_eq!(run(429), [30_000.0, 30_000.0, 30_000.0]);
    assert_eq!(run(503), [30_000.0, 30_000.0, 18_000.0]);
}

#[test]
fn a_pause_that_is_too_long_fails_with_the_outcome_of_earlier_attempts() {
    let plan = Plan {
        repeat_safe: false,
        once: true,
        max_retries: 2.0,
        attempt_timeout: f64::INFINITY,
        timeout: 60_000.0,
    };
    let refused = |delivery| Action::Fail {
        code: Code::RateLimited,
        delivery,
    };
    let mut call = Call::new(plan, 0.0);
    assert_eq!(call.held(60_000.0), Action::Ask);
    assert_eq!(call.held(60_001.0), refused(Delivery::No));
    call.place(0.0);
    let too_many = Head {
        status: 429,
        ..Head::default()
    };
    call.answer(1.0, too_many, Body::Error, None, 0.0);
    assert_eq!(
        call.held(1e6),
        refused(Delivery::No),
        "a 429 was not executed"
    );
    call.place(1.0);
    call.lost(2.0, Head::default(), 0.0);
    assert_eq!(call.held(1e6), refused(Delivery::Maybe));
}
