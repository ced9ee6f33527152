//! Reading conversations and sending messages.

use super::support::{Organization, accepted, refused, with};
use serde_json::{Value, json};

fn page(organization: &mut Organization, contact: usize, query: &str) -> Value {
    let path = format!(
        "get-contact-messages/{}{query}",
        organization.contact(contact)
    );
    accepted(&organization.get(&path), 200)
}

fn ids(page: &Value) -> Vec<String> {
    let messages = page["messages"].as_array().expect("messages");
    messages
        .iter()
        .map(|message| message["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn pages_together_are_the_conversation_newest_first() {
    let mut organization = Organization::new();
    let all = page(&mut organization, 0, "?limit=200");
    assert_eq!(all["total"], 120);
    assert_eq!(ids(&all).len(), 120);
    let times: Vec<_> = all["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|message| message["timestamp"].as_str().expect("a time").to_owned())
        .collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));

    let mut pieces = Vec::new();
    for offset in (0..140).step_by(35) {
        let piece = page(&mut organization, 0, &format!("?limit=35&offset={offset}"));
        assert_eq!(piece["offset"], offset);
        assert_eq!(piece["limit"], 35);
        pieces.extend(ids(&piece));
    }
    assert_eq!(pieces, ids(&all));
}

#[test]
fn limit_and_offset_have_bounds() {
    let mut organization = Organization::new();
    let first = page(&mut organization, 0, "");
    assert_eq!((&first["limit"], &first["offset"]), (&json!(50), &json!(0)));
    assert_eq!(ids(&first).len(), 50);
    // A larger limit counts as the largest one, and the response says so.
    assert_eq!(page(&mut organization, 0, "?limit=201")["limit"], 200);
    assert_eq!(
        page(&mut organization, 0, "?limit=99999999999999999999999")["limit"],
        200
    );
    assert_eq!(
        ids(&page(&mut organization, 0, "?offset=120")),
        Vec::<String>::new()
    );
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=2.5", "limit"),
        ("limit=", "limit"),
        ("limit=ten", "limit"),
        ("offset=-1", "offset"),
        ("offset=x", "offset"),
    ] {
        let path = format!("get-contact-messages/{}?{query}", organization.contact(0));
        let message = refused(&organization.get(&path), 400);
        assert!(message.starts_with(field), "{query}: {message}");
    }
    refused(&organization.get("get-contact-messages/nobody"), 404);
}

#[test]
fn an_organization_can_have_smaller_pages() {
    let mut organization = Organization::with(&json!({ "largest_page": 20 }));
    for query in ["", "?limit=200"] {
        let page = page(&mut organization, 0, query);
        assert_eq!((&page["limit"], ids(&page).len()), (&json!(20), 20));
    }
    assert_eq!(page(&mut organization, 0, "?limit=7")["limit"], 7);
}

#[test]
fn a_sent_message_appears_at_the_top() {
    let mut organization = Organization::new();
    let input = with(
        &organization.new_message(0),
        "tag",
        json!("unknown fields pass"),
    );
    let sent = accepted(&organization.post("send-message", &input), 200);
    assert_eq!(sent["content"], input["content"]);
    assert_eq!(sent["ai"], false);
    assert_eq!(sent["channel"], "sms");
    assert_eq!(sent["delivered"], true);
    let top = page(&mut organization, 0, "?limit=1");
    assert_eq!(top["total"], 121);
    assert_eq!(
        top["messages"][0],
        json!({
            "id": sent["message_id"],
            "content": sent["content"],
            "sender_type": sent["sender_type"],
            "message_type": "sms",
            "timestamp": sent["timestamp"],
        })
    );
    let deliveries = organization.deliveries("sendMessage");
    assert_eq!(deliveries[0]["id"], sent["message_id"]);
    assert_eq!(deliveries[0]["response"], sent);
    assert_eq!(
        deliveries[0]["request"]["conversation_id"],
        input["conversation_id"]
    );
}

