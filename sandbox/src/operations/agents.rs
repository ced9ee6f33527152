//! The operations on agents.

use super::Invocation;
use crate::auth::Scope;
use crate::entities::Agent;
use crate::http::{Refusal, Response};
use crate::organization::Organization;
use crate::schema::{Field, Kind, Rule, Schema, Trigger};
use crate::time::timestamp;
use serde_json::json;

/// The fields that only the server writes. Requests that contain them are accepted without them.
const SERVER_OWNED: [&str; 4] = ["id", "created_at", "updated_at", "archived_at"];

const FIELDS: &[Field] = &[
    ("name", Kind::Text),
    ("voice_id", Kind::Text),
    ("max_duration", Kind::Number),
    ("temperature", Kind::Between(0.0, 1.0)),
    ("silence_timeout", Kind::Number),
    ("voice_activity_timeout", Kind::Number),
    ("llm_model", Kind::Text),
    ("language", Kind::Text),
    ("background_noise", Kind::Flag),
    ("background_type", Kind::Text),
    ("voicemail_detection", Kind::Flag),
    ("voicemail_type", Kind::OneOf(&["leave_message", "hangup"])),
    ("voicemail_message", Kind::Text),
    ("backcchanneling", Kind::Flag),
    ("is_active", Kind::Flag),
    ("organization_id", Kind::Text),
    ("sub_account_id", Kind::Text),
    ("webhook", Kind::Flag),
    ("webhook_url", Kind::Url),
    ("recording", Kind::Flag),
];

const RULES: &[Rule] = &[
    ("background_noise", Trigger::True, "background_type"),
    ("voicemail_detection", Trigger::True, "voicemail_type"),
    (
        "voicemail_type",
        Trigger::Is("leave_message"),
        "voicemail_message",
    ),
    ("webhook", Trigger::True, "webhook_url"),
];

pub(super) static CREATE: Schema = Schema {
    fields: FIELDS,
    required: &[
        "name",
        "voice_id",
        "max_duration",
        "temperature",
        "silence_timeout",
        "voice_activity_timeout",
        "llm_model",
        "language",
        "background_noise",
        "voicemail_detection",
        "backcchanneling",
        "is_active",
        "organization_id",
        "sub_account_id",
        "webhook",
        "recording",
    ],
    rules: RULES,
    read_only: &[],
};

/// Any subset of the fields. The conditional rules apply to the fields that are sent.
pub(super) static UPDATE: Schema = Schema {
    fields: FIELDS,
    required: &[],
    rules: RULES,
    read_only: &["organization_id", "sub_account_id"],
};

pub(super) static ARCHIVE: Schema = Schema {
    fields: &[("agent_id", Kind::Text)],
    required: &["agent_id"],
    rules: &[],
    read_only: &[],
};

/// The agent with that id, if it is within the scope.
pub(super) fn find<'a>(
    organization: &'a Organization,
    scope: &Scope,
    id: &str,
) -> Result<&'a Agent, Refusal> {
    let agent = organization
        .agent(id)
        .ok_or_else(|| Refusal::missing("Agent"))?;
    scope.owns(&agent.scope, "agent")?;
    Ok(agent)
}

fn find_mut<'a>(
    organization: &'a mut Organization,
    scope: &Scope,
    id: &str,
) -> Result<&'a mut Agent, Refusal> {
    let agent = organization
        .agent_mut(id)
        .ok_or_else(|| Refusal::missing("Agent"))?;
    scope.owns(&agent.scope, "agent")?;
    Ok(agent)
}

pub(super) fn get(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let agent = find(organization, call.scope, call.id)?;
    Ok(Response::json(200, &agent.to_json()))
}

pub(super) fn create(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    call.require_own_scope()?;
    let mut settings = call.body.clone();
    settings.retain(|name, _| !SERVER_OWNED.contains(&name.as_str()));
    let agent = Agent {
        id: organization.random.uuid(),
        scope: call.scope.clone(),
        settings,
        created_ms: call.now_ms,
        updated_ms: call.now_ms,
        archived_ms: None,
    };
    let created = agent.to_json();
    call.deliver(organization, &agent.id, &created);
    organization.agents.push(agent);
    Ok(Response::json(201, &created))
}

pub(super) fn update(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let agent = find_mut(organization, call.scope, call.id)?;
    if agent.archived_ms.is_some() {
        return Err(Refusal::bad(
            "agentId: an archived agent cannot be changed; restore it in the platform first",
        ));
    }
    for (name, value) in &call.body {
        if !SERVER_OWNED.contains(&name.as_str()) {
            agent.settings.insert(name.clone(), value.clone());
        }
    }
    agent.updated_ms = call.now_ms;
    Ok(Response::json(200, &agent.to_json()))
}

/// Archives an agent. For an agent that is archived already, the response is that of the first time.
pub(super) fn archive(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let agent = find_mut(organization, call.scope, call.text("agent_id"))?;
    let archived_ms = *agent.archived_ms.get_or_insert(call.now_ms);
    Ok(Response::json(
        200,
        &json!({ "agent_id": agent.id, "archived_at": timestamp(archived_ms) }),
    ))
}
