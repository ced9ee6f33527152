//! The operations on calls.

use super::Invocation;
use crate::entities::{Call, Recording};
use crate::http::{Refusal, Response};
use crate::organization::Organization;
use crate::recording;
use serde_json::json;

/// Places a call. The contract lists no 404 for it, so an unknown agent or contact is a bad request.
pub(super) fn make(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    call.require_own_scope()?;
    let agent = organization
        .agent(call.id)
        .ok_or_else(|| Refusal::bad("agent_id: there is no such agent"))?;
    call.scope.owns(&agent.scope, "agent")?;
    agent.require_active()?;
    let contact = organization
        .contact(call.text("contact_id"))
        .ok_or_else(|| Refusal::bad("contact_id: there is no such contact"))?;
    call.scope.owns(&contact.scope, "contact")?;
    if contact.phone.is_none() {
        return Err(Refusal::bad("contact_id: the contact has no phone number"));
    }
    let recording = if agent.flag("recording") {
        Recording::Signed
    } else {
        Recording::None
    };
    let response = json!({
        "status": "call_initiated",
        "call_type": "outbound",
        "agent_name": agent.name(),
    });
    let placed = Call {
        agent_id: agent.id.clone(),
        contact_id: contact.id.clone(),
        scope: call.scope.clone(),
        started_ms: call.now_ms,
        recording,
        status: None,
        id: organization.random.uuid(),
        sid: organization.random.call_sid(),
    };
    call.deliver(organization, &placed.id, &response);
    organization.calls.push(placed);
    Ok(Response::json(200, &response))
}

pub(super) fn get_recording(
    organization: &mut Organization,
    call: &Invocation<'_>,
) -> Result<Response, Refusal> {
    let found = organization
        .call(call.id)
        .ok_or_else(|| Refusal::missing("Call"))?;
    call.scope.owns(&found.scope, "call")?;
    if !found.has_recording(call.now_ms) {
        return Err(Refusal::new(
            404,
            "Recording not found: the call has no recording yet",
        ));
    }
    let lifetime_ms = (found.recording == Recording::Signed)
        .then_some(organization.settings.recording_expires_in_ms);
    let url = recording::url(
        &call.request.origin(),
        &found.id,
        lifetime_ms.map(|lifetime_ms| call.now_ms + lifetime_ms),
        organization.secret,
    );
    Ok(Response::json(
        200,
        &json!({
            "call_id": found.id,
            "call_sid": found.sid,
            "recording_url": url,
            "expires_in_seconds": lifetime_ms.map(|lifetime_ms| lifetime_ms / 1_000),
        }),
    ))
}
