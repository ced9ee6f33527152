//! Made-up contacts: as many as a test needs, determined by the seed.

use crate::support::{Organization, accepted, refused};
use centerfy_sandbox::{Handler, ListedContact, NewContacts, Request, Settings};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NOW_MS: u64 = 1_775_000_000_000;

fn people(count: usize, seed: u64) -> Vec<ListedContact> {
    let settings = Settings {
        contacts: Some(count.into()),
        ..Settings::default()
    };
    let mut handler = Handler::with_organization("cfy_mine", Some(seed), settings, NOW_MS);
    let inspector = handler.inspect("cfy_mine", NOW_MS);
    inspector.expect("the organization").contacts()
}

fn different<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    values.collect::<BTreeSet<_>>().len()
}

#[test]
fn the_seed_determines_them() {
    assert_eq!(people(200, 5), people(200, 5));
    assert_ne!(people(200, 5), people(200, 6));
    assert_eq!(people(0, 5), []);
}

#[test]
fn they_are_spread_over_time_zones_and_some_are_unreachable() {
    for seed in 0..20 {
        let people = people(1_000, seed);
        assert_eq!(people.len(), 1_000);
        for zone in people.iter().map(|person| &person.time_zone) {
            let there = people.iter().filter(|person| person.time_zone == *zone);
            assert_eq!(there.count(), 50, "{zone:?}");
        }
        let without_phone = people.iter().filter(|person| person.phone.is_none());
        assert!((58..=59).contains(&without_phone.count()));
        let without_email = people.iter().filter(|person| person.email.is_none());
        assert!((111..=112).contains(&without_email.count()));
        assert!(people.iter().all(|person| person.name.is_some()));
        assert_eq!(different(people.iter().map(|person| &person.id)), 1_000);
        let conversations = people.iter().map(|person| &person.conversation_id);
        assert_eq!(different(conversations), 1_000);
        let phones = people.iter().filter_map(|person| person.phone.as_ref());
        assert_eq!(different(phones.clone()), phones.count());
    }
}

#[test]
fn their_numbers_and_addresses_are_reserved_for_examples() {
    for person in people(5_000, 1) {
        if let Some(phone) = &person.phone {
            assert!(phone.starts_with("+1") && phone.len() == 12, "{phone}");
            assert_eq!(phone.get(5..9), Some("5550"), "{phone}");
            assert_eq!(phone.get(9..10), Some("1"), "{phone}");
        }
        let email = person.email.as_deref().unwrap_or("@example.com");
        assert!(email.ends_with("@example.com"), "{email}");
    }
}

#[test]
fn they_are_called_and_written_to() {
    let mut organization = Organization::with(&json!({ "contacts": 40 }));
    let contacts = organization.info["contacts"].clone();
    let contacts = contacts.as_array().expect("a list");
    assert_eq!(organization.info["calls"], json!([]));
    let agent = organization.agent(0);
    for (index, contact) in contacts.iter().enumerate() {
        let is_reachable = !contact["phone"].is_null();
        let message = organization.new_message(index);
        let sent = accepted(&organization.post("send-message", &message), 200);
        assert_eq!(sent["delivered"], json!(is_reachable));
        let call = organization.new_call(index);
        let made = organization.post(&format!("make-ai-call/{agent}"), &call);
        assert_eq!(made.status, if is_reachable { 200 } else { 400 });
    }
    let unreachable = contacts.iter().filter(|it| it["phone"].is_null()).count();
    assert!(unreachable > 0, "some have no phone number");
    let deliveries = organization.control("GET", "/deliveries", None).value();
    let deliveries = deliveries.as_array().map(Vec::len);
    assert_eq!(deliveries, Some(2 * contacts.len() - unreachable));
}

#[test]
fn there_can_be_a_hundred_thousand() {
    let mut organization = Organization::with(&json!({ "contacts": NewContacts::MOST }));
    let count = organization.info["contacts"].as_array().map(Vec::len);
    assert_eq!(count, Some(100_000));
    for contact in (0..100_000).step_by(50) {
        let message = organization.new_message(contact);
        accepted(&organization.post("send-message", &message), 200);
    }
}

#[test]
fn a_reset_restores_them() {
    let mut organization = Organization::with(&json!({ "contacts": 20 }));
    let reset = organization.control("POST", "/reset", None);
    assert_eq!(accepted(&reset, 200), organization.info);
}

#[test]
fn other_numbers_are_refused() {
    let mut organization = Organization::new();
    for wrong in [
        json!(-1),
        json!(1.5),
        json!(100_001),
        json!("10"),
        json!(true),
    ] {
        let body = json!({ "contacts": wrong });
        let request = Request::new("POST", "/_sandbox/organizations").with_json(&body);
        let response = organization.send(request);
        refused(&response, 400);
        assert_eq!(
            response.value()["message"],
            "contacts must be an integer between 0 and 100000 or a list of contacts"
        );
    }
}

#[test]
fn an_error_lists_some_of_them() {
    let mut organization = Organization::with(&json!({ "contacts": 1_000 }));
    let message = json!({ "contact_id": "none", "content": "Hi" });
    let response = organization.control("POST", "/messages", Some(&message));
    let text = response.value()["message"].as_str().map(str::to_owned);
    let text = text.expect("a message");
    assert!(text.contains(&organization.contact(0)), "{text}");
    assert!(text.len() < 600, "{text}");
}

#[test]
fn a_contact_of_a_list_has_its_time_zone() {
    let contacts = json!([{ "name": "Mia", "time_zone": "Europe/Berlin" }, {}]);
    let organization = Organization::with(&json!({ "contacts": contacts }));
    assert_eq!(
        organization.info["contacts"][0]["time_zone"],
        "Europe/Berlin"
    );
    assert_eq!(organization.info["contacts"][1]["time_zone"], Value::Null);
}
