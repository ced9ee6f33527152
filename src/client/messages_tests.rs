use std::collections::VecDeque;

use proptest::prelude::*;

use super::Pager;
use crate::types::{Contact, ContactMessages, Message, MessageType, SenderType};

fn message(number: u64) -> Message {
    Message {
        id: format!("msg_{number}"),
        content: String::new(),
        sender_type: SenderType::CONTACT,
        message_type: MessageType::SMS,
        timestamp: String::new(),
        unlisted: Default::default(),
    }
}

/// A page of a conversation whose messages are numbered, the newest highest.
fn page(total: u64, offset: u64, limit: u64) -> ContactMessages {
    let numbers = (0..total).rev().skip(offset as usize).take(limit as usize);
    ContactMessages {
        contact_id: String::new(),
        contact: Contact::default(),
        conversation_id: String::new(),
        messages: numbers.map(message).collect(),
        total,
        limit,
        offset,
        unlisted: Default::default(),
    }
}

fn ids(messages: VecDeque<Message>) -> Vec<String> {
    messages.into_iter().map(|message| message.id).collect()
}

#[test]
fn it_ends_with_the_last_page() {
    let mut pager = Pager::default();
    assert_eq!(ids(pager.turn(page(3, 0, 2))), ["msg_2", "msg_1"]);
    assert_eq!((pager.offset, pager.over), (2, false));
    assert_eq!(ids(pager.turn(page(3, 2, 2))), ["msg_0"]);
    assert!(pager.over);
}

#[test]
fn it_ends_when_a_page_brings_nothing_new() {
    let mut pager = Pager::default();
    pager.turn(page(9, 0, 2));
    // A server that does not look at the offset.
    assert!(ids(pager.turn(page(9, 0, 2))).is_empty());
    assert!(pager.over);
}

#[test]
fn it_ends_with_an_empty_page_whatever_the_count_says() {
    let mut pager = Pager::default();
    pager.turn(ContactMessages {
        total: 100,
        ..page(0, 0, 50)
    });
    assert!(pager.over);
}

proptest! {
    /// New messages arrive before each page; the server caps the limit as it likes.
    #[test]
    fn no_message_comes_twice_and_none_is_lost(
        at_first in 0..60_u64,
        arrivals in prop::collection::vec(0..8_u64, 200),
        limits in prop::collection::vec(1..10_u64, 200),
    ) {
        let mut pager = Pager::default();
        let mut total = at_first;
        let mut got = Vec::new();
        for (arrived, limit) in arrivals.into_iter().zip(limits) {
            if pager.over {
                break;
            }
            got.extend(ids(pager.turn(page(total, pager.offset, limit))));
            // In the end it is quiet, so that the end can be reached.
            total += if total < 200 { arrived } else { 0 };
        }
        let mut unique = got.clone();
        unique.sort();
        unique.dedup();
        prop_assert_eq!(unique.len(), got.len());
        prop_assert!(pager.over);
        for number in 0..at_first {
            let id = format!("msg_{number}");
            prop_assert!(got.contains(&id), "{} is lost", id);
        }
    }
}
