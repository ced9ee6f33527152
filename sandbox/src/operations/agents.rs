//! The four operations on agents.

use crate::auth::Scope;
use crate::http::{Answer, Refusal, Request};
use crate::things::Agent;
use crate::time::timestamp;
use crate::validate::{self, text};
use crate::world::World;
use serde_json::json;

/// The fields that the server alone writes; in a request they are ignored.
const OWNED: [&str; 4] = ["id", "created_at", "updated_at", "archived_at"];

/// The agent of that id, as far as the key reaches.
pub(crate) fn find<'a>(world: &'a World, scope: &Scope, id: &str) -> Result<&'a Agent, Refusal> {
    let agent = world.agent(id).ok_or_else(|| Refusal::missing("Agent"))?;
    scope.owns(&agent.scope, "agent")?;
    Ok(agent)
}

/// `getAgent`
pub(crate) fn get(world: &World, scope: &Scope, id: &str) -> Result<Answer, Refusal> {
    Ok(Answer::json(200, &find(world, scope, id)?.to_json()))
}

/// `createAgent`
pub(crate) fn create(
    world: &mut World,
    scope: &Scope,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let mut settings = request.object()?;
    validate::check(&settings, &validate::CREATE_AGENT)?;
    scope.covers(
        text(&settings, "organization_id"),
        text(&settings, "sub_account_id"),
    )?;
    settings.retain(|name, _| !OWNED.contains(&name.as_str()));
    let agent = Agent {
        id: world.random.uuid(),
        scope: scope.clone(),
        settings,
        created_ms: now_ms,
        updated_ms: now_ms,
        archived_ms: None,
    };
    let answer = Answer::json(201, &agent.to_json());
    world.agents.push(agent);
    world.happened.agents_created += 1;
    Ok(answer)
}

/// `updateAgent`
pub(crate) fn update(
    world: &mut World,
    scope: &Scope,
    id: &str,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let patch = request.object()?;
    if let Some(name) = validate::FIXED
        .iter()
        .find(|name| patch.contains_key(**name))
    {
        return Err(Refusal::bad(format!("{name} cannot be changed")));
    }
    validate::check(&patch, &validate::UPDATE_AGENT)?;
    if find(world, scope, id)?.archived_ms.is_some() {
        return Err(Refusal::bad(
            "agentId: an archived agent cannot be changed; it can be restored in the platform",
        ));
    }
    let agent = world
        .agent_mut(id)
        .ok_or_else(|| Refusal::missing("Agent"))?;
    for (name, value) in patch {
        if !OWNED.contains(&name.as_str()) {
            agent.settings.insert(name, value);
        }
    }
    agent.updated_ms = now_ms;
    Ok(Answer::json(200, &agent.to_json()))
}

/// `archiveAgent`: the second time it answers what it answered the first time.
pub(crate) fn archive(
    world: &mut World,
    scope: &Scope,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let body = request.object()?;
    validate::check(&body, &validate::ARCHIVE_AGENT)?;
    let id = text(&body, "agent_id");
    find(world, scope, id)?;
    let agent = world
        .agent_mut(id)
        .ok_or_else(|| Refusal::missing("Agent"))?;
    let archived_ms = *agent.archived_ms.get_or_insert(now_ms);
    Ok(Answer::json(
        200,
        &json!({ "agent_id": id, "archived_at": timestamp(archived_ms) }),
    ))
}
