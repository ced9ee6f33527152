//! The four operations on agents.

use super::support::{Organization, accepted, refused, with};
use serde_json::json;

#[test]
fn a_created_agent_can_be_read() {
    let mut organization = Organization::new();
    let input = organization.new_agent();
    let created = accepted(&organization.post("create-agent", &input), 201);
    for (name, value) in input.as_object().expect("an object") {
        assert_eq!(&created[name], value, "{name}");
    }
    assert_eq!(created["created_at"], created["updated_at"]);
    let id = created["id"].as_str().expect("an id");
    assert_eq!(
        accepted(&organization.get(&format!("get-agent/{id}")), 200),
        created
    );
    let [delivery] = &organization.deliveries("createAgent")[..] else {
        panic!("one delivery")
    };
    assert_eq!(delivery["id"], id);
    assert_eq!(delivery["request"], input);
}

#[test]
fn unknown_fields_are_kept_and_server_owned_ones_are_ignored() {
    let mut organization = Organization::new();
    let input = with(
        &organization.new_agent(),
        "pronunciations",
        json!([{ "word": "Hale" }]),
    );
    let input = with(&with(&input, "id", json!("mine")), "created_at", json!(1));
    let created = accepted(&organization.post("create-agent", &input), 201);
    assert_eq!(created["pronunciations"], json!([{ "word": "Hale" }]));
    assert_ne!(created["id"], "mine");
    assert!(created["created_at"].is_string());
}

#[test]
fn an_update_changes_what_it_names_and_nothing_else() {
    let mut organization = Organization::new();
    let path = organization.agent(0);
    let before = organization.get(&format!("get-agent/{path}")).value();
    organization.now_ms += 5_000;
    let patch = json!({ "temperature": 1, "voicemail_type": "hangup", "note": null });
    let after = accepted(
        &organization.put(&format!("update-agent/{path}"), &patch),
        200,
    );
    let mut expected = with(&before, "temperature", json!(1));
    expected["voicemail_type"] = json!("hangup");
    expected["note"] = json!(null);
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, expected);
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    assert_eq!(
        organization.get(&format!("get-agent/{path}")).value(),
        after
    );
}

#[test]
fn an_update_cannot_change_the_scope() {
    let mut organization = Organization::new();
    let path = format!("update-agent/{}", organization.agent(0));
    for field in ["organization_id", "sub_account_id"] {
        let same = organization.text(&format!("/{field}")).to_owned();
        let message = refused(&organization.put(&path, &json!({ field: same })), 400);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn archiving_is_idempotent() {
    let mut organization = Organization::new();
    let id = organization.agent(0);
    let body = json!({ "agent_id": id });
    let first = accepted(&organization.post("archive-agent", &body), 200);
    assert_eq!(first["agent_id"], json!(id));
    organization.now_ms += 60_000;
    assert_eq!(
        accepted(&organization.post("archive-agent", &body), 200),
        first
    );

    let agent = accepted(&organization.get(&format!("get-agent/{id}")), 200);
    assert_eq!(agent["archived_at"], first["archived_at"]);
    assert_eq!(agent["is_active"], false);
    let update = organization.put(&format!("update-agent/{id}"), &json!({ "is_active": true }));
    assert!(refused(&update, 400).contains("archived"));
    let info = organization.control("GET", "", None).value();
    assert_eq!(info["agents"][0]["archived_at"], first["archived_at"]);
    assert_eq!(info["agents"][0]["is_active"], false);
}

#[test]
fn unknown_agents_are_not_found() {
    let mut organization = Organization::new();
    refused(&organization.get("get-agent/nobody"), 404);
    refused(&organization.get("get-agent/%2e%2e"), 404);
    refused(&organization.put("update-agent/nobody", &json!({})), 404);
    refused(
        &organization.post("archive-agent", &json!({ "agent_id": "nobody" })),
        404,
    );
}
