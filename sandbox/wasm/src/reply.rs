//! Decisions and responses as JavaScript values.

use centerfy_sandbox::inspector::Directory;
use centerfy_sandbox::{Ending, PendingRequest, Request, Response, Transfer, routes};
use serde::{Serialize, Serializer};
use tsify::Tsify;

/// How a request is treated whose head was received.
#[derive(Debug, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Decision {
    /// The id of the request.
    id: u32,
    /// Whether the connection is reset before the body is read.
    drops_unread: bool,
    /// How long to wait before the operation is performed, in milliseconds.
    delay_ms: u64,
    /// The line that a server may log for the request, without ids and keys; `null` for a control
    /// endpoint.
    line: Option<String>,
    /// The requested operation.
    operation: Option<&'static str>,
}

impl Decision {
    pub(crate) fn new(id: u32, request: &Request, pending: &PendingRequest) -> Self {
        let line = format!("{} {}", request.method, routes::public_path(&request.path));
        Self {
            id,
            drops_unread: pending.drops_unread(),
            delay_ms: pending.delay_ms(),
            line: pending.is_public().then_some(line),
            operation: pending.operation().map(|operation| operation.id),
        }
    }
}

/// A response, and how it is transferred.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    #[tsify(type = "Uint8Array<ArrayBuffer>")]
    #[serde(serialize_with = "bytes")]
    body: Vec<u8>,
    transfer: ReplyTransfer,
}

/// How a response is transferred.
#[derive(Debug, Serialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum ReplyTransfer {
    /// Completely.
    Whole,
    /// Not at all: the connection is reset.
    Reset,
    /// Not at all: the connection stays open.
    Stall,
    /// The first bytes of the body, then the connection is reset.
    Cut { bytes: usize },
    /// The first bytes of the body, then nothing more.
    Stuck { bytes: usize },
    /// In pieces of that length, with a pause before each.
    Trickle { bytes: usize, every_ms: u64 },
}

impl Reply {
    pub(crate) fn new(response: Response, transfer: Transfer) -> Self {
        Self {
            transfer: transfer.for_status(response.status).into(),
            status: response.status,
            headers: response.headers,
            body: response.body,
        }
    }
}

impl From<Transfer> for ReplyTransfer {
    fn from(transfer: Transfer) -> Self {
        match transfer {
            Transfer::Whole => Self::Whole,
            Transfer::Nothing(Ending::Reset) => Self::Reset,
            Transfer::Nothing(Ending::Stall) => Self::Stall,
            Transfer::Part {
                bytes,
                ending: Ending::Reset,
            } => Self::Cut { bytes },
            Transfer::Part {
                bytes,
                ending: Ending::Stall,
            } => Self::Stuck { bytes },
            Transfer::Trickle { bytes, every_ms } => Self::Trickle { bytes, every_ms },
        }
    }
}

fn bytes<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(body)
}

/// The keys of an organization, and their scope.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scopes {
    api_key: String,
    organization_id: String,
    sub_account_id: String,
    other_key: String,
}

impl From<Directory> for Scopes {
    fn from(directory: Directory) -> Self {
        Self {
            api_key: directory.api_key,
            organization_id: directory.organization_id,
            sub_account_id: directory.sub_account_id,
            other_key: directory.other_key,
        }
    }
}
