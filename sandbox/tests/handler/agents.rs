//! The four operations on agents.

use super::support::{World, accepted, refused, with};
use serde_json::json;

#[test]
fn a_created_agent_can_be_got() {
    let mut world = World::new();
    let asked = world.new_agent();
    let created = accepted(&world.post("create-agent", &asked), 201);
    for (name, value) in asked.as_object().expect("an object") {
        assert_eq!(&created[name], value, "{name}");
    }
    assert_eq!(created["created_at"], created["updated_at"]);
    let id = created["id"].as_str().expect("an id");
    assert_eq!(
        accepted(&world.get(&format!("get-agent/{id}")), 200),
        created
    );
    let deliveries = world.control("GET", "/deliveries", None).value();
    assert_eq!(deliveries["agents_created"], 1);
}

#[test]
fn unknown_fields_are_kept_and_the_servers_own_are_not_taken() {
    let mut world = World::new();
    let asked = with(
        &world.new_agent(),
        "pronunciations",
        json!([{ "word": "Hale" }]),
    );
    let asked = with(&with(&asked, "id", json!("mine")), "created_at", json!(1));
    let created = accepted(&world.post("create-agent", &asked), 201);
    assert_eq!(created["pronunciations"], json!([{ "word": "Hale" }]));
    assert_ne!(created["id"], "mine");
    assert!(created["created_at"].is_string());
}

#[test]
fn an_update_changes_what_it_names_and_nothing_else() {
    let mut world = World::new();
    let path = world.agent(0);
    let before = world.get(&format!("get-agent/{path}")).value();
    world.now_ms += 5_000;
    let patch = json!({ "temperature": 1, "voicemail_type": "hangup", "note": null });
    let after = accepted(&world.put(&format!("update-agent/{path}"), &patch), 200);
    let mut expected = with(&before, "temperature", json!(1));
    expected["voicemail_type"] = json!("hangup");
    expected["note"] = json!(null);
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, expected);
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    assert_eq!(world.get(&format!("get-agent/{path}")).value(), after);
}

#[test]
fn an_update_does_not_take_the_scope() {
    let mut world = World::new();
    let path = format!("update-agent/{}", world.agent(0));
    for field in ["organization_id", "sub_account_id"] {
        let same = world.text(&format!("/{field}")).to_owned();
        let message = refused(&world.put(&path, &json!({ field: same })), 400);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn to_archive_twice_is_to_archive_once() {
    let mut world = World::new();
    let id = world.agent(0);
    let body = json!({ "agent_id": id });
    let first = accepted(&world.post("archive-agent", &body), 200);
    assert_eq!(first["agent_id"], json!(id));
    world.now_ms += 60_000;
    assert_eq!(accepted(&world.post("archive-agent", &body), 200), first);

    let agent = accepted(&world.get(&format!("get-agent/{id}")), 200);
    assert_eq!(agent["archived_at"], first["archived_at"]);
    assert_eq!(agent["is_active"], false);
    let update = world.put(&format!("update-agent/{id}"), &json!({ "is_active": true }));
    assert!(refused(&update, 400).contains("archived"));
    let info = world.control("GET", "", None).value();
    assert_eq!(info["agents"][0]["archived_at"], first["archived_at"]);
    assert_eq!(info["agents"][0]["is_active"], false);
}

#[test]
fn what_does_not_exist_is_not_found() {
    let mut world = World::new();
    refused(&world.get("get-agent/nobody"), 404);
    refused(&world.get("get-agent/%2e%2e"), 404);
    refused(&world.put("update-agent/nobody", &json!({})), 404);
    refused(
        &world.post("archive-agent", &json!({ "agent_id": "nobody" })),
        404,
    );
}
