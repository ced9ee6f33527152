//! The stream of a contact's messages.

use std::collections::HashSet;

use crate::runner::conformance_test;
use centerfy::CenterfyError;
use futures_util::{StreamExt, TryStreamExt};
use serde_json::json;

use crate::world::World;

const MANY: usize = 25;

async fn with_many() -> (World, String) {
    let world = World::new().await;
    let contact = world.text("/contacts/0/id");
    for number in 0..MANY {
        world.receive(&contact, &format!("number {number}")).await;
    }
    (world, contact)
}

#[conformance_test]
async fn all_messages_come_once_the_newest_first() {
    let (world, contact) = with_many().await;
    let client = world.client();
    let stream = client.contact_messages(&contact).page_size(10);
    let all: Vec<_> = stream.try_collect().await.unwrap();
    let ids: HashSet<_> = all.iter().map(|message| &message.id).collect();
    assert_eq!(ids.len(), all.len());
    assert!(all.len() >= MANY);
    assert_eq!(all[0].content, format!("number {}", MANY - 1));
    let pages = all.len().div_ceil(10);
    assert_eq!(world.log().await.len(), pages);
}

#[conformance_test]
async fn none_is_lost_and_none_comes_twice_when_new_ones_arrive() {
    let (world, contact) = with_many().await;
    let client = world.client();
    let mut stream = client.contact_messages(&contact).page_size(4);
    let mut ids = HashSet::new();
    let mut contents = HashSet::new();
    let mut arrived = 0;
    while let Some(message) = stream.next().await {
        let message = message.unwrap();
        assert!(ids.insert(message.id.clone()), "{} came twice", message.id);
        contents.insert(message.content);
        // More than two pages' worth before the second page: then the first one comes again.
        if ids.len() == 2 {
            for number in 0..8 {
                world.receive(&contact, &format!("late {number}")).await;
                arrived += 1;
            }
        }
    }
    assert_eq!(arrived, 8);
    for number in 0..MANY {
        assert!(
            contents.contains(&format!("number {number}")),
            "{number} is lost"
        );
    }
}

#[conformance_test]
async fn it_asks_for_no_page_ahead() {
    let (world, contact) = with_many().await;
    let mut stream = world.client().contact_messages(&contact).page_size(5);
    for _ in 0..5 {
        assert!(stream.next().await.is_some_and(|message| message.is_ok()));
    }
    drop(stream);
    assert_eq!(world.log().await.len(), 1);
}

#[conformance_test]
async fn it_ends_after_an_error() {
    let (world, contact) = with_many().await;
    let client = world.client();
    let mut stream = client.contact_messages(&contact).page_size(5).boxed_local();
    assert!(stream.next().await.is_some_and(|message| message.is_ok()));
    world
        .fault(json!({ "type": "answer", "status": 403, "body": {} }))
        .await;
    let rest: Vec<_> = stream.by_ref().collect().await;
    assert_eq!(rest.len(), 5);
    assert!(matches!(rest[4], Err(CenterfyError::Permission(_))));
    assert!(stream.next().await.is_none());
}

#[conformance_test]
async fn a_page_size_out_of_range_is_refused() {
    let world = World::new().await;
    let mut stream = world.client().contact_messages("c").page_size(201);
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.field(), Some("limit"));
}
