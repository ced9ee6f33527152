//! The rate limiter against a model that keeps every time there was.

use centerfy::internal::limiter::{LONGEST_PAUSE, Limit, Limiters};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

#[derive(Clone, Debug)]
enum Step {
    /// Asks for a place. Where it is given, sends after so long, or gives it back.
    Take {
        limit: usize,
        sends_after: Option<f64>,
    },
    Pass(f64),
    /// Until just before, or just when, the limiter said to ask again.
    PassAsTold {
        early: bool,
    },
    Hold(f64),
}

fn step(limits: usize) -> impl Strategy<Value = Step> {
    let sends_after =
        prop_oneof![6 => Just(Some(0.0)), 1 => (0.0..50.0).prop_map(Some), 1 => Just(None)];
    prop_oneof![
        6 => (0..limits, sends_after).prop_map(|(limit, sends_after)| Step::Take { limit, sends_after }),
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

/// What is true, kept as simply as can be.
struct Model {
    limiters: Limiters,
    id: u32,
    now: f64,
    held_until: f64,
    sent: Vec<f64>,
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
            sent: Vec::new(),
            told: 0.0,
        }
    }

    fn in_window(&self, per_ms: f64) -> usize {
        let inside = |time: &&f64| self.now - **time < per_ms;
        self.sent.iter().filter(inside).count()
    }

    /// Asks for a place, and checks the answer.
    fn take(&mut self, limit: Limit) -> Result<bool, TestCaseError> {
        let wait = self.limiters.take(self.id, limit, self.now);
        let held = self.held_until - self.now;
        let full = self.in_window(limit.per_ms) as f64 >= limit.requests;
        if wait <= 0.0 {
            prop_assert!(held <= 0.0, "went during a pause");
            prop_assert!(!full, "went although the window is full");
            self.told = 0.0;
            return Ok(true);
        }
        // Just as long as it has to be: by the pause, or by the window.
        prop_assert!(full || held > 0.0, "told to wait for nothing");
        let nth = self.sent.len().checked_sub(limit.requests as usize);
        let free = nth.map_or(0.0, |nth| self.sent[nth] + limit.per_ms - self.now);
        let right = held.max(free);
        prop_assert!((wait - right).abs() < 1e-6, "{} instead of {}", wait, right);
        self.told = wait;
        Ok(false)
    }

    fn send(&mut self) {
        self.limiters.sent(self.id, self.now);
        self.sent.push(self.now);
    }

    fn go(&mut self, step: &Step, limits: &[Limit]) -> Result<(), TestCaseError> {
        match step {
            Step::Take { limit, sends_after } => {
                if self.take(limits[*limit])? {
                    match sends_after {
                        Some(ms) => {
                            self.now += ms;
                            self.send();
                        }
                        None => self.limiters.give_back(self.id),
                    }
                }
            }
            Step::Pass(ms) => self.now += ms,
            Step::PassAsTold { early } => {
                self.now += if *early { self.told * 0.99 } else { self.told }
            }
            Step::Hold(ms) => {
                self.held_until = self.held_until.max(self.now + ms);
                self.limiters.hold(self.id, *ms, self.now);
            }
        }
        Ok(())
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
        for step in &steps {
            model.go(step, &[limit])?;
        }
        // Any window at all, not only those that end with a request.
        for (i, from) in model.sent.iter().enumerate() {
            let inside = model.sent[i..].iter().filter(|time| **time - from < limit.per_ms).count();
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
        let first = Step::Take { limit: 0, sends_after: Some(0.0) };
        for step in std::iter::once(&first).chain(&steps) {
            model.go(step, &limits)?;
        }
    }

    #[test]
    fn who_asks_when_it_is_told_gets_through_at_the_earliest_time(limit in limit(), count in 1..60_u32) {
        let mut model = Model::new();
        for _ in 0..count {
            while !model.take(limit)? {
                // Sums of fractions: a wait of nothing would go on for ever.
                model.now += model.told.max(1e-6);
            }
            model.send();
        }
        // So many windows as it takes, and no more.
        let windows = ((f64::from(count) - 1.0) / limit.requests).floor();
        prop_assert!(model.now <= windows * limit.per_ms + 1e-3, "{} for {windows} windows", model.now);
    }

    #[test]
    fn places_that_are_promised_count(limit in limit(), promised in 1..10_u32) {
        let mut model = Model::new();
        let given = (0..promised).filter(|_| model.limiters.take(model.id, limit, 0.0) <= 0.0).count();
        prop_assert_eq!(given as f64, f64::from(promised).min(limit.requests));
        // Given back, they are free at once.
        for _ in 0..given {
            model.limiters.give_back(model.id);
        }
        prop_assert!(model.take(limit)?);
    }

    #[test]
    fn an_idle_limiter_is_closed_and_no_other(limit in limit(), sent in any::<bool>(), later in 0.0..2000.0) {
        let mut model = Model::new();
        if sent {
            prop_assert!(model.take(limit)?);
            model.send();
        }
        model.now = later;
        let busy = sent && later < limit.per_ms;
        prop_assert_eq!(model.limiters.close_idle(model.id, model.now), !busy);
    }

    #[test]
    fn a_clock_that_is_put_back_neither_blocks_nor_opens(
        limit in limit(),
        sent in 1..6_u32,
        hold in 0.0..3000.0,
        back in 0.0..1e9,
    ) {
        let start = 2e9;
        let mut model = Model::new();
        model.now = start;
        for _ in 0..sent {
            if model.take(limit)? {
                model.send();
            }
        }
        model.limiters.hold(model.id, hold, start);
        let before = model.limiters.take(model.id, limit, start);
        let after = model.limiters.take(model.id, limit, start - back);
        prop_assert!((before - after).abs() < 1e-3, "{} before, {} after", before, after);
    }
}

#[test]
fn a_pause_is_an_hour_at_most() {
    let mut model = Model::new();
    model.limiters.hold(model.id, 1e13, 0.0);
    assert_eq!(model.limiters.held(model.id, 0.0), LONGEST_PAUSE);
    let limit = Limit {
        requests: 1.0,
        per_ms: 1.0,
    };
    assert_eq!(model.limiters.take(model.id, limit, LONGEST_PAUSE), 0.0);
}
