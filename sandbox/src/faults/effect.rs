//! The effect of a fault on a request.

use super::canned::CannedResponse;
use super::kind::{AnswerFault, FaultKind, When};
use crate::http::Refusal;

/// What happens to the connection of an incomplete response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The connection is reset.
    Reset,
    /// The connection stays open and nothing more is sent.
    Stall,
}

/// How a response is transferred to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// Completely.
    Whole,
    /// Not at all.
    Nothing(Ending),
    /// The headers, with the length of the whole body, and the first bytes of the body.
    Part {
        /// The number of bytes that are sent. At least one byte of the body is always missing.
        bytes: usize,
        /// What happens after them.
        ending: Ending,
    },
    /// The headers, and the body in small pieces.
    Trickle {
        /// The length of a piece, in bytes.
        bytes: usize,
        /// The time before each piece, in milliseconds.
        every_ms: u64,
    },
}

impl Transfer {
    /// The transfer for a status. A response without a body cannot be incomplete.
    pub fn for_status(self, status: u16) -> Self {
        match (self, status) {
            (Self::Part { .. } | Self::Trickle { .. }, 204 | 304) => Self::Whole,
            _ => self,
        }
    }
}

/// The effect of a fault on one request.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) delay_ms: u64,
    /// Whether the connection is reset before the body is read.
    pub(crate) unread: bool,
    pub(crate) carry_out: bool,
    pub(crate) canned: Option<CannedResponse>,
    pub(crate) transfer: Transfer,
}

impl Effect {
    /// The effect of a fault, or a refusal if it cannot have one.
    pub(super) fn of(kind: &FaultKind) -> Result<Self, Refusal> {
        let plain = Self {
            delay_ms: 0,
            unread: false,
            carry_out: true,
            canned: None,
            transfer: Transfer::Whole,
        };
        Ok(match kind {
            FaultKind::Answer(answer) => Self {
                carry_out: answer.carry_out == Some(true),
                canned: Some(CannedResponse::new(answer)?),
                ..plain
            },
            FaultKind::Delay(delay) => Self {
                delay_ms: delay.ms,
                ..plain
            },
            FaultKind::Drop(drop) => Self {
                unread: drop.when == When::Before,
                carry_out: drop.when == When::After,
                transfer: Transfer::Nothing(Ending::Reset),
                ..plain
            },
            FaultKind::StallHeaders(stall) => Self {
                carry_out: stall.carry_out != Some(false),
                transfer: Transfer::Nothing(Ending::Stall),
                ..plain
            },
            FaultKind::StallBody(body) => {
                plain.transferring(&body.answer, part(body.after_bytes, Ending::Stall))?
            }
            FaultKind::CutBody(body) => {
                plain.transferring(&body.answer, part(body.after_bytes, Ending::Reset))?
            }
            FaultKind::Trickle(trickle) => plain.transferring(
                &trickle.answer,
                Transfer::Trickle {
                    bytes: trickle.bytes.max(1),
                    every_ms: trickle.every_ms,
                },
            )?,
        })
    }

    /// The effect with that transfer, of the operation's own response unless another one is described.
    fn transferring(self, answer: &AnswerFault, transfer: Transfer) -> Result<Self, Refusal> {
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
            canned: described.then(|| CannedResponse::new(answer)).transpose()?,
            transfer,
            ..self
        })
    }
}

fn part(bytes: usize, ending: Ending) -> Transfer {
    Transfer::Part { bytes, ending }
}
