//! The transfer of a response body as steps: bytes to send, pauses, and an end.

use crate::{Ending, Transfer};
use bytes::Bytes;
use std::collections::VecDeque;
use std::time::Duration;

/// One step of a transfer.
#[derive(Debug)]
pub(crate) enum Step {
    Send(Bytes),
    Wait(Duration),
    /// The connection is reset.
    Reset,
    /// The connection stays open and nothing more is sent.
    Stall,
}

/// The steps of a transfer, and the length that the response declares.
#[derive(Debug)]
pub(crate) struct Steps {
    pub(crate) steps: VecDeque<Step>,
    pub(crate) length: u64,
}

impl Steps {
    /// The steps that transfer a body.
    pub(crate) fn new(body: Vec<u8>, transfer: Transfer) -> Self {
        let mut bytes = Bytes::from(body);
        // An incomplete response declares at least one byte.
        let length = match transfer {
            Transfer::Part { .. } => bytes.len().max(1),
            _ => bytes.len(),
        };
        let mut steps = VecDeque::new();
        match transfer {
            Transfer::Whole | Transfer::Nothing(_) => steps.push_back(Step::Send(bytes)),
            Transfer::Part {
                bytes: sent,
                ending,
            } => {
                bytes.truncate(sent.min(length.saturating_sub(1)));
                steps.push_back(Step::Send(bytes));
                steps.push_back(match ending {
                    Ending::Reset => Step::Reset,
                    Ending::Stall => Step::Stall,
                });
            }
            Transfer::Trickle {
                bytes: piece,
                every_ms,
            } => {
                while !bytes.is_empty() {
                    let next = bytes.split_to(piece.clamp(1, bytes.len()));
                    steps.push_back(Step::Wait(Duration::from_millis(every_ms)));
                    steps.push_back(Step::Send(next));
                }
            }
        }
        steps.retain(|step| !matches!(step, Step::Send(bytes) if bytes.is_empty()));
        Self {
            steps,
            length: u64::try_from(length).unwrap_or(u64::MAX),
        }
    }
}
