//! Every rule for requests, and the message of its refusal.

use super::support::{Organization, accepted, refused, with, without};
use serde_json::{Value, json};

/// Invalid values for each field of an agent.
fn wrong_values() -> Vec<(&'static str, Vec<Value>)> {
    let not_text = vec![json!(null), json!(1), json!(true), json!([]), json!({})];
    let not_number = vec![json!(null), json!("1"), json!(true), json!([])];
    let not_flag = vec![json!(null), json!("true"), json!(1), json!({})];
    let mut temperature = not_number.clone();
    temperature.extend([json!(-0.01), json!(1.01), json!(2)]);
    vec![
        ("name", not_text.clone()),
        ("voice_id", not_text.clone()),
        ("max_duration", not_number.clone()),
        ("temperature", temperature),
        ("silence_timeout", not_number.clone()),
        ("voice_activity_timeout", not_number),
        ("llm_model", not_text.clone()),
        ("language", not_text.clone()),
        ("background_noise", not_flag.clone()),
        ("background_type", not_text.clone()),
        ("voicemail_detection", not_flag.clone()),
        (
            "voicemail_type",
            vec![json!(null), json!(1), json!("ring"), json!("")],
        ),
        ("voicemail_message", not_text),
        ("backcchanneling", not_flag.clone()),
        ("is_active", not_flag.clone()),
        ("webhook", not_flag.clone()),
        (
            "webhook_url",
            vec![
                json!(null),
                json!(1),
                json!("x"),
                json!("ftp://a.example"),
                json!("https://"),
                json!("https:// a"),
            ],
        ),
        ("recording", not_flag),
    ]
}

#[test]
fn an_invalid_field_is_named() {
    let mut organization = Organization::new();
    let update = format!("update-agent/{}", organization.agent(0));
    for (field, values) in wrong_values() {
        for value in values {
            let created = with(&organization.new_agent(), field, value.clone());
            let message = refused(&organization.post("create-agent", &created), 400);
            assert!(
                message.starts_with(&format!("{field} must be")),
                "{value}: {message}"
            );
            let message = refused(&organization.put(&update, &json!({ field: value })), 400);
            assert!(
                message.starts_with(&format!("{field} must be")),
                "{message}"
            );
        }
    }
    for field in ["organization_id", "sub_account_id"] {
        let created = with(&organization.new_agent(), field, json!(5));
        let message = refused(&organization.post("create-agent", &created), 400);
        assert!(message.starts_with(field), "{message}");
    }
    assert!(organization.deliveries("createAgent").is_empty());
}

#[test]
fn each_missing_field_of_a_new_agent_is_named() {
    let mut organization = Organization::new();
    let whole = organization.new_agent();
    let fields: Vec<String> = whole
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields.len(), 16);
    for field in fields {
        let message = refused(
            &organization.post("create-agent", &without(&whole, &field)),
            400,
        );
        assert_eq!(message, format!("{field} is required"));
    }
}

#[test]
fn open_lists_and_ranges_accept_valid_values() {
    let mut organization = Organization::new();
    for (field, value) in [
        ("voice_id", json!("a voice of tomorrow")),
        ("llm_model", json!("")),
        ("temperature", json!(0)),
        ("temperature", json!(1.0)),
        ("max_duration", json!(0.5)),
        ("background_type", json!("rain")),
        ("webhook_url", json!("HTTPS://hooks.example.com/x?y#z")),
    ] {
        let body = with(&organization.new_agent(), field, value);
        accepted(&organization.post("create-agent", &body), 201);
    }
}

