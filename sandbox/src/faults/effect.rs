//! What a fault does to a request.

use super::canned::Canned;
use super::kind::{AnswerFault, FaultKind, When};
use crate::http::Refusal;

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

impl Effect {
    /// The effect of a fault, or why it cannot have one.
    pub(super) fn of(kind: &FaultKind) -> Result<Self, Refusal> {
        let plain = Self {
            delay_ms: 0,
            unread: false,
            carry_out: true,
            canned: None,
            manner: Manner::Whole,
        };
        Ok(match kind {
            FaultKind::Answer(answer) => Self {
                carry_out: answer.carry_out == Some(true),
                canned: Some(Canned::new(answer)?),
                ..plain
            },
            FaultKind::Delay(delay) => Self {
                delay_ms: delay.ms,
                ..plain
            },
            FaultKind::Drop(drop) => Self {
                unread: drop.when == When::Before,
                carry_out: drop.when == When::After,
                manner: Manner::Nothing(Ending::Reset),
                ..plain
            },
            FaultKind::StallHeaders(stall) => Self {
                carry_out: stall.carry_out != Some(false),
                manner: Manner::Nothing(Ending::Stall),
                ..plain
            },
            FaultKind::StallBody(body) => {
                plain.handing_over(&body.answer, part(body.after_bytes, Ending::Stall))?
            }
            FaultKind::CutBody(body) => {
                plain.handing_over(&body.answer, part(body.after_bytes, Ending::Reset))?
            }
            FaultKind::Trickle(trickle) => plain.handing_over(
                &trickle.answer,
                Manner::Trickle {
                    bytes: trickle.bytes.max(1),
                    every_ms: trickle.every_ms,
                },
            )?,
        })
    }

    /// In that manner, and the operation's own answer unless another one is described.
    fn handing_over(self, answer: &AnswerFault, manner: Manner) -> Result<Self, Refusal> {
        let AnswerFault {
            status,
            headers,
            body,
            repeat,
            carry_out,
        } = answer;
        let described = status.is_some() || headers.is_some() || body.is_some() || repeat.is_some();
        Ok(Self {
            carry_out: carry_out.unwrap_or(!described),
            canned: described.then(|| Canned::new(answer)).transpose()?,
            manner,
            ..self
        })
    }
}

fn part(bytes: usize, ending: Ending) -> Manner {
    Manner::Part { bytes, ending }
}
