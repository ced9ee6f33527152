//! The operations on agents.

use super::Invocation;
use crate::auth::Scope;
use crate::entities::Agent;
use crate::http::{Refusal, Response};
use crate::organization::Organization;
use crate::schema::required;
use crate::time::timestamp;
use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::Field;
use serde_json::json;

/// The fields that only the server writes. Requests that contain them are accepted without them.
const SERVER_OWNED: [&str; 4] = ["id", "created_at", "updated_at", "archived_at"];

/// The body of `archiveAgent`, whose one argument is an id.
pub(super) static ARCHIVE: [Field; 1] = [required("agent_id", Accepts::ID)];

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
