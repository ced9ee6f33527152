//! The TypeScript declarations of what a test gives and sees, as one text.

use crate::door::{DeliveredCall, Deliveries, ListedCall, ListedContact};
use crate::faults::{
    AnswerFault, BodyFault, DelayFault, DropFault, FaultKind, StallHeadersFault, TrickleFault, When,
};
use crate::{DeliveredMessage, LogEntry};
use tsify::Tsify;

const HEADER: &str = "// Made by `cargo xtask build` from the crate sandbox/. Do not edit.\n\n\
                      import type { Operation } from \"../types.js\";\n";

const ALL: [&str; 14] = [
    FaultKind::DECL,
    AnswerFault::DECL,
    DelayFault::DECL,
    DropFault::DECL,
    When::DECL,
    StallHeadersFault::DECL,
    BodyFault::DECL,
    TrickleFault::DECL,
    ListedContact::DECL,
    ListedCall::DECL,
    Deliveries::DECL,
    DeliveredCall::DECL,
    DeliveredMessage::DECL,
    LogEntry::DECL,
];

/// The declarations of `centerfy/sandbox`'s types.
#[must_use]
pub fn declarations() -> String {
    let mut text = String::from(HEADER);
    for declaration in ALL {
        text.push('\n');
        text.push_str(declaration);
        text.push('\n');
    }
    text
}
