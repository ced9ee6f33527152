//! Faults: what goes wrong, when a test asks for it.

mod canned;
mod fault;
mod numbers;
mod read;

use crate::http::Refusal;
use crate::routes::Operation;
use fault::Fault;
use serde_json::{Value, json};

pub(crate) use fault::Effect;
pub use fault::{Ending, Manner};

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
