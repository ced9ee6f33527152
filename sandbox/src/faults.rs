//! Faults: what goes wrong, when a test asks for it.

use crate::http::{Answer, Refusal};
use crate::routes::Operation;
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

/// An answer that stands in for the real one.
#[derive(Debug, Clone)]
pub(crate) struct Canned {
    status: u16,
    /// A header without a value takes away the one that would be there.
    headers: Vec<(String, Option<String>)>,
    body: Vec<u8>,
    content_type: Option<&'static str>,
}

impl Canned {
    /// Puts itself in the place of an answer, whose other headers stay.
    pub(crate) fn replace(&self, answer: &mut Answer) {
        answer.status = self.status;
        answer.headers.retain(|(name, _)| name != "content-type");
        if let Some(content_type) = self.content_type {
            answer.set("content-type", content_type);
        }
        for (name, _) in &self.headers {
            answer.headers.retain(|(key, _)| key != name);
        }
        for (name, value) in &self.headers {
            if let Some(value) = value {
                answer.headers.push((name.clone(), value.clone()));
            }
        }
        answer.body.clone_from(&self.body);
    }
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
            Value::Array(items) => items.iter().map(parse).collect::<Result<_, _>>()?,
            one => vec![parse(one)?],
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

fn parse(given: &Value) -> Result<Fault, Refusal> {
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
        Some(canned(given)?)
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

fn canned(given: &Map<String, Value>) -> Result<Canned, Refusal> {
    let status = match given.get("status") {
        None => 200,
        Some(_) => u16::try_from(amount(given, "status")?)
            .ok()
            .filter(|status| (200..=599).contains(status))
            .ok_or_else(|| Refusal::bad("status must be between 200 and 599"))?,
    };
    let repeat = match given.get("repeat") {
        None => 1,
        Some(_) => size(given, "repeat")?,
    };
    let (body, content_type) = match given.get("body") {
        None => (Vec::new(), None),
        Some(Value::String(text)) if text.len().saturating_mul(repeat) > 64 << 20 => {
            return Err(Refusal::bad("repeat makes a body of more than 64 MiB"));
        }
        Some(Value::String(text)) => (text.repeat(repeat).into_bytes(), Some("text/html")),
        Some(value) => (value.to_string().into_bytes(), Some("application/json")),
    };
    Ok(Canned {
        status,
        headers: headers(given.get("headers"))?,
        // These two have no body, whatever a test asks for.
        body: if matches!(status, 204 | 304) {
            Vec::new()
        } else {
            body
        },
        content_type,
    })
}

fn headers(given: Option<&Value>) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    let given = given
        .as_object()
        .ok_or_else(|| Refusal::bad("headers must be an object"))?;
    let mut headers = Vec::new();
    for (name, value) in given {
        let name = name.to_ascii_lowercase();
        if matches!(
            name.as_str(),
            "content-length" | "transfer-encoding" | "connection"
        ) {
            return Err(Refusal::bad(format!(
                "headers: {name} is the server's own; use stall_body or cut_body"
            )));
        }
        match value {
            Value::Null => headers.push((name, None)),
            Value::String(text) => headers.push((name, Some(text.clone()))),
            Value::Number(number) => headers.push((name, Some(number.to_string()))),
            Value::Array(values) => headers.extend(
                values
                    .iter()
                    .map(|value| (name.clone(), value.as_str().map(str::to_owned))),
            ),
            _ => {
                return Err(Refusal::bad(format!(
                    "headers: {name} must be a string, a number, an array of strings, or null"
                )));
            }
        }
    }
    Ok(headers)
}

/// A whole number of 1 or more.
fn count(given: &Map<String, Value>, name: &str) -> Result<u64, Refusal> {
    amount(given, name)?
        .checked_sub(1)
        .map(|less| less + 1)
        .ok_or_else(|| Refusal::bad(format!("{name} must be 1 or more")))
}

/// A whole number of 0 or more.
fn amount(given: &Map<String, Value>, name: &str) -> Result<u64, Refusal> {
    given
        .get(name)
        .and_then(Value::as_u64)
        .ok_or_else(|| Refusal::bad(format!("{name} must be a whole number of 0 or more")))
}

fn size(given: &Map<String, Value>, name: &str) -> Result<usize, Refusal> {
    Ok(usize::try_from(amount(given, name)?).unwrap_or(usize::MAX))
}