#[test]
fn conditional_fields_are_required_on_create_and_update() {
    let mut organization = Organization::new();
    let update = format!("update-agent/{}", organization.agent(0));
    for (field, value, needed, fill) in [
        (
            "background_noise",
            json!(true),
            "background_type",
            json!("office"),
        ),
        (
            "voicemail_detection",
            json!(true),
            "voicemail_type",
            json!("hangup"),
        ),
        (
            "voicemail_type",
            json!("leave_message"),
            "voicemail_message",
            json!("Hi"),
        ),
        (
            "webhook",
            json!(true),
            "webhook_url",
            json!("https://a.example"),
        ),
    ] {
        let created = with(&organization.new_agent(), field, value.clone());
        let message = refused(&organization.post("create-agent", &created), 400);
        assert!(
            message.starts_with(&format!("{needed} is required when {field}")),
            "{message}"
        );
        accepted(
            &organization.post("create-agent", &with(&created, needed, fill.clone())),
            201,
        );

        let patch = json!({ field: value });
        let message = refused(&organization.put(&update, &patch), 400);
        assert!(
            message.starts_with(&format!("{needed} is required when {field}")),
            "{message}"
        );
        accepted(&organization.put(&update, &with(&patch, needed, fill)), 200);
    }
    // Without the condition, the field is not required.
    accepted(
        &organization.put(&update, &json!({ "webhook": false })),
        200,
    );
    accepted(
        &organization.put(&update, &json!({ "webhook_url": "https://a.example" })),
        200,
    );
}

#[test]
fn calls_messages_and_archive_requests_are_validated() {
    let mut organization = Organization::new();
    let call = format!("make-ai-call/{}", organization.agent(0));
    for field in ["contact_id", "organization_id", "sub_account_id"] {
        let whole = organization.new_call(0);
        let message = refused(&organization.post(&call, &without(&whole, field)), 400);
        assert_eq!(message, format!("{field} is required"));
        let message = refused(
            &organization.post(&call, &with(&whole, field, json!(1))),
            400,
        );
        assert!(message.starts_with(field), "{message}");
    }
    for (field, value) in [
        ("content", json!(1)),
        ("ai", json!("false")),
        ("conversation_id", json!(null)),
        ("channel", json!("fax")),
        ("channel", json!("SMS")),
        ("agent_id", json!(7)),
        ("message_id", json!(false)),
    ] {
        let message = refused(
            &organization.post(
                "send-message",
                &with(&organization.new_message(0), field, value),
            ),
            400,
        );
        assert!(
            message.starts_with(&format!("{field} must be")),
            "{message}"
        );
    }
    for field in ["content", "ai", "conversation_id", "channel"] {
        let message = refused(
            &organization.post(
                "send-message",
                &without(&organization.new_message(0), field),
            ),
            400,
        );
        assert_eq!(message, format!("{field} is required"));
    }
    let message = refused(&organization.post("archive-agent", &json!({})), 400);
    assert_eq!(message, "agent_id is required");
    let message = refused(
        &organization.post("archive-agent", &json!({ "agent_id": 1 })),
        400,
    );
    assert_eq!(message, "agent_id must be a string");
}

#[test]
fn a_body_that_is_not_a_json_object_is_refused() {
    let mut organization = Organization::new();
    let update = format!("update-agent/{}", organization.agent(0));
    let call = format!("make-ai-call/{}", organization.agent(0));
    for (method, path) in [
        ("POST", "create-agent"),
        ("PUT", update.as_str()),
        ("POST", "archive-agent"),
        ("POST", call.as_str()),
        ("POST", "send-message"),
    ] {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "{",
            "[]",
            "null",
            "\"x\"",
            "{\"name\":}",
            "{\"a\":1e999}",
            "\u{feff}{}",
            &deep,
        ] {
            let mut request = organization.request(method, path, None);
            request.body = body.as_bytes().to_vec();
            assert!(refused(&organization.send(request), 400).contains("body"));
        }
        let mut request = organization.request(method, path, None);
        request.body = vec![b'{', b'"', 0xff, b'"', b':', b'1', b'}'];
        assert!(refused(&organization.send(request.clone()), 400).contains("body"));
        request.body = vec![b' '; (8 << 20) + 1];
        assert!(refused(&organization.send(request), 413).contains("large"));
    }
}
