//! Faults: what goes wrong, when a test asks for it.

mod canned;
mod read;

use crate::http::Refusal;
use crate::routes::Operation;
use canned::Canned;
use serde_json::{Map, Value, json};

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
struct Fault {
    operation: Option<Operation>,
    /// How often it still happens; `None` for always.
    times: Option<u64>,
    effect: Effect,
    /// As it was asked for.
    given: Map<String, Value>,
}

/// The faults of a world, in the order in which they were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    pending: Vec<Fault>,
}

impl Faults {
    /// Adds one fault or an array of them; all or none.
    pub(crate) fn add(&mut self, given: &Value) -> Result<(), Refusal> {
        let faults: Vec<Fault> = match given {
            Value::Array(items) => items.iter().map(read::fault).collect::<Result<_, _>>()?,
            one => vec![read::fault(one)?],
        };
        self.pending.extend(faults);
        Ok(())
    }

    /// The first fault that is meant for an operation; it is one fewer afterwards.
    pub(crate) fn take(&mut self, operation: Operation) -> Option<Effect> {
        let place = self.pending.iter().position(|fault| {
            fault.operation.is_none_or(|wanted| wanted == operation) && fault.times != Some(0)
        })?;
        let fault = self.pending.get_mut(place)?;
        let effect = fault.effect.clone();
        if let Some(times) = &mut fault.times {
            *times -= 1;
            if *times == 0 {
                self.pending.remove(place);
            }
        }
        Some(effect)
    }

    pub(crate) fn clear(&mut self) {
        self.pending.clear();
    }

    pub(crate) fn to_json(&self) -> Value {
        self.pending
            .iter()
            .map(|fault| {
                let mut shown = fault.given.clone();
                shown.insert("times".to_owned(), json!(fault.times));
                Value::Object(shown)
            })
            .collect()
    }
}
