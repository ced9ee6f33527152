//! A request whose head was received, and how the handler treats it.

use crate::auth::Scope;
use crate::cors::Area;
use crate::faults::{Effect, Transfer};
use crate::http::Response;
use crate::operations::Operation;

/// A request whose head was received, and how the handler treats it.
#[derive(Debug, Clone)]
pub struct PendingRequest {
    pub(crate) id: u64,
    pub(crate) area: Option<Area>,
    /// The organization's main key.
    pub(crate) organization: Option<String>,
    pub(crate) scope: Option<Scope>,
    /// The operation and its path parameter.
    pub(crate) operation: Option<(&'static Operation, String)>,
    /// The response of a request that is refused because of its head.
    pub(crate) refusal: Option<Response>,
    /// The effect of the fault that applies to the request.
    pub(crate) effect: Option<Effect>,
}

impl PendingRequest {
    /// The requested operation, if the method and the path name one.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation.as_ref().map(|(operation, _)| *operation)
    }

    /// Whether the request is for the API or a recording, and not for a control endpoint or the
    /// welcome page.
    pub fn is_public(&self) -> bool {
        !matches!(self.area, Some(Area::Control | Area::Welcome))
    }

    /// How long to wait before the operation is performed, in milliseconds.
    pub fn delay_ms(&self) -> u64 {
        self.effect.as_ref().map_or(0, |effect| effect.delay_ms)
    }

    /// Whether the connection is reset before the body is read.
    pub fn drops_unread(&self) -> bool {
        self.effect.as_ref().is_some_and(|effect| effect.unread)
    }

    /// How the response is transferred.
    pub fn transfer(&self) -> Transfer {
        self.effect
            .as_ref()
            .map_or(Transfer::Whole, |effect| effect.transfer)
    }
}

/// The result of [`Handler::handle`](crate::Handler::handle).
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The response.
    pub response: Response,
    /// How the response is transferred.
    pub transfer: Transfer,
    /// How long the response is delayed, in milliseconds.
    pub delay_ms: u64,
}
