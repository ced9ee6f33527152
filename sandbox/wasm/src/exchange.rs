//! What is decided about a request, and its answer, as JavaScript values.

use centerfy_sandbox::door::Directory;
use centerfy_sandbox::{Answer, Ending, Manner, Receipt, Request, routes};
use serde::{Serialize, Serializer};
use tsify::Tsify;

/// What happens to a request whose head has come in.
#[derive(Debug, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Decision {
    /// Names the request from now on.
    ticket: u32,
    /// Whether the connection is reset before the body is read.
    drops_unread: bool,
    /// How long to wait before the request is carried out.
    delay_ms: u64,
    /// The line that a server may log for it, without ids and keys; nothing at the control door.
    line: Option<String>,
    /// The operation that was asked for.
    operation: Option<&'static str>,
}

impl Decision {
    pub(crate) fn new(ticket: u32, request: &Request, receipt: &Receipt) -> Self {
        let line = format!("{} {}", request.method, routes::public_path(&request.path));
        Self {
            ticket,
            drops_unread: receipt.drops_unread(),
            delay_ms: receipt.delay_ms(),
            line: receipt.is_public().then_some(line),
            operation: receipt.operation().map(routes::Operation::id),
        }
    }
}

/// An answer, and how it is handed over.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    #[tsify(type = "Uint8Array<ArrayBuffer>")]
    #[serde(serialize_with = "bytes")]
    body: Vec<u8>,
    manner: Handover,
}

/// How an answer is handed over.
#[derive(Debug, Serialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Handover {
    /// Like any other.
    Whole,
    /// Not at all: the connection is reset.
    Reset,
    /// Not at all, and the connection stays open.
    Stall,
    /// So many bytes, and then the connection is reset.
    Cut { bytes: usize },
    /// So many bytes, and then nothing more.
    Stuck { bytes: usize },
    /// In pieces of that length, with a wait before each.
    Trickle { bytes: usize, every_ms: u64 },
}

impl Reply {
    pub(crate) fn new(answer: Answer, manner: Manner) -> Self {
        // These have no body that could be cut.
        let bodiless = matches!(answer.status, 204 | 304);
        Self {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            manner: match manner {
                Manner::Nothing(Ending::Reset) => Handover::Reset,
                Manner::Nothing(Ending::Stall) => Handover::Stall,
                _ if bodiless => Handover::Whole,
                Manner::Whole => Handover::Whole,
                Manner::Part {
                    bytes,
                    ending: Ending::Reset,
                } => Handover::Cut { bytes },
                Manner::Part {
                    bytes,
                    ending: Ending::Stall,
                } => Handover::Stuck { bytes },
                Manner::Trickle { bytes, every_ms } => Handover::Trickle { bytes, every_ms },
            },
        }
    }
}

fn bytes<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(body)
}

/// The keys of a world, and what they reach.
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
