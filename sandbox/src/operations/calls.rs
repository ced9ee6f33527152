//! Calls: making one, and the recording of one.

use crate::auth::Scope;
use crate::http::{Answer, Refusal, Request};
use crate::recording;
use crate::things::{Call, Recording};
use crate::validate::{self, text};
use crate::world::World;
use serde_json::json;

/// `makeAiCall`
///
/// The contract knows no 404 here: an agent or contact that does not exist is a bad request.
pub(crate) fn make(
    world: &mut World,
    scope: &Scope,
    agent_id: &str,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let body = request.object()?;
    validate::check(&body, &validate::MAKE_AI_CALL)?;
    scope.covers(
        text(&body, "organization_id"),
        text(&body, "sub_account_id"),
    )?;
    let agent = world
        .agent(agent_id)
        .ok_or_else(|| Refusal::bad("agent_id: there is no such agent"))?;
    scope.owns(&agent.scope, "agent")?;
    agent.require_active()?;
    let contact = world
        .contact(text(&body, "contact_id"))
        .ok_or_else(|| Refusal::bad("contact_id: there is no such contact"))?;
    scope.owns(&contact.scope, "contact")?;
    if contact.phone.is_none() {
        return Err(Refusal::bad("contact_id: the contact has no phone number"));
    }
    let name = agent.name().to_owned();
    let recording = if agent.flag("recording") {
        Recording::Signed
    } else {
        Recording::None
    };
    let call = Call {
        agent_id: agent_id.to_owned(),
        contact_id: contact.id.clone(),
        scope: scope.clone(),
        started_ms: now_ms,
        recording,
        status: None,
        id: world.random.uuid(),
        sid: world.random.call_sid(),
    };
    world.happened.calls.push(call.id.clone());
    world.calls.push(call);
    Ok(Answer::json(
        200,
        &json!({ "status": "call_initiated", "call_type": "outbound", "agent_name": name }),
    ))
}

/// `getCallRecording`
pub(crate) fn get_recording(
    world: &World,
    scope: &Scope,
    id: &str,
    request: &Request,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let call = world.call(id).ok_or_else(|| Refusal::missing("Call"))?;
    scope.owns(&call.scope, "call")?;
    if !call.has_recording(now_ms) {
        return Err(Refusal::new(
            404,
            "Recording not found: this call has none yet",
        ));
    }
    let lifetime =
        (call.recording == Recording::Signed).then_some(world.settings.recording_expires_in_ms);
    let url = recording::url(
        &request.origin(),
        &call.id,
        lifetime.map(|lifetime| now_ms + lifetime),
        world.secret,
    );
    Ok(Answer::json(
        200,
        &json!({
            "call_id": call.id,
            "call_sid": call.sid,
            "recording_url": url,
            "expires_in_seconds": lifetime.map(|lifetime| lifetime / 1_000),
        }),
    ))
}
