//! A client, its calls and their streams go from thread to thread on every target.

use centerfy::types::Agent;
use centerfy::{
    ApiRequest, ApiResponse, CenterfyError, Client, ClientBuilder, Event, MessageStream,
    NextMessage, WithResponse,
};

use crate::runner::conformance_test;
use crate::world::World;

const fn shared<T: Send + Sync>() {}

const _: () = {
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<ApiRequest<Agent>>();
    shared::<WithResponse<Agent>>();
    shared::<ApiResponse<Agent>>();
    shared::<MessageStream>();
    shared::<NextMessage<'_>>();
    shared::<CenterfyError>();
    shared::<Event>();
};

/// As a web framework asks for it.
fn boxed<T>(future: impl Future<Output = T> + Send + 'static) -> impl Future<Output = T> + Send {
    future
}

#[conformance_test]
async fn a_handler_that_makes_calls_is_send() {
    let world = World::new().await;
    let (client, agent, contact) = (
        world.client(),
        world.text("/agents/0/id"),
        world.text("/contacts/0/id"),
    );
    let handler = boxed(async move {
        let agent = client.get_agent(&agent).await?;
        let mut messages = client.contact_messages(&contact);
        let mut count = 0;
        while let Some(message) = messages.next().await {
            message?;
            count += 1;
        }
        Ok::<_, CenterfyError>((agent.id, count))
    });
    let (id, _) = handler.await.unwrap();
    assert_eq!(id, world.text("/agents/0/id"));
}
