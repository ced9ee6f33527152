//! The seeded dental practice is complete, with some unusual entities.

use super::support::Organization;
use serde_json::Value;

#[test]
fn the_seed_has_one_of_each_unusual_entity() {
    let mut organization = Organization::new();
    let list = |name: &str| organization.info[name].as_array().expect("a list").clone();
    let (agents, contacts, calls) = (list("agents"), list("contacts"), list("calls"));
    assert_eq!((agents.len(), contacts.len(), calls.len()), (4, 6, 5));
    assert_eq!(
        agents
            .iter()
            .filter(|agent| agent["is_active"] == false)
            .count(),
        1
    );
    assert_eq!(
        calls.iter().filter(|call| call["expires"] == false).count(),
        1
    );
    assert_eq!(
        calls
            .iter()
            .filter(|call| call["recording"] == false)
            .count(),
        1
    );

    let mut voices = Vec::new();
    let mut strangers = 0;
    for place in 0..4 {
        let agent = organization
            .get(&format!("get-agent/{}", organization.agent(place)))
            .value();
        voices.push(agent["voice_id"].as_str().expect("a voice").to_owned());
        strangers += usize::from(agent.get("transfer_number").is_some());
    }
    voices.sort();
    voices.dedup();
    assert_eq!((voices.len(), strangers), (4, 1));

    let (mut totals, mut unlisted, mut kinds) = (Vec::new(), 0, Vec::new());
    for place in 0..6 {
        let path = format!(
            "get-contact-messages/{}?limit=200",
            organization.contact(place)
        );
        let page = organization.get(&path).value();
        totals.push(page["total"].as_u64().expect("a total"));
        if place == 5 {
            for field in ["name", "email", "phone"] {
                assert_eq!(page["contact"][field], Value::Null);
            }
        }
        for message in page["messages"].as_array().expect("messages") {
            let kind = message["message_type"].as_str().expect("a type").to_owned();
            let known = ["sms", "email", "whatsapp", "facebook", "instagram"];
            unlisted += usize::from(!known.contains(&kind.as_str()));
            kinds.push(kind);
            let content = message["content"].as_str().expect("content");
            assert!(!content.contains('{'), "{content}");
        }
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(totals, [120, 34, 18, 9, 5, 3]);
    assert_eq!((unlisted, kinds.len()), (1, 6));
}

#[test]
fn all_timestamps_are_in_the_past() {
    let mut organization = Organization::new();
    let page = organization
        .get(&format!(
            "get-contact-messages/{}?limit=200",
            organization.contact(0)
        ))
        .value();
    let messages = page["messages"].as_array().expect("messages");
    let newest = messages.first().expect("one")["timestamp"].as_str();
    let oldest = messages.last().expect("one")["timestamp"].as_str();
    // The time of these tests is 2026-03-31T23:33:20Z.
    assert!(newest < Some("2026-03-31T23:33:20.000Z"), "{newest:?}");
    assert!(newest > Some("2026-03-31T00:00:00.000Z"), "{newest:?}");
    assert!(oldest > Some("2026-02-15T00:00:00.000Z"), "{oldest:?}");
}

#[test]
fn the_same_seed_gives_the_same_organization() {
    assert_eq!(Organization::new().info, Organization::new().info);
}

#[test]
fn the_readme_names_existing_ids() {
    let readme = include_str!("../../README.md");
    let mut organization = Organization::new();
    let request = centerfy_sandbox::Request::new("GET", "/_sandbox/organizations/cfy_sandbox");
    let info = organization.send(request).value();
    for pointer in [
        "/organization_id",
        "/sub_account_id",
        "/other_key",
        "/agents/0/id",
        "/contacts/0/id",
    ] {
        let text = info.pointer(pointer).and_then(Value::as_str);
        assert!(text.is_some_and(|text| readme.contains(text)), "{pointer}");
    }
}
