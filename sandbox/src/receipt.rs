//! What is known and decided about a request once its head has been read.

use crate::auth::Scope;
use crate::cors::Part;
use crate::faults::{Effect, Manner};
use crate::http::Answer;
use crate::routes::Operation;

/// A request that has come in: what it is, and what shall happen to it.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub(crate) ticket: u64,
    pub(crate) part: Option<Part>,
    /// The world's main key.
    pub(crate) world: Option<String>,
    pub(crate) scope: Option<Scope>,
    /// The operation, and the id in the path.
    pub(crate) operation: Option<(Operation, String)>,
    /// Why it is not carried out, where that is clear from its head.
    pub(crate) refusal: Option<Answer>,
    /// The fault that it meets.
    pub(crate) effect: Option<Effect>,
}

impl Receipt {
    /// The operation that was asked for.
    pub fn operation(&self) -> Option<Operation> {
        self.operation.as_ref().map(|(operation, _)| *operation)
    }

    /// Whether this is the API itself or a recording, and not the control door or the welcome.
    pub fn is_public(&self) -> bool {
        !matches!(self.part, Some(Part::Control | Part::Welcome))
    }

    /// How long to wait before the request is carried out.
    pub fn delay_ms(&self) -> u64 {
        self.effect.as_ref().map_or(0, |effect| effect.delay_ms)
    }

    /// Whether the connection is reset before the body is read.
    pub fn drops_unread(&self) -> bool {
        self.effect.as_ref().is_some_and(|effect| effect.unread)
    }

    /// How the answer is handed over.
    pub fn manner(&self) -> Manner {
        self.effect
            .as_ref()
            .map_or(Manner::Whole, |effect| effect.manner)
    }
}

/// What [`Sandbox::handle`] gives: the answer, and how it is to be handed over.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// How it is handed over.
    pub manner: Manner,
    /// How long after the request.
    pub delay_ms: u64,
}
