//! Reads faults as tests describe them.

use super::fields::Fields;
use super::kind::{
    AnswerFault, BodyFault, DelayFault, DropFault, Fault, FaultKind, StallHeadersFault,
    TrickleFault, When,
};
use crate::http::Refusal;
use crate::routes::{ENDPOINTS, Operation};
use serde_json::Value;

/// The fields that every fault may have.
const COMMON: [&str; 3] = ["operation", "times", "type"];
/// Those that describe an answer.
const ANSWER: [&str; 5] = ["status", "headers", "body", "repeat", "carryOut"];

pub(super) fn fault(given: &Value) -> Result<Fault, Refusal> {
    let given = given
        .as_object()
        .map(Fields::new)
        .ok_or_else(|| Refusal::bad("a fault must be a JSON object"))?;
    Ok(Fault {
        operation: match given.get("operation") {
            None | Some(Value::Null) => None,
            Some(id) => Some(operation(id)?),
        },
        times: match given.get("times") {
            None => Some(1),
            Some(Value::Null) => None,
            Some(_) => Some(given.count("times")?),
        },
        kind: kind(&given)?,
    })
}

fn operation(id: &Value) -> Result<Operation, Refusal> {
    let known = id.as_str().and_then(Operation::from_id);
    known.ok_or_else(|| {
        let names = ENDPOINTS.map(|endpoint| endpoint.id).join(", ");
        Refusal::bad(format!("operation must be one of {names}, not {id}"))
    })
}

fn kind(given: &Fields<'_>) -> Result<FaultKind, Refusal> {
    let name = given.get("type").unwrap_or(&Value::Null);
    Ok(match name.as_str().unwrap_or_default() {
        "answer" => FaultKind::Answer(answer(given, &[])?),
        "delay" => {
            given.only(&[&COMMON, &["ms"]])?;
            FaultKind::Delay(DelayFault {
                ms: given.amount("ms")?,
            })
        }
        "drop" => {
            given.only(&[&COMMON, &["when"]])?;
            FaultKind::Drop(DropFault { when: when(given)? })
        }
        "stall_headers" => {
            given.only(&[&COMMON, &["carryOut"]])?;
            FaultKind::StallHeaders(StallHeadersFault {
                carry_out: given.flag("carryOut")?,
            })
        }
        "stall_body" => FaultKind::StallBody(body(given)?),
        "cut_body" => FaultKind::CutBody(body(given)?),
        "trickle" => FaultKind::Trickle(TrickleFault {
            answer: answer(given, &["bytes", "everyMs"])?,
            bytes: given.size("bytes")?,
            every_ms: given.amount("everyMs")?,
        }),
        _ => {
            return Err(Refusal::bad(format!(
                "type must be one of answer, delay, drop, stall_headers, stall_body, cut_body, trickle, not {name}"
            )));
        }
    })
}

fn when(given: &Fields<'_>) -> Result<When, Refusal> {
    match given.get("when").and_then(Value::as_str) {
        Some("before") => Ok(When::Before),
        Some("after") => Ok(When::After),
        _ => Err(given.wrong("when", "\"before\" or \"after\"")),
    }
}

fn body(given: &Fields<'_>) -> Result<BodyFault, Refusal> {
    Ok(BodyFault {
        answer: answer(given, &["afterBytes"])?,
        after_bytes: given.size("afterBytes")?,
    })
}

/// The description of an answer; `beside` are the kind's other fields.
fn answer(given: &Fields<'_>, beside: &[&str]) -> Result<AnswerFault, Refusal> {
    given.only(&[&COMMON, beside, &ANSWER])?;
    Ok(AnswerFault {
        status: match given.get("status") {
            None => None,
            Some(_) => Some(
                u16::try_from(given.amount("status")?)
                    .ok()
                    .filter(|status| (200..=599).contains(status))
                    .ok_or_else(|| given.wrong("status", "between 200 and 599"))?,
            ),
        },
        headers: match given.get("headers") {
            None => None,
            Some(Value::Object(headers)) => Some(headers.clone()),
            Some(_) => return Err(given.wrong("headers", "an object")),
        },
        body: given.get("body").cloned(),
        repeat: match given.get("repeat") {
            None => None,
            Some(_) => Some(given.size("repeat")?),
        },
        carry_out: given.flag("carryOut")?,
    })
}
