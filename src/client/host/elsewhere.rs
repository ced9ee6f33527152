//! Outside of JavaScript: nothing to send with. [`UNABLE`] says so before anything begins; the rest
//! stands in for what then never happens.

use std::task::{Context, Poll};

use crate::call::Head;
use crate::client::answer::Answer;
use crate::client::prepare::Outgoing;
use crate::client::queue::Place;
use crate::client::settings::Settings;

/// Why nothing can be sent from here.
pub(crate) const UNABLE: Option<&str> =
    Some("requests can only be sent from WebAssembly in a JavaScript runtime");

pub(crate) fn now() -> f64 {
    0.0
}

pub(crate) fn wall_clock() -> f64 {
    0.0
}

/// The time that an HTTP date tells. Nothing here reads one.
pub(crate) fn time_of_date(_date: &str) -> Option<f64> {
    None
}

pub(crate) fn random() -> f64 {
    0.0
}

pub(crate) struct Timer;

impl Timer {
    pub(crate) fn after(_milliseconds: f64, _ring: impl FnOnce() + 'static) -> Self {
        Self
    }
}

pub(crate) struct Exchange;

impl Exchange {
    pub(crate) fn start(_settings: &Settings, _outgoing: &Outgoing, _place: Option<Place>) -> Self {
        Self
    }

    pub(crate) fn poll(&mut self, _context: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    pub(crate) fn head(&self) -> Head {
        Head::default()
    }

    pub(crate) fn end(self) -> Answer {
        Answer::default()
    }
}
