//! What a fault is, and what it does to a request.

use super::canned::Canned;
use crate::routes::Operation;
use serde_json::{Map, Value};

/// How a connection ends whose answer is cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It is reset.
    Reset,
    /// It stays open, and nothing comes any more.
    Stall,
}

/// How an answer has to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Like any other.
    Whole,
    /// Not at all: the connection ends in that way without a byte of it.
    Nothing(Ending),
    /// Its headers, with the full length, and so many bytes of its body.
    Part {
        /// How many bytes of the body are sent.
        bytes: usize,
        /// What happens after them.
        ending: Ending,
    },
    /// Its headers, and its body in small pieces.
    Trickle {
        /// The length of a piece.
        bytes: usize,
        /// The time between pieces.
        every_ms: u64,
    },
}

/// What a fault does to one request.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) delay_ms: u64,
    /// Whether the connection ends before the body is even read.
    pub(crate) unread: bool,
    pub(crate) carry_out: bool,
    pub(crate) canned: Option<Canned>,
    pub(crate) manner: Manner,
}

/// A fault that waits for its requests.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) operation: Option<Operation>,
    /// How often it still happens; `None` for always.
    pub(super) times: Option<u64>,
    pub(super) effect: Effect,
    /// As it was asked for.
    pub(super) given: Map<String, Value>,
}
