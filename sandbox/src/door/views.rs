//! What a test sees of a world. The npm package's types are made from these.

use crate::http::Refusal;
use crate::things::{Agent, Call, Contact, Recording};
use crate::time::timestamp;
use crate::world::{DeliveredMessage, World};
use serde::Serialize;

/// What a world holds. The API has no lists, so this is the directory of its things.
#[derive(Debug, Clone, Serialize)]
pub struct Directory {
    /// The world's key.
    pub api_key: String,
    /// A key of another organization.
    pub other_key: String,
    /// The organization of the world's key.
    pub organization_id: String,
    /// The sub-account of the world's key.
    pub sub_account_id: String,
    /// The organization of the other key.
    pub other_organization_id: String,
    /// The sub-account of the other key.
    pub other_sub_account_id: String,
    /// Its agents, archived ones included.
    pub agents: Vec<ListedAgent>,
    /// Its contacts.
    pub contacts: Vec<ListedContact>,
    /// Its calls, the seeded ones first.
    pub calls: Vec<ListedCall>,
}

/// An agent in a directory.
#[derive(Debug, Clone, Serialize)]
pub struct ListedAgent {
    /// The agent's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it may call and write.
    pub is_active: bool,
    /// When it was archived, if it was.
    pub archived_at: Option<String>,
}

impl ListedAgent {
    pub(super) fn of(agent: &Agent) -> Self {
        Self {
            id: agent.id.clone(),
            name: agent.name().to_owned(),
            is_active: agent.is_active(),
            archived_at: agent.archived_ms.map(timestamp),
        }
    }
}

/// A contact of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ListedContact {
    /// The contact's id.
    pub id: String,
    /// The contact's name; one contact has none.
    pub name: Option<String>,
    /// The address for the channel `email`.
    pub email: Option<String>,
    /// The number for calls and for the channels `sms` and `whatsapp`.
    pub phone: Option<String>,
    /// The conversation with the contact.
    pub conversation_id: String,
}

impl ListedContact {
    pub(super) fn of(contact: &Contact) -> Self {
        Self {
            id: contact.id.clone(),
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            conversation_id: contact.conversation_id.clone(),
        }
    }
}

/// A call of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ListedCall {
    /// The call's id.
    pub call_id: String,
    /// The call's id at the telephone carrier. `getCallRecording` takes it too.
    pub call_sid: String,
    /// The agent that calls.
    pub agent_id: String,
    /// The contact that is called.
    pub contact_id: String,
    /// How far it has come: `call_initiated`, `in_progress` after three seconds, `completed` after
    /// ten.
    pub status: String,
    /// When it began, an ISO 8601 date and time.
    pub started_at: String,
    /// Whether its recording can be had by now.
    pub recording: bool,
    /// Whether the URL of its recording expires.
    pub expires: bool,
}

impl ListedCall {
    pub(super) fn of(call: &Call, now_ms: u64) -> Self {
        Self {
            call_id: call.id.clone(),
            call_sid: call.sid.clone(),
            agent_id: call.agent_id.clone(),
            contact_id: call.contact_id.clone(),
            status: call.status(now_ms).to_owned(),
            started_at: timestamp(call.started_ms),
            recording: call.has_recording(now_ms),
            expires: call.recording != Recording::Permanent,
        }
    }
}

/// What really happened since the sandbox was made or reset, whatever the client was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Deliveries {
    /// How many agents were created.
    pub agents_created: u64,
    /// The calls that were placed, oldest first.
    pub calls: Vec<DeliveredCall>,
    /// The messages that went out, oldest first.
    pub messages: Vec<DeliveredMessage>,
}

/// A call that was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DeliveredCall {
    /// The call's id.
    pub call_id: String,
    /// The call's id at the telephone carrier.
    pub call_sid: String,
    /// The agent that calls.
    pub agent_id: String,
    /// The contact that is called.
    pub contact_id: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Deliveries {
    pub(super) fn of(world: &World) -> Self {
        let calls = world
            .happened
            .calls
            .iter()
            .filter_map(|id| world.call(id))
            .map(|call| DeliveredCall {
                call_id: call.id.clone(),
                call_sid: call.sid.clone(),
                agent_id: call.agent_id.clone(),
                contact_id: call.contact_id.clone(),
                at_ms: call.started_ms,
            })
            .collect();
        Self {
            agents_created: world.happened.agents_created,
            calls,
            messages: world.happened.messages.clone(),
        }
    }
}

/// The contact of that id, or the refusal that lists those that there are.
pub(super) fn contact<'a>(world: &'a World, id: &str) -> Result<&'a Contact, Refusal> {
    world.contact(id).ok_or_else(|| {
        let ids: Vec<&str> = world.contacts.iter().map(|it| it.id.as_str()).collect();
        Refusal::new(
            404,
            format!(
                "there is no contact {id:?}; the contacts are {}",
                ids.join(", ")
            ),
        )
    })
}
