//! Outside of JavaScript: nothing to send with.

use std::task::{Context, Poll};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::client::answer::Answer;
use crate::client::prepare::Outgoing;
use crate::client::settings::Settings;

/// Milliseconds of a clock that never goes back. Nothing takes time here.
pub(crate) fn now() -> f64 {
    0.0
}

/// Milliseconds since 1970.
pub(crate) fn wall_clock() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}

/// From 0 (included) to 1.
pub(crate) fn random() -> f64 {
    0.0
}

/// A timer that never rings: nothing here takes long enough to need one.
pub(crate) struct Timer;

impl Timer {
    pub(crate) fn after(_milliseconds: f64, _ring: impl FnOnce() + 'static) -> Self {
        Self
    }
}

/// A request that fails at once.
pub(crate) struct Exchange(Answer);

impl Exchange {
    pub(crate) fn start(_settings: &Settings, _outgoing: &Outgoing) -> Self {
        Self(Answer {
            lost: Some("requests can only be sent from WebAssembly in a JavaScript runtime".into()),
            ..Answer::default()
        })
    }

    pub(crate) fn poll(&mut self, _context: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// The answer's status, 0 as long as the headers have not come.
    pub(crate) fn status(&self) -> u32 {
        0
    }

    pub(crate) fn end(self) -> Answer {
        self.0
    }
}
