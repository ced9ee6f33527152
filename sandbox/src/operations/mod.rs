//! The operations: what each does to a world.

mod agents;
mod calls;
mod messages;

use crate::auth::Scope;
use crate::http::{Answer, Refusal, Request};
use crate::routes::Operation;
use crate::world::World;

/// An operation that a key's holder asks for.
pub(crate) struct Order<'a> {
    pub(crate) operation: Operation,
    /// The id in the path; empty where the path has none.
    pub(crate) id: &'a str,
    pub(crate) scope: &'a Scope,
    pub(crate) request: &'a Request,
}

/// Carries it out, or says why not; then nothing has changed.
pub(crate) fn carry_out(
    world: &mut World,
    order: &Order<'_>,
    now_ms: u64,
) -> Result<Answer, Refusal> {
    let Order {
        operation,
        id,
        scope,
        request,
    } = *order;
    match operation {
        Operation::GetAgent => agents::get(world, scope, id),
        Operation::CreateAgent => agents::create(world, scope, request, now_ms),
        Operation::UpdateAgent => agents::update(world, scope, id, request, now_ms),
        Operation::ArchiveAgent => agents::archive(world, scope, request, now_ms),
        Operation::MakeAiCall => calls::make(world, scope, id, request, now_ms),
        Operation::GetCallRecording => calls::get_recording(world, scope, id, request, now_ms),
        Operation::GetContactMessages => messages::get(world, scope, id, request),
        Operation::SendMessage => messages::send(world, scope, request, now_ms),
    }
}
