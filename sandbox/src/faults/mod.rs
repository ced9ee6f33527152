//! Faults: tests make requests fail.

mod canned;
mod effect;
mod fields;
mod kind;
mod read;

use crate::http::Refusal;
use crate::operations::Operation;
use kind::Fault;
use serde_json::{Value, json};

pub(crate) use effect::Effect;
pub use effect::{Ending, Transfer};
pub use kind::{
    AnswerFault, BodyFault, DelayFault, DropFault, FaultKind, StallHeadersFault, TrickleFault, When,
};

/// The pending faults of an organization, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    pending: Vec<Pending>,
}

/// A fault and its effect.
#[derive(Debug, Clone)]
struct Pending {
    fault: Fault,
    effect: Effect,
}

impl Faults {
    /// Adds a fault or an array of faults. If one of them is invalid, none is added.
    pub(crate) fn add(&mut self, input: &Value) -> Result<(), Refusal> {
        let faults: Vec<Pending> = match input {
            Value::Array(items) => items.iter().map(pending).collect::<Result<_, _>>()?,
            one => vec![pending(one)?],
        };
        self.pending.extend(faults);
        Ok(())
    }

    /// The effect of the first fault that applies to an operation. It counts as applied.
    pub(crate) fn take(&mut self, operation: &Operation) -> Option<Effect> {
        let index = self.pending.iter().position(|Pending { fault, .. }| {
            fault.operation.is_none_or(|id| id == operation.id) && fault.times != Some(0)
        })?;
        let Pending { fault, effect } = self.pending.get_mut(index)?;
        let effect = effect.clone();
        if let Some(times) = &mut fault.times {
            *times -= 1;
            if *times == 0 {
                self.pending.remove(index);
            }
        }
        Some(effect)
    }

    pub(crate) fn clear(&mut self) {
        self.pending.clear();
    }

    /// The pending faults as JSON.
    pub(crate) fn to_json(&self) -> Value {
        let faults: Vec<&Fault> = self.pending.iter().map(|pending| &pending.fault).collect();
        json!(faults)
    }
}

fn pending(input: &Value) -> Result<Pending, Refusal> {
    let fault = read::fault(input)?;
    let effect = Effect::of(&fault.kind)?;
    Ok(Pending { fault, effect })
}
