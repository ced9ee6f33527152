//! What tests see of an organization. The types of the npm package are generated from these.

use crate::entities::{Agent, Call, Contact, Recording};
use crate::http::Refusal;
use crate::organization::Organization;
use crate::time::timestamp;
use serde::Serialize;

/// The keys and ids of an organization. The API itself has no endpoint that lists them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Directory {
    /// The main key of the organization.
    pub api_key: String,
    /// A key of another organization.
    pub other_key: String,
    /// The organization of the main key.
    pub organization_id: String,
    /// The sub-account of the main key.
    pub sub_account_id: String,
    /// The organization of the other key.
    pub other_organization_id: String,
    /// The sub-account of the other key.
    pub other_sub_account_id: String,
    /// All agents, archived ones included.
    pub agents: Vec<ListedAgent>,
    /// All contacts.
    pub contacts: Vec<ListedContact>,
    /// All calls, the seeded ones first.
    pub calls: Vec<ListedCall>,
}

/// An agent in a directory.
#[derive(Debug, Clone, Serialize)]
pub struct ListedAgent {
    /// The agent's id.
    pub id: String,
    /// The agent's name.
    pub name: String,
    /// Whether the agent can make calls and write messages.
    pub is_active: bool,
    /// The time at which it was archived, an ISO 8601 date and time; `null` if it was not.
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
    /// The contact's name. One contact has none.
    pub name: Option<String>,
    /// The address for the channel `email`.
    pub email: Option<String>,
    /// The number for calls and for the channels `sms` and `whatsapp`.
    pub phone: Option<String>,
    /// The time zone, such as `America/New_York`. The API itself does not return it.
    pub time_zone: Option<String>,
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
            time_zone: contact.time_zone.clone(),
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
    /// The call's id at the telephone carrier. `getCallRecording` accepts it too.
    pub call_sid: String,
    /// The agent that makes the call.
    pub agent_id: String,
    /// The contact that is called.
    pub contact_id: String,
    /// The status: `call_initiated`, `in_progress` after three seconds, `completed` after ten.
    pub status: String,
    /// The time at which the call was placed, an ISO 8601 date and time.
    pub started_at: String,
    /// Whether the recording is available now.
    pub recording: bool,
    /// Whether the URL of the recording expires.
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

/// How many ids an error message lists.
const MOST_LISTED: usize = 10;

/// The contact with that id, or a refusal that lists existing ones.
pub(super) fn contact<'a>(
    organization: &'a Organization,
    id: &str,
) -> Result<&'a Contact, Refusal> {
    organization.contact(id).ok_or_else(|| {
        let ids = organization.contacts.iter().map(|it| it.id.as_str());
        let ids: Vec<&str> = ids.take(MOST_LISTED).collect();
        let message = format!(
            "there is no contact {id:?}; the contacts include {}",
            ids.join(", ")
        );
        Refusal::new(404, message)
    })
}
