//! The rate limiter against a model that keeps the time of every request.

use centerfy::internal::limiter::{LONGEST_PAUSE, Limit, Limiter, Slot};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

#[derive(Clone, Debug)]
enum Step {
    /// Requests a slot with a lease.
    Take {
        limit: usize,
        lease: f64,
    },
    /// Releases a slot, possibly again.
    Answered(prop::sample::Index),
    GiveBack(prop::sample::Index),
    Pass(f64),
    /// Advances to just before, or exactly to, the time at which the limiter said to retry.
    PassAsTold {
        early: bool,
    },
    Hold(f64),
}

fn step(limits: usize) -> impl Strategy<Value = Step> {
    let lease = prop_oneof![3 => Just(1e9), 1 => 1.0..2000.0];
    prop_oneof![
        6 => (0..limits, lease).prop_map(|(limit, lease)| Step::Take { limit, lease }),
        5 => any::<prop::sample::Index>().prop_map(Step::Answered),
        1 => any::<prop::sample::Index>().prop_map(Step::GiveBack),
        3 => (0.0..400.0).prop_map(Step::Pass),
        3 => any::<bool>().prop_map(|early| Step::PassAsTold { early }),
        1 => (0.0..3000.0).prop_map(Step::Hold),
    ]
}

fn limit() -> impl Strategy<Value = Limit> {
    (1..6_u32, 1.0..1000.0).prop_map(|(requests, per_ms)| Limit { requests, per_ms })
}

/// A slot in the model.
#[derive(Clone, Copy, Debug)]
enum State {
    InFlight { until: f64 },
    Counts { since: f64 },
    Free,
}

/// The model.
struct Model {
    limiter: Limiter,
    now: f64,
    held_until: f64,
    slots: Vec<(Slot, State)>,
    told: f64,
}

impl Model {
    fn new() -> Self {
        Self {
            limiter: Limiter::default(),
            now: 0.0,
            held_until: 0.0,
            slots: Vec::new(),
            told: 0.0,
        }
    }

    /// The time from which each slot counts, the oldest first; the current time for those in flight.
    fn counted(&mut self) -> Vec<f64> {
        let now = self.now;
        for (_, state) in &mut self.slots {
            if let State::InFlight { until } = *state
                && until <= now
            {
                *state = State::Counts { since: until };
            }
        }
        let since = |(_, state): &(Slot, State)| match *state {
            State::InFlight { .. } => Some(now),
            State::Counts { since } => Some(since),
            State::Free => None,
        };
        let mut counted: Vec<f64> = self.slots.iter().filter_map(since).collect();
        counted.sort_by(f64::total_cmp);
        counted
    }

    /// Requests a slot, and checks the result.
    fn take(&mut self, limit: Limit, lease: f64) -> Result<bool, TestCaseError> {
        let counted = self.counted();
        let taken = self.limiter.take(limit, lease, self.now);
        let nth = counted.len().checked_sub(limit.requests as usize);
        let free = nth.map_or(0.0, |nth| limit.per_ms - (self.now - counted[nth]));
        let right = (self.held_until - self.now).max(free);
        match taken {
            Ok(slot) => {
                prop_assert!(right <= 0.0, "went {} ms too early", right);
                self.told = 0.0;
                let until = self.now + lease;
                self.slots.push((slot, State::InFlight { until }));
            }
            // Exactly as long as required by the pause or by the window.
            Err(wait) => {
                prop_assert!((wait - right).abs() < 1e-6, "{} instead of {}", wait, right);
                self.told = wait;
            }
        }
        Ok(taken.is_ok())
    }

    fn answered(&mut self, index: usize) {
        let Some((slot, state)) = self.slots.get_mut(index) else {
            return;
        };
        if let State::Free = state {
            return;
        }
        self.limiter.answered(*slot, self.now);
        *state = State::Counts { since: self.now };
    }

    fn give_back(&mut self, index: usize) {
        if let Some((slot, state)) = self.slots.get_mut(index) {
            self.limiter.give_back(*slot);
            *state = State::Free;
        }
    }

