//! The handler, with requests as a client sends them and a clock that the tests control.

mod agents;
mod any_request;
mod calls;
mod contract;
mod control;
mod cors;
mod faults;
mod keys;
mod messages;
mod people;
mod rate;
mod recordings;
mod seed;
mod single_organization;
mod support;
mod time;
mod validation;
