//! Reads faults as tests describe them.

use super::canned;
use super::fault::{Effect, Ending, Fault, Manner};
use super::numbers::{amount, count, size};
use crate::http::Refusal;
use crate::routes::Operation;
use serde_json::{Map, Value};

pub(super) fn fault(given: &Value) -> Result<Fault, Refusal> {
    let given = given
        .as_object()
        .ok_or_else(|| Refusal::bad("a fault must be a JSON object"))?;
    let operation = match given.get("operation") {
        None | Some(Value::Null) => None,
        Some(id) => Some(
            id.as_str()
                .and_then(Operation::from_id)
                .ok_or_else(|| Refusal::bad("operation must be one of the eight operationIds"))?,
        ),
    };
    let times = match given.get("times") {
        None => Some(1),
        Some(Value::Null) => None,
        Some(_) => Some(count(given, "times")?),
    };
    Ok(Fault {
        operation,
        times,
        effect: effect(given)?,
        given: given.clone(),
    })
}

fn effect(given: &Map<String, Value>) -> Result<Effect, Refusal> {
    let kind = given
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let carry_out = match given.get("carry_out") {
        None => None,
        Some(Value::Bool(flag)) => Some(*flag),
        Some(_) => return Err(Refusal::bad("carry_out must be true or false")),
    };
    let replaced = ["status", "headers", "body", "repeat"]
        .iter()
        .any(|name| given.contains_key(*name));
    let canned = if kind == "answer" || replaced {
        Some(canned::read(given)?)
    } else {
        None
    };
    let mut effect = Effect {
        delay_ms: 0,
        unread: false,
        carry_out: carry_out.unwrap_or(canned.is_none()),
        canned,
        manner: Manner::Whole,
    };
    match kind {
        "answer" => {}
        "delay" => effect.delay_ms = amount(given, "ms")?,
        "drop" => {
            effect.manner = Manner::Nothing(Ending::Reset);
            effect.unread = match given.get("when").and_then(Value::as_str) {
                Some("before") => true,
                Some("after") => false,
                _ => return Err(Refusal::bad("when must be \"before\" or \"after\"")),
            };
            effect.carry_out = !effect.unread;
        }
        "stall_headers" => effect.manner = Manner::Nothing(Ending::Stall),
        "stall_body" | "cut_body" => {
            effect.manner = Manner::Part {
                bytes: size(given, "after_bytes")?,
                ending: if kind == "cut_body" {
                    Ending::Reset
                } else {
                    Ending::Stall
                },
            };
        }
        "trickle" => {
            effect.manner = Manner::Trickle {
                bytes: size(given, "bytes")?.max(1),
                every_ms: amount(given, "every_ms")?,
            };
        }
        _ => {
            return Err(Refusal::bad(
                "type must be one of answer, delay, drop, stall_headers, stall_body, cut_body, trickle",
            ));
        }
    }
    Ok(effect)
}
