#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::cell::Cell;
use std::collections::VecDeque;
use std::collections::vec_deque::IterMut;
use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use crate::client::host::simulated::{timers, timers_set};
use crate::client::{ApiRequest, Client, RateLimit};
use crate::types::Agent;

thread_local! {
    static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// A queue that counts how often its entries are visited.
pub(super) struct Counted<T>(VecDeque<T>);

impl<T> Default for Counted<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Counted<T> {
    fn look(&self, times: usize) {
        LOOKS.set(LOOKS.get() + times);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push_back(&mut self, one: T) {
        self.look(1);
        self.0.push_back(one);
    }

    pub(super) fn front(&self) -> Option<&T> {
        self.look(1);
        self.0.front()
    }

    pub(super) fn pop_front(&mut self) -> Option<T> {
        self.look(1);
        self.0.pop_front()
    }

    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.look(1);
        self.0.get_mut(at)
    }
}

impl<'a, T> IntoIterator for &'a mut Counted<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.look(self.0.len());
        self.0.iter_mut()
    }
}

/// The number of the call that leaves next.
type Order = fn(usize) -> usize;
type Calls = Vec<Option<ApiRequest<Agent>>>;

/// This many calls, of which one has its slot and all others wait.
fn waiting(key: &str, count: usize) -> Calls {
    let limit = RateLimit::new(1, Duration::from_secs(60));
    let client = Client::builder().api_key(key).rate_limit(limit);
    let client = client.timeout(None).build().unwrap();
    let mut calls: Calls = (0..count).map(|_| Some(client.get_agent("a"))).collect();
    let mut context = Context::from_waker(Waker::noop());
    for call in calls.iter_mut().flatten() {
        assert!(Pin::new(call).poll(&mut context).is_pending());
    }
    calls
}

#[test]
fn who_comes_and_who_leaves_looks_at_a_few_only_however_many_wait() {
    const COUNT: usize = 6_000;
    let orders: [(&str, Order); 4] = [
        ("the first first", |at| at),
        ("the last first", |at| COUNT - 1 - at),
        // 4,793 and 6,000 have no divisor in common.
        ("as it comes", |at| at * 4_793 % COUNT),
        ("every other", |at| {
            at * 2 % COUNT + usize::from(at * 2 >= COUNT)
        }),
    ];
    for (order, number) in orders {
        let (looks, set) = (LOOKS.get(), timers_set());
        let mut calls = waiting(&format!("cfy {order}").replace(' ', "_"), COUNT);
        for at in 0..COUNT {
            let left = calls.get_mut(number(at)).and_then(Option::take);
            assert!(left.is_some());
        }
        let (looks, set) = (LOOKS.get() - looks, timers_set() - set);
        assert!(looks < COUNT * 12, "{order}: {looks} looks");
        assert!(set < COUNT as u64 * 2, "{order}: {set} timers set");
        assert_eq!(timers(), 0);
    }
}
