//! The rate limiter under random schedules, against a list of what went and a list of who waits.

use std::collections::VecDeque;

use centerfy::internal::limiter::{Limit, Limiters, Turn};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Join {
        patience: f64,
        limit: usize,
    },
    Leave(prop::sample::Index),
    Pass(f64),
    /// Until just before, or just when, the limiter said to ask again.
    PassAsTold {
        early: bool,
    },
    Hold(f64),
}

fn step(limits: usize) -> impl Strategy<Value = Step> {
    let patience = prop_oneof![Just(f64::INFINITY), 1.0..5000.0];
    prop_oneof![
        6 => (patience, 0..limits).prop_map(|(patience, limit)| Step::Join { patience, limit }),
        2 => any::<prop::sample::Index>().prop_map(Step::Leave),
        3 => (0.0..400.0).prop_map(Step::Pass),
        3 => any::<bool>().prop_map(|early| Step::PassAsTold { early }),
        1 => (0.0..3000.0).prop_map(Step::Hold),
    ]
}

fn limit() -> impl Strategy<Value = Limit> {
    (1..6_u32, 1.0..1000.0).prop_map(|(requests, per_ms)| Limit {
        requests: requests.into(),
        per_ms,
    })
}

struct Waiting {
    who: u32,
    patience: f64,
    limit: Limit,
}

/// What is true, kept as simply as can be.
struct Model {
    limiters: Limiters,
    id: u32,
    now: f64,
    held_until: f64,
    queue: VecDeque<Waiting>,
    went: Vec<f64>,
    told: f64,
}

impl Model {
    fn new() -> Self {
        let mut limiters = Limiters::new();
        let id = limiters.open();
        Self {
            limiters,
            id,
            now: 0.0,
            held_until: 0.0,
            queue: VecDeque::new(),
            went: Vec::new(),
            told: 0.0,
        }
    }

    fn in_window(&self, per_ms: f64) -> usize {
        self.went
            .iter()
            .filter(|time| self.now - **time < per_ms)
            .count()
    }

    /// Asks until nobody may go, and checks every word.
    fn turns(&mut self) -> Result<(), TestCaseError> {
        loop {
            let held = self.held_until - self.now;
            let impatient = self
                .queue
                .iter()
                .position(|waiting| held > 0.0 && waiting.patience < held);
            match self.limiters.turn(self.id, self.now) {
                Turn::Refused(who) => {
                    let place =
                        impatient.ok_or_else(|| TestCaseError::fail("refused for no reason"))?;
                    prop_assert_eq!(
                        self.queue.remove(place).map(|waiting| waiting.who),
                        Some(who)
                    );
                }
                Turn::Go { who, .. } => {
                    prop_assert_eq!(impatient, None);
                    prop_assert!(held <= 0.0, "went during a pause");
                    let first = self
                        .queue
                        .pop_front()
                        .ok_or_else(|| TestCaseError::fail("nobody waits"))?;
                    prop_assert_eq!(first.who, who, "not the one who came first");
                    self.went.push(self.now);
                    prop_assert!(self.in_window(first.limit.per_ms) as f64 <= first.limit.requests);
                }
                Turn::Wait(ms) => {
                    prop_assert_eq!(impatient, None);
                    let first = self
                        .queue
                        .front()
                        .ok_or_else(|| TestCaseError::fail("nobody waits"))?;
                    prop_assert!(ms > 0.0);
                    // Just as long as it has to be: by the pause, or by the window.
                    let full = self.in_window(first.limit.per_ms) as f64 >= first.limit.requests;
                    prop_assert!(full || held > 0.0, "told to wait for nothing");
                    let nth = self.went.len().checked_sub(first.limit.requests as usize);
                    let free =
                        nth.map_or(0.0, |nth| self.went[nth] + first.limit.per_ms - self.now);
                    prop_assert!(
                        (ms - held.max(free)).abs() < 1e-6,
                        "{} instead of {}",
                        ms,
                        held.max(free)
                    );
                    self.told = ms;
                    return Ok(());
                }
                Turn::Idle => {
                    prop_assert!(self.queue.is_empty(), "somebody waits");
                    self.told = 0.0;
                    return Ok(());
                }
            }
        }
    }

