//! The rate limit of one API key.

use crate::http::Response;
use std::collections::VecDeque;

/// At most `requests` requests in any window of `per_ms` milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The number of requests, 1 or more.
    pub requests: usize,
    /// The length of the window, in milliseconds, 1 or more.
    pub per_ms: u64,
}

/// The requests of the last window, without those that were refused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Window {
    taken: VecDeque<u64>,
}

impl Window {
    /// Counts a request. The error is the time until the next one is allowed, in milliseconds.
    pub(crate) fn take(&mut self, limit: RateLimit, now_ms: u64) -> Result<(), u64> {
        // A clock can be set back, as tests do: no request was counted later than now.
        for taken in &mut self.taken {
            *taken = now_ms.min(*taken);
        }
        while let Some(&oldest) = self.taken.front() {
            if oldest.saturating_add(limit.per_ms) > now_ms {
                break;
            }
            self.taken.pop_front();
        }
        if self.taken.len() < limit.requests {
            self.taken.push_back(now_ms);
            return Ok(());
        }
        let oldest = self.taken.front().copied().unwrap_or(now_ms);
        Err(oldest.saturating_add(limit.per_ms).saturating_sub(now_ms))
    }
}

/// A 429. The wait is in seconds, rounded up, so that a request after it is allowed.
pub(crate) fn refusal(wait_ms: u64) -> Response {
    let seconds = wait_ms.div_ceil(1_000).max(1);
    let message = format!("Rate limit exceeded; try again in {seconds} s");
    let mut response = Response::error(429, &message);
    response.set("retry-after", seconds.to_string());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides() {
        let limit = RateLimit {
            requests: 2,
            per_ms: 1_000,
        };
        let mut window = Window::default();
        assert_eq!(window.take(limit, 0), Ok(()));
        assert_eq!(window.take(limit, 400), Ok(()));
        assert_eq!(window.take(limit, 999), Err(1));
        assert_eq!(window.take(limit, 1_000), Ok(()));
        assert_eq!(window.take(limit, 1_001), Err(399));
        assert_eq!(window.take(limit, 1_400), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_closes_it_for_one_window_at_most() {
        let limit = RateLimit {
            requests: 1,
            per_ms: 1_000,
        };
        let mut window = Window::default();
        assert_eq!(window.take(limit, 3_600_000), Ok(()));
        assert_eq!(window.take(limit, 5), Err(1_000));
        assert_eq!(window.take(limit, 1_005), Ok(()));
    }
}