#[test]
fn the_ai_writes_its_own_text() {
    let mut organization = Organization::new();
    let mut input = organization.new_message(0);
    input["ai"] = json!(true);
    input["content"] = json!("Offer her an appointment tomorrow");
    input["agent_id"] = json!(organization.agent(0));
    let sent = accepted(&organization.post("send-message", &input), 200);
    let content = sent["content"].as_str().expect("content");
    assert_ne!(sent["content"], input["content"]);
    assert!(
        content.contains("Maya") && content.contains("Nora"),
        "{content}"
    );
    assert!(content.contains("tomorrow"), "{content}");
    assert_eq!(
        page(&mut organization, 0, "?limit=1")["messages"][0]["content"],
        content
    );
    // A contact without a name is greeted without one.
    input["conversation_id"] = json!(organization.conversation(5));
    input["channel"] = json!("instagram");
    let sent = accepted(&organization.post("send-message", &input), 200);
    assert!(
        sent["content"]
            .as_str()
            .expect("content")
            .starts_with("Hi, this is Nora")
    );
}

#[test]
fn the_ai_needs_an_active_agent() {
    let mut organization = Organization::new();
    let input = with(&organization.new_message(0), "ai", json!(true));
    assert!(refused(&organization.post("send-message", &input), 400).contains("agent_id"));
    let paused = with(&input, "agent_id", json!(organization.agent(3)));
    assert!(refused(&organization.post("send-message", &paused), 400).contains("not active"));
    let nobody = with(&input, "agent_id", json!("nobody"));
    refused(&organization.post("send-message", &nobody), 404);
    assert!(organization.deliveries("sendMessage").is_empty());
}

#[test]
fn an_unknown_conversation_is_not_found() {
    let mut organization = Organization::new();
    let input = with(
        &organization.new_message(0),
        "conversation_id",
        json!("conv_none"),
    );
    refused(&organization.post("send-message", &input), 404);
}

#[test]
fn a_message_on_an_unreachable_channel_is_not_delivered() {
    let mut organization = Organization::new();
    let nameless = organization.new_message(5);
    let sent = accepted(&organization.post("send-message", &nameless), 200);
    assert_eq!(sent["delivered"], false);
    let instagram = with(&nameless, "channel", json!("instagram"));
    let sent = accepted(&organization.post("send-message", &instagram), 200);
    assert_eq!(sent["delivered"], true);
}

#[test]
fn contacts_reply_if_the_setting_says_so() {
    let mut organization = Organization::with(&json!({ "contact_replies": true }));
    let input = organization.new_message(0);
    accepted(&organization.post("send-message", &input), 200);
    organization.now_ms += 1_999;
    assert_eq!(page(&mut organization, 0, "?limit=1")["total"], 121);
    organization.now_ms += 1;
    let after = page(&mut organization, 0, "?limit=1");
    assert_eq!(after["total"], 122);
    assert_eq!(after["messages"][0]["sender_type"], "contact");
    assert_eq!(after["messages"][0]["message_type"], "sms");

    let mut quiet = Organization::new();
    let input = quiet.new_message(0);
    accepted(&quiet.post("send-message", &input), 200);
    quiet.now_ms += 60_000;
    assert_eq!(page(&mut quiet, 0, "?limit=1")["total"], 121);
}

#[test]
fn tests_can_add_messages_of_contacts() {
    let mut organization = Organization::new();
    let body = json!({ "contact_id": organization.contact(2), "content": "Hello?", "message_type": "telegram" });
    let written = organization.control("POST", "/messages", Some(&body));
    let written = accepted(&written, 201);
    assert_eq!(written["sender_type"], "contact");
    assert_eq!(
        page(&mut organization, 2, "?limit=1")["messages"][0],
        written
    );
    // A message from a contact is not a delivery.
    assert!(organization.deliveries("sendMessage").is_empty());
    let nobody = json!({ "contact_id": "nobody", "content": "x" });
    refused(
        &organization.control("POST", "/messages", Some(&nobody)),
        404,
    );
}
