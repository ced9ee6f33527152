//! One request in flight, through `fetch` or a transport.

use std::task::{Context, Poll};

use super::answer::Answer;
#[cfg(any(target_arch = "wasm32", test))]
use super::host;
use super::prepare::Outgoing;
use super::queue::Place;
use super::settings::Settings;
#[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
use super::wire;
use crate::call::Head;

/// A request and its response. Dropping it before its end aborts the request.
#[allow(
    clippy::large_enum_variant,
    reason = "a program has one of them, and a call one at a time"
)]
pub(super) enum Exchange {
    /// Through `fetch`, or the simulation of the crate's own tests.
    #[cfg(any(target_arch = "wasm32", test))]
    Host(host::Exchange),
    /// Through a transport.
    #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
    Wire(wire::Exchange),
    /// No transport can send it.
    #[cfg(not(any(target_arch = "wasm32", test)))]
    Nothing,
}

impl Exchange {
    pub(super) fn start(settings: &Settings, outgoing: &Outgoing, place: Option<Place>) -> Self {
        #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
        if let Some(transport) = &settings.transport {
            return Self::Wire(wire::Exchange::start(transport, settings, outgoing, place));
        }
        #[cfg(any(target_arch = "wasm32", test))]
        return Self::Host(host::Exchange::start(settings, outgoing, place));
        #[cfg(not(any(target_arch = "wasm32", test)))]
        return Self::Nothing;
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self {
            #[cfg(any(target_arch = "wasm32", test))]
            Self::Host(exchange) => exchange.poll(context),
            #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
            Self::Wire(exchange) => exchange.poll(context),
            #[cfg(not(any(target_arch = "wasm32", test)))]
            Self::Nothing => Poll::Ready(()),
        }
    }

    /// The facts from the response headers.
    pub(super) fn head(&self) -> Head {
        match self {
            #[cfg(any(target_arch = "wasm32", test))]
            Self::Host(exchange) => exchange.head(),
            #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
            Self::Wire(exchange) => exchange.head(),
            #[cfg(not(any(target_arch = "wasm32", test)))]
            Self::Nothing => Head::default(),
        }
    }

    /// What was received. The rest is not read.
    pub(super) fn end(self) -> Answer {
        match self {
            #[cfg(any(target_arch = "wasm32", test))]
            Self::Host(exchange) => exchange.end(),
            #[cfg(any(feature = "transport", not(target_arch = "wasm32")))]
            Self::Wire(exchange) => exchange.end(),
            #[cfg(not(any(target_arch = "wasm32", test)))]
            Self::Nothing => Answer::default(),
        }
    }
}