    fn take(&mut self, step: &Step, who: u32, limits: &[Limit]) {
        match step {
            Step::Join { patience, limit } => {
                let limit = limits[*limit];
                self.limiters.join(self.id, who, limit, *patience);
                self.queue.push_back(Waiting {
                    who,
                    patience: *patience,
                    limit,
                });
            }
            Step::Leave(index) if !self.queue.is_empty() => {
                let at = index.index(self.queue.len());
                if let Some(waiting) = self.queue.remove(at) {
                    self.limiters.leave(self.id, waiting.who);
                }
            }
            Step::Leave(_) => self.limiters.leave(self.id, who),
            Step::Pass(ms) => self.now += ms,
            Step::PassAsTold { early } => {
                self.now += if *early { self.told * 0.99 } else { self.told }
            }
            Step::Hold(ms) => {
                self.held_until = self.held_until.max(self.now + ms);
                self.limiters.hold(self.id, self.now + ms);
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(500))]
    #[test]
    fn never_more_than_its_limit_in_any_window(
        limit in limit(),
        steps in prop::collection::vec(step(1), 1..200),
    ) {
        let mut model = Model::new();
        for (who, step) in (0..).zip(&steps) {
            model.take(step, who, &[limit]);
            model.turns()?;
        }
        // Any window at all, not only those that end with a request.
        for (i, from) in model.went.iter().enumerate() {
            let inside = model.went[i..].iter().filter(|time| **time - from < limit.per_ms).count();
            prop_assert!(inside as f64 <= limit.requests);
        }
    }

    #[test]
    fn clients_with_other_limits_share_what_went(
        // As for a client, the window's length may differ too; the longest is known from the start.
        mut limits in prop::collection::vec(limit(), 2..4),
        steps in prop::collection::vec(step(2), 1..150),
    ) {
        limits.sort_by(|a, b| b.per_ms.total_cmp(&a.per_ms));
        let mut model = Model::new();
        let first = Step::Join { patience: f64::INFINITY, limit: 0 };
        for (who, step) in (0..).zip(std::iter::once(&first).chain(&steps)) {
            model.take(step, who, &limits);
            model.turns()?;
        }
    }

    #[test]
    fn who_waits_gets_through(limit in limit(), count in 1..60_u32) {
        let mut model = Model::new();
        for who in 0..count {
            model.take(&Step::Join { patience: f64::INFINITY, limit: 0 }, who, &[limit]);
        }
        model.turns()?;
        while !model.queue.is_empty() {
            // Sums of fractions: a wait of nothing would go on for ever.
            model.now += model.told.max(1e-6);
            model.turns()?;
        }
        // All at the earliest time: so many windows as it takes, and no more.
        let windows = ((f64::from(count) - 1.0) / limit.requests).floor();
        prop_assert!(model.now <= windows * limit.per_ms + 1e-3, "{} for {windows} windows", model.now);
    }

    #[test]
    fn an_idle_limiter_is_closed_and_no_other(limit in limit(), joined in any::<bool>(), later in 0.0..2000.0) {
        let mut model = Model::new();
        if joined {
            model.take(&Step::Join { patience: 1.0, limit: 0 }, 7, &[limit]);
            model.turns()?;
        }
        model.now = later;
        let busy = joined && later < limit.per_ms;
        prop_assert_eq!(model.limiters.close_idle(model.id, model.now), !busy);
    }
}

#[test]
fn a_place_is_given_back_when_the_first_leaves() {
    let limit = Limit {
        requests: 1.0,
        per_ms: 100.0,
    };
    let mut model = Model::new();
    for who in 0..3 {
        model.take(
            &Step::Join {
                patience: f64::INFINITY,
                limit: 0,
            },
            who,
            &[limit],
        );
    }
    assert_eq!(
        model.limiters.turn(model.id, 0.0),
        Turn::Go {
            who: 0,
            last: false
        }
    );
    model.limiters.leave(model.id, 1);
    assert_eq!(model.limiters.turn(model.id, 99.0), Turn::Wait(1.0));
    assert_eq!(
        model.limiters.turn(model.id, 100.0),
        Turn::Go { who: 2, last: true }
    );
    assert_eq!(model.limiters.turn(model.id, 100.0), Turn::Idle);
}