    fn go(&mut self, step: &Step, limits: &[Limit]) -> Result<(), TestCaseError> {
        let count = self.slots.len();
        match step {
            Step::Take { limit, lease } => {
                self.take(limits[*limit], *lease)?;
            }
            Step::Answered(index) if count > 0 => self.answered(index.index(count)),
            Step::GiveBack(index) if count > 0 => self.give_back(index.index(count)),
            Step::Answered(_) | Step::GiveBack(_) => {}
            Step::Pass(ms) => self.now += ms,
            Step::PassAsTold { early } => {
                self.now += if *early { self.told * 0.99 } else { self.told }
            }
            Step::Hold(ms) => {
                self.held_until = self.held_until.max(self.now + ms);
                self.limiter.hold(*ms, self.now);
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(crate::cases(500))]
    #[test]
    fn a_slot_is_granted_when_the_window_has_room_and_not_before(
        limit in limit(),
        steps in prop::collection::vec(step(1), 1..200),
    ) {
        let mut model = Model::new();
        for step in &steps {
            model.go(step, &[limit])?;
        }
    }

    #[test]
    fn no_window_of_the_api_is_too_full_whenever_the_requests_arrive(
        limit in limit(),
        turns in prop::collection::vec((0.0..2000.0, 0.0..1.0), 1..60),
    ) {
        // Each response takes this long, and its request arrives at some time before that.
        let mut model = Model::new();
        let mut answers: Vec<(f64, usize)> = Vec::new();
        let mut arrivals = Vec::new();
        for (latency, arrives) in turns {
            while !model.take(limit, 1e9)? {
                let next = model.now + model.told.max(1e-6);
                answers.sort_by(|a, b| a.0.total_cmp(&b.0));
                while answers.first().is_some_and(|(at, _)| *at <= next) {
                    let (at, index) = answers.remove(0);
                    model.now = at;
                    model.answered(index);
                }
                model.now = next;
            }
            arrivals.push(model.now + latency * arrives);
            answers.push((model.now + latency, model.slots.len() - 1));
        }
        arrivals.sort_by(f64::total_cmp);
        for window in arrivals.windows(limit.requests as usize + 1) {
            let span = window[window.len() - 1] - window[0];
            prop_assert!(span >= limit.per_ms - 1e-6, "{} in {} ms", window.len(), span);
        }
    }

    #[test]
    fn clients_with_other_limits_share_what_went(
        // As for a client, the window's length may differ, too; the longest is known from the start.
        mut limits in prop::collection::vec(limit(), 2..4),
        steps in prop::collection::vec(step(2), 1..150),
    ) {
        limits.sort_by(|a, b| b.per_ms.total_cmp(&a.per_ms));
        let mut model = Model::new();
        let first = Step::Take { limit: 0, lease: 1e9 };
        for step in std::iter::once(&first).chain(&steps) {
            model.go(step, &limits)?;
        }
    }

    #[test]
    fn a_retry_at_the_reported_time_gets_a_slot_at_the_earliest_time(limit in limit(), count in 1..60_u32) {
        let mut model = Model::new();
        for _ in 0..count {
            while !model.take(limit, 1e9)? {
                // Rounding of sums: a wait of 0 would loop forever.
                model.now += model.told.max(1e-6);
            }
            model.answered(model.slots.len() - 1);
        }
        // As many windows as necessary, and no more.
        let windows = ((f64::from(count) - 1.0) / f64::from(limit.requests)).floor();
        prop_assert!(model.now <= windows * limit.per_ms + 1e-3, "{} for {windows} windows", model.now);
    }

    #[test]
    fn slots_in_flight_count_until_they_are_released(limit in limit(), asked in 1..10_u32, later in 0.0..1e6) {
        let mut model = Model::new();
        let given = (0..asked).filter(|_| model.limiter.take(limit, 1e9, 0.0).is_ok()).count();
        prop_assert_eq!(given as f64, f64::from(asked).min(limit.requests.into()));
        if given == limit.requests as usize {
            prop_assert_eq!(model.limiter.take(limit, 1e9, later), Err(limit.per_ms));
        }
        let mut model = Model::new();
        for _ in 0..asked.min(limit.requests) {
            prop_assert!(model.take(limit, 1e9)?);
        }
        // Released, they are free at once.
        for index in 0..model.slots.len() {
            model.give_back(index);
        }
        prop_assert!(model.take(limit, 1e9)?);
    }

    #[test]
    fn an_unreleased_slot_counts_from_the_end_of_its_lease(limit in limit(), lease in 0.0..5000.0) {
        let mut limiter = Limiter::default();
        for _ in 0..limit.requests {
            prop_assert!(limiter.take(limit, lease, 0.0).is_ok());
        }
        let free = lease + limit.per_ms;
        let wait = limiter.take(limit, lease, free - 1e-3);
        prop_assert!(wait.is_err_and(|wait| (wait - 1e-3).abs() < 1e-6 || free - 1e-3 < lease), "{:?}", wait);
        prop_assert!(limiter.take(limit, lease, free + 1e-6).is_ok());
    }

    #[test]
    fn an_idle_limiter_behaves_like_a_new_one(limit in limit(), sent in any::<bool>(), later in 0.0..2000.0) {
        let mut model = Model::new();
        if sent {
            prop_assert!(model.take(limit, 1e9)?);
            model.now = 5.0;
            prop_assert!(!model.limiter.is_idle(5.0));
            model.answered(0);
        }
        model.now = 5.0 + later;
        let busy = sent && model.now - 5.0 < limit.per_ms;
        prop_assert_eq!(model.limiter.is_idle(model.now), !busy);
    }

    #[test]
    fn a_clock_that_is_put_back_neither_blocks_nor_opens(
        limit in limit(),
        sent in 1..6_u32,
        in_flight in 0..6_u32,
        hold in 0.0..3000.0,
        back in 0.0..1e9,
    ) {
        let start = 2e9;
        let mut model = Model::new();
        model.now = start;
        for _ in 0..sent {
            if model.take(limit, 1e9)? {
                model.answered(model.slots.len() - 1);
            }
        }
        for _ in 0..in_flight {
            model.take(limit, 1000.0)?;
        }
        model.limiter.hold(hold, start);
        let wait = |now| model.limiter.clone().take(limit, 1e9, now).err().unwrap_or(0.0);
        let before = wait(start);
        let after = wait(start - back);
        prop_assert!((before - after).abs() < 1e-3, "{} before, {} after", before, after);
    }
}

#[test]
fn a_pause_is_an_hour_at_most() {
    let mut model = Model::new();
    model.limiter.hold(1e13, 0.0);
    assert_eq!(model.limiter.held(0.0), LONGEST_PAUSE);
    let limit = Limit {
        requests: 1,
        per_ms: 1.0,
    };
    assert!(model.limiter.take(limit, 1.0, LONGEST_PAUSE).is_ok());
}

/// One step of `tests/support/windows.json`.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    at: f64,
    /// Requests, the window and the lease in milliseconds.
    take: Option<(u32, f64, f64)>,
    wait: Option<f64>,
    /// The number of a granted slot.
    answered: Option<usize>,
    give_back: Option<usize>,
    hold: Option<f64>,
}

#[test]
fn windows_equal_those_of_the_npm_package() {
    let text = include_str!("../support/windows.json");
    let cases: Vec<Vec<Told>> = serde_json::from_str(text).unwrap();
    assert!(cases.len() > 3);
    for (case, steps) in cases.into_iter().enumerate() {
        let mut limiter = Limiter::default();
        let mut slots = Vec::new();
        for step in steps {
            if let Some((requests, per_ms, lease)) = step.take {
                let taken = limiter.take(Limit { requests, per_ms }, lease, step.at);
                let wait = taken.err().unwrap_or(0.0);
                assert_eq!(Some(wait), step.wait, "case {case} at {}", step.at);
                slots.extend(taken);
            }
            if let Some(number) = step.answered {
                limiter.answered(slots[number], step.at);
            }
            if let Some(number) = step.give_back {
                limiter.give_back(slots[number]);
            }
            if let Some(wait) = step.hold {
                limiter.hold(wait, step.at);
            }
        }
    }
}
