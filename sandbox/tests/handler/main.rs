//! The pure handler, asked as a client would ask it, under a clock that the tests turn.

mod agents;
mod any_request;
mod calls;
mod contract;
mod control;
mod cors;
mod faults;
mod keys;
mod messages;
mod rate;
mod recordings;
mod seed;
mod single_organization;
mod support;
mod validation;
