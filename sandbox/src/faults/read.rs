//! Reads the descriptions of faults.

use super::fields::Fields;
use super::kind::{
    AnswerFault, BodyFault, DelayFault, DropFault, Fault, FaultKind, StallHeadersFault,
    TrickleFault, When,
};
use crate::http::Refusal;
use crate::operations::{OPERATIONS, Operation};
use serde_json::Value;

/// The fields of every fault.
const COMMON: [&str; 3] = ["operation", "times", "type"];
/// The fields that describe a response.
const ANSWER: [&str; 5] = ["status", "headers", "body", "repeat", "carryOut"];

pub(super) fn fault(input: &Value) -> Result<Fault, Refusal> {
    let fields = input
        .as_object()
        .map(Fields::new)
        .ok_or_else(|| Refusal::bad("a fault must be a JSON object"))?;
    Ok(Fault {
        operation: match fields.get("operation") {
            None | Some(Value::Null) => None,
            Some(id) => Some(operation(id)?),
        },
        times: match fields.get("times") {
            None => Some(1),
            Some(Value::Null) => None,
            Some(_) => Some(fields.count("times")?),
        },
        kind: kind(&fields)?,
    })
}

fn operation(id: &Value) -> Result<&'static str, Refusal> {
    let known = id.as_str().and_then(Operation::from_id);
    known.map(|operation| operation.id).ok_or_else(|| {
        let ids: Vec<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
        Refusal::bad(format!(
            "operation must be one of {}, not {id}",
            ids.join(", ")
        ))
    })
}

fn kind(fields: &Fields<'_>) -> Result<FaultKind, Refusal> {
    let name = fields.get("type").unwrap_or(&Value::Null);
    Ok(match name.as_str().unwrap_or_default() {
        "answer" => FaultKind::Answer(answer(fields, &[])?),
        "delay" => {
            fields.only(&[&COMMON, &["ms"]])?;
            FaultKind::Delay(DelayFault {
                ms: fields.amount("ms")?,
            })
        }
        "drop" => {
            fields.only(&[&COMMON, &["when"]])?;
            FaultKind::Drop(DropFault {
                when: when(fields)?,
            })
        }
        "stall_headers" => {
            fields.only(&[&COMMON, &["carryOut"]])?;
            FaultKind::StallHeaders(StallHeadersFault {
                carry_out: fields.flag("carryOut")?,
            })
        }
        "stall_body" => FaultKind::StallBody(body(fields)?),
        "cut_body" => FaultKind::CutBody(body(fields)?),
        "trickle" => FaultKind::Trickle(TrickleFault {
            answer: answer(fields, &["bytes", "everyMs"])?,
            bytes: fields.size("bytes")?,
            every_ms: fields.amount("everyMs")?,
        }),
        _ => {
            return Err(Refusal::bad(format!(
                "type must be one of answer, delay, drop, stall_headers, stall_body, cut_body, trickle, not {name}"
            )));
        }
    })
}

fn when(fields: &Fields<'_>) -> Result<When, Refusal> {
    match fields.get("when").and_then(Value::as_str) {
        Some("before") => Ok(When::Before),
        Some("after") => Ok(When::After),
        _ => Err(fields.invalid("when", "\"before\" or \"after\"")),
    }
}

fn body(fields: &Fields<'_>) -> Result<BodyFault, Refusal> {
    Ok(BodyFault {
        answer: answer(fields, &["afterBytes"])?,
        after_bytes: fields.size("afterBytes")?,
    })
}

/// The description of a response. `others` are the other fields of the type.
fn answer(fields: &Fields<'_>, others: &[&str]) -> Result<AnswerFault, Refusal> {
    fields.only(&[&COMMON, others, &ANSWER])?;
    Ok(AnswerFault {
        status: match fields.get("status") {
            None => None,
            Some(_) => Some(
                u16::try_from(fields.amount("status")?)
                    .ok()
                    .filter(|status| (200..=599).contains(status))
                    .ok_or_else(|| fields.invalid("status", "between 200 and 599"))?,
            ),
        },
        headers: match fields.get("headers") {
            None => None,
            Some(Value::Object(headers)) => Some(headers.clone()),
            Some(_) => return Err(fields.invalid("headers", "an object")),
        },
        body: fields.get("body").cloned(),
        repeat: match fields.get("repeat") {
            None => None,
            Some(_) => Some(fields.size("repeat")?),
        },
        carry_out: fields.flag("carryOut")?,
    })
}
