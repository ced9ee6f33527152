//! Faults: what goes wrong, when a test asks for it.

mod canned;
mod effect;
mod fields;
mod kind;
mod read;

use crate::http::Refusal;
use crate::routes::Operation;
use kind::Fault;
use serde_json::{Value, json};

pub(crate) use effect::Effect;
pub use effect::{Ending, Manner};
pub use kind::{
    AnswerFault, BodyFault, DelayFault, DropFault, FaultKind, StallHeadersFault, TrickleFault, When,
};

/// The faults of a world, in the order in which they were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    waiting: Vec<Waiting>,
}

/// A fault, and what it does.
#[derive(Debug, Clone)]
struct Waiting {
    fault: Fault,
    effect: Effect,
}

impl Faults {
    /// Adds one fault or an array of them; all or none.
    pub(crate) fn add(&mut self, given: &Value) -> Result<(), Refusal> {
        let faults: Vec<Waiting> = match given {
            Value::Array(items) => items.iter().map(waiting).collect::<Result<_, _>>()?,
            one => vec![waiting(one)?],
        };
        self.waiting.extend(faults);
        Ok(())
    }

    /// The first fault that is meant for an operation; it is one fewer afterwards.
    pub(crate) fn take(&mut self, operation: Operation) -> Option<Effect> {
        let place = self.waiting.iter().position(|Waiting { fault, .. }| {
            fault.operation.is_none_or(|wanted| wanted == operation) && fault.times != Some(0)
        })?;
        let Waiting { fault, effect } = self.waiting.get_mut(place)?;
        let effect = effect.clone();
        if let Some(times) = &mut fault.times {
            *times -= 1;
            if *times == 0 {
                self.waiting.remove(place);
            }
        }
        Some(effect)
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Those that still wait.
    pub(crate) fn to_json(&self) -> Value {
        let faults: Vec<&Fault> = self.waiting.iter().map(|waiting| &waiting.fault).collect();
        json!(faults)
    }
}

fn waiting(given: &Value) -> Result<Waiting, Refusal> {
    let fault = read::fault(given)?;
    let effect = Effect::of(&fault.kind)?;
    Ok(Waiting { fault, effect })
}
