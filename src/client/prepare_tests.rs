#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};

use super::{Outgoing, argument, prepare};
use crate::client::{CenterfyError, Client};
use crate::operations::Operation;

fn try_prepare(operation: Operation, arguments: Vec<Value>) -> Result<Outgoing, CenterfyError> {
    let client = Client::builder().base_url("http://h/api").build().unwrap();
    let arguments = arguments.into_iter().map(argument).collect();
    prepare(&client.settings, operation, arguments)
}

fn refused(operation: Operation, arguments: Vec<Value>) -> (Option<String>, String) {
    let error = try_prepare(operation, arguments).unwrap_err();
    assert!(matches!(error, CenterfyError::Validation(_)));
    assert_eq!(error.operation(), Some(operation));
    assert_eq!((error.attempts(), error.maybe_delivered()), (0, false));
    (error.field().map(str::to_owned), error.to_string())
}

#[test]
fn an_id_becomes_one_segment() {
    let outgoing = try_prepare(Operation::GetAgent, vec![json!("a/../b")]).unwrap();
    assert_eq!(outgoing.url, "http://h/api/get-agent/a%2F..%2Fb");
    assert_eq!(outgoing.body, None);
}

#[test]
fn an_id_that_would_change_the_path_is_refused() {
    for id in ["", ".", ".."] {
        let (field, message) = refused(Operation::GetAgent, vec![json!(id)]);
        assert_eq!(field.as_deref(), Some("agent_id"));
        assert!(message.starts_with("get_agent: agent_id must be a non-empty string other than"));
    }
}

#[test]
fn archiving_sends_the_id_in_the_body() {
    let outgoing = try_prepare(Operation::ArchiveAgent, vec![json!("a")]).unwrap();
    assert_eq!(outgoing.url, "http://h/api/archive-agent");
    assert_eq!(outgoing.body.as_deref(), Some(r#"{"agent_id":"a"}"#));
}

#[test]
fn a_query_is_in_the_url() {
    let query = json!({ "limit": 5, "offset": 10 });
    let outgoing = try_prepare(Operation::GetContactMessages, vec![json!("c"), query]).unwrap();
    assert_eq!(
        outgoing.url,
        "http://h/api/get-contact-messages/c?limit=5&offset=10"
    );
    assert_eq!(outgoing.body, None);
}

#[test]
fn the_first_wrong_field_is_named_with_what_it_must_be() {
    let request = json!({ "content": "c", "ai": true, "conversation_id": "v", "channel": "sms" });
    assert_eq!(
        refused(Operation::SendMessage, vec![request]),
        (
            Some("agent_id".into()),
            "send_message: agent_id is required when ai is true".into()
        )
    );
    let query = json!({ "limit": 201 });
    assert_eq!(
        refused(Operation::GetContactMessages, vec![json!("c"), query]),
        (
            Some("limit".into()),
            "get_contact_messages: limit must be an integer from 1 to 200, got 201".into()
        )
    );
    let (field, _) = refused(Operation::MakeAiCall, vec![json!("a"), Value::Null]);
    assert_eq!(field.as_deref(), Some("request"));
}

#[test]
fn a_value_that_may_be_private_is_not_repeated() {
    let patch = json!({ "name": ["secret"] });
    let (_, message) = refused(Operation::UpdateAgent, vec![json!("a"), patch]);
    assert_eq!(message, "update_agent: name must be a string, got object");
}

#[test]
fn fields_that_nobody_knows_pass() {
    let patch = json!({ "mood": "sunny" });
    let outgoing = try_prepare(Operation::UpdateAgent, vec![json!("a"), patch.clone()]).unwrap();
    assert_eq!(outgoing.body, Some(patch.to_string()));
}
