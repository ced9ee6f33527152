//! Answers of any shape: what cannot be read is told in our own words, without what was in it, and what
//! can be read is given whole.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use serde::Serialize;
use serde_json::{Value, json};

use super::host::simulated::{Reply, replies, run_until};
use super::{ApiRequest, CenterfyError, Client};
use crate::error::Code;
use crate::operations::Operation;
use crate::types::{
    Author, Channel, ContactMessagesQuery, MakeAiCallRequest, Scope, SendMessageRequest,
    UpdateAgentRequest,
};

fn client(key: &str) -> Client {
    let client = Client::builder().api_key(key).rate_limit(None);
    client.max_retries(0).build().unwrap()
}

fn run<T: Serialize>(request: ApiRequest<T>) -> Result<String, CenterfyError>
where
    ApiRequest<T>: Future<Output = Result<T, CenterfyError>>,
{
    let answer = run_until(request, f64::INFINITY).unwrap()?;
    Ok(serde_json::to_string(&answer).unwrap())
}

/// What an operation makes of an answer.
fn read(
    client: &Client,
    operation: Operation,
    status: u32,
    text: &str,
) -> Result<Value, CenterfyError> {
    let answer = read_text(client, operation, status, text)?;
    Ok(serde_json::from_str(&answer).unwrap())
}

fn read_text(
    client: &Client,
    operation: Operation,
    status: u32,
    text: &str,
) -> Result<String, CenterfyError> {
    replies([Reply::new(status, text)]);
    let scope = Scope {
        organization_id: "o".into(),
        sub_account_id: "s".into(),
    };
    match operation {
        Operation::GetAgent => run(client.get_agent("a")),
        Operation::UpdateAgent => run(client.update_agent("a", &UpdateAgentRequest::new())),
        Operation::ArchiveAgent => run(client.archive_agent("a")),
        Operation::MakeAiCall => run(client.make_ai_call("a", &MakeAiCallRequest::new("c", scope))),
        Operation::GetCallRecording => run(client.get_call_recording("c")),
        Operation::GetContactMessages => {
            run(client.get_contact_messages("c", ContactMessagesQuery::new()))
        }
        Operation::SendMessage => {
            let message = SendMessageRequest::new("v", Channel::Sms, Author::AsWritten, "x");
            run(client.send_message(&message))
        }
        _ => panic!("{operation} has no row in answers()"),
    }
}

/// An answer of each shape, with all of its fields.
fn answers() -> Vec<(Operation, Value)> {
    let message = json!({ "id": "m", "content": "c", "sender_type": "agent",
                          "message_type": "sms", "timestamp": "t" });
    vec![
        (
            Operation::GetAgent,
            json!({ "id": "a", "name": "A", "voice_id": "v", "max_duration": 1, "temperature": 0.5,
                    "silence_timeout": 2, "voice_activity_timeout": 3, "llm_model": "m",
                    "language": "l", "background_noise": true, "background_type": "b",
                    "voicemail_detection": true, "voicemail_type": "hangup",
                    "voicemail_message": "m", "backcchanneling": true, "is_active": true,
                    "webhook": true, "webhook_url": "u", "recording": true,
                    "organization_id": "o", "sub_account_id": "s", "created_at": "c",
                    "updated_at": "u" }),
        ),
        (
            Operation::ArchiveAgent,
            json!({ "agent_id": "a", "archived_at": "t" }),
        ),
        (
            Operation::MakeAiCall,
            json!({ "status": "s", "call_type": "o", "agent_name": "n" }),
        ),
        (
            Operation::GetCallRecording,
            json!({ "call_id": "c", "call_sid": "s", "recording_url": "u",
                    "expires_in_seconds": 3600 }),
        ),
        (
            Operation::GetContactMessages,
            json!({ "contact_id": "c", "contact": { "name": "n", "email": "e", "phone": "p" },
                    "conversation_id": "v", "messages": [message, message], "total": 2,
                    "limit": 50, "offset": 0 }),
        ),
        (
            Operation::SendMessage,
            json!({ "message_id": "m", "content": "c", "sender_type": "agent", "channel": "sms",
                    "ai": true, "delivered": true, "timestamp": "t" }),
        ),
    ]
}

/// The fields of an answer, those within others too: as a pointer, and as an error names them.
fn fields(value: &Value, pointer: &str, name: &str) -> Vec<(String, String)> {
    let within: Vec<_> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| {
                let dot = if name.is_empty() { "" } else { "." };
                (
                    format!("{pointer}/{key}"),
                    format!("{name}{dot}{key}"),
                    value,
                )
            })
            .collect(),
        Value::Array(items) => (0..)
            .zip(items)
            .map(|(at, item): (usize, _)| {
                (format!("{pointer}/{at}"), format!("{name}[{at}]"), item)
            })
            .collect(),
        _ => Vec::new(),
    };
    within
        .into_iter()
        .flat_map(|(pointer, name, value)| {
            let mut all = fields(value, &pointer, &name);
            all.push((pointer, name));
            all
        })
        .collect()
}

/// What a field that has this value must be.
fn expected(field: &str, value: &Value) -> &'static str {
    match value {
        Value::Number(_) if ["total", "limit", "offset"].contains(&field) => {
            "a non-negative integer"
        }
        Value::Bool(_) => "true or false",
        _ => kind(value),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The reason that an error gives for an answer that cannot be read.
fn reason(operation: Operation, error: &CenterfyError) -> String {
    assert_eq!(error.code(), Code::Parse);
    let before = format!(
        "{}: the request succeeded, but its response is not as expected: ",
        operation.name()
    );
    error.to_string().strip_prefix(&before).unwrap().to_owned()
}

const PRIVATE: &str = "John Doe, +49 30 901820, expected f64";

fn wrong_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-4_930_901_820_i64),
        json!(4_930.5),
        json!(PRIVATE),
        json!(""),
        json!([]),
        json!([{ PRIVATE: 4_930_901_820_i64 }]),
        json!({}),
        json!({ PRIVATE: [PRIVATE] }),
    ]
}

#[test]
fn a_field_of_another_kind_is_told_without_its_value() {
    let client = client("cfy_secret");
    let mut told = 0;
    for (operation, answer) in answers() {
        for (pointer, name) in fields(&answer, "", "") {
            let right = answer.pointer(&pointer).unwrap();
            for wrong in wrong_values() {
                let mut given = answer.clone();
                *given.pointer_mut(&pointer).unwrap() = wrong.clone();
                for text in [given.to_string(), format!("\r\n{given:#}\n")] {
                    let Err(error) = read(&client, operation, 200, &text) else {
                        let fits = wrong.is_null() || kind(right) == kind(&wrong);
                        assert!(fits, "{name}: {wrong} was taken");
                        continue;
                    };
                    // Another list or object, with a fault further in.
                    if kind(right) == kind(&wrong) && !wrong.is_number() {
                        assert!(reason(operation, &error).starts_with(&name));
                        assert!(!error.to_string().contains("John"), "{error}");
                        continue;
                    }
                    let words = format!(
                        "{name} must be {}, got {}",
                        expected(&name, right),
                        kind(&wrong)
                    );
                    assert_eq!(reason(operation, &error), words);
                    told += 1;
                }
            }
        }
    }
    assert!(told > 800, "{told}");
}

#[test]
fn a_field_that_is_missing_is_named() {
    let client = client("cfy_secret");
    let mut missing = Vec::new();
    for (operation, answer) in answers() {
        for (pointer, name) in fields(&answer, "", "") {
            let mut given = answer.clone();
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            match given.pointer_mut(parent).and_then(Value::as_object_mut) {
                Some(fields) => fields.remove(field),
                None => continue,
            };
            if let Err(error) = read(&client, operation, 200, &given.to_string()) {
                let words = format!("{name} is missing");
                assert_eq!(reason(operation, &error), words);
                missing.push(name);
            }
        }
    }
    assert!(
        missing.contains(&"messages[1].content".into()),
        "{missing:?}"
    );
    assert_eq!(missing.len(), 33, "{missing:?}");
}

/// A value nested `depth` levels deep, in a field that the client does not know.
fn deep(depth: usize, (open, close): (&str, &str)) -> String {
    format!("{}7{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn an_answer_can_be_of_any_depth() {
    let client = client("cfy_secret");
    for (operation, answer) in answers() {
        for depth in [1, 126, 127, 128, 4_000] {
            for kind in [("[", "]"), (r#"{"a":"#, "}")] {
                let deep = deep(depth, kind);
                let text = answer.to_string().replacen('{', r#"{ "more": @@, "#, 1);
                let text = text.replace("@@", &deep);
                let read = |status| read_text(&client, operation, status, &text);
                assert!(read(200).unwrap().contains(&format!("\"more\":{deep}")));
                for (status, code) in [(400, Code::BadRequest), (500, Code::Server)] {
                    let error = read(status).unwrap_err();
                    assert_eq!(error.code(), code);
                    assert_eq!(error.body().unwrap().as_str(), text, "{depth}");
                }
            }
        }
    }
}

#[test]
fn a_number_that_no_field_can_hold_is_told_in_words() {
    let text = r#"{ "id": "a", "name": "A", "max_duration": 1e999 }"#;
    let error = read(&client("cfy_secret"), Operation::GetAgent, 200, text).unwrap_err();
    let words = "max_duration must be a finite number, got one that is too large";
    assert_eq!(reason(Operation::GetAgent, &error), words);
}

#[test]
fn unknown_fields_stay_as_the_server_sent_them() {
    let client = client("cfy_secret");
    let digits = "1234567890".repeat(4);
    for value in [
        "0.10",
        "1e999",
        "-1.00E-400",
        &digits,
        &format!("0.{digits}"),
        &format!(r#"{{ "+49 30" : [1, {digits}, 0.50] }}"#),
    ] {
        for (operation, answer) in answers() {
            let more = format!(r#"{{ "more": {value}, "#);
            let text = answer.to_string().replacen('{', &more, 1);
            let answer = read_text(&client, operation, 200, &text).unwrap();
            assert!(answer.contains(&format!("\"more\":{value}")), "{answer}");
            let error = read(&client, operation, 400, &text).unwrap_err();
            assert_eq!(error.body().unwrap().as_str(), text);
        }
    }
}

#[test]
fn half_a_character_never_makes_an_answer_unreadable() {
    let client = client("cfy_secret");
    for (field, expected) in [
        (r#""voice_id":"a\ud83d""#, r#""voice_id":"a\u{fffd}""#),
        (r#""more":"1\ud83d7""#, r#""more":"1\ufffd7""#),
        (r#""\udE00":1"#, r#""\u{fffd}":1"#),
        (
            r#""more":[{"a":1,"\ud83d\ud83d\ude00":1}]"#,
            r#""more":[{"a":1,"\ufffd\ud83d\ude00":1}]"#,
        ),
    ] {
        let text = format!(r#"{{ "id": "a", "name": "A", {field} }}"#);
        let answer = read_text(&client, Operation::GetAgent, 200, &text).unwrap();
        let expected = expected.replace("\\u{fffd}", "\u{fffd}");
        assert!(answer.contains(&expected), "{answer}");
        let error = read(&client, Operation::GetAgent, 400, &text).unwrap_err();
        assert!(error.body().unwrap().parse::<Value>().is_ok());
    }
}

/// The key as a server may repeat it: in JSON that stands so often in another.
fn in_json(text: &str, depth: usize) -> String {
    (0..depth).fold(text.to_owned(), |text, _| json!(text).to_string())
}

fn bare(text: &str) -> String {
    text.replace('\\', "")
}

#[test]
fn no_part_of_the_key_is_in_an_error() {
    let all_escaped: String = "cfy_secret_0123456789"
        .chars()
        .map(|char| format!("\\u{:04X}", u32::from(char)))
        .collect();
    let mut said: Vec<(&str, String)> =
        vec![("cfy_secret_0123456789", format!("\"{all_escaped}\""))];
    for key in [
        "cfy_secret_0123456789",
        r#"cfy"secret"0123456789"#,
        r"cfy\secret\0123456789",
        r#"\"cfy/secret/0123456789\"#,
    ] {
        said.extend((1..5).map(|depth| (key, in_json(key, depth))));
        said.push((key, json!(key).to_string().replace('/', r"\/")));
    }
    for (key, said) in said {
        let client = client(key);
        for pad in [0, 1, 130, 150, 160, 170, 180, 190, 199, 940, 970, 985, 995] {
            let pad = "x".repeat(pad);
            let said = format!("\"{pad}{}", said.get(1..).unwrap());
            for text in [
                format!(r#"{{ "id": "a", "name": "A", "max_duration": {said} }}"#),
                format!(r#"{{ "id": "a", "name": 1, {said}: 1e999 }}"#),
                format!(r#"{{ "id": {{ {said}: [] }}, "message": {said} }}"#),
                format!(r#"{{ "id": [{said}], {said}: {} }}"#, deep(200, ("[", "]"))),
                format!("<p>{said}</p>"),
            ] {
                for status in [200, 400, 503] {
                    let error = read(&client, Operation::GetAgent, status, &text).unwrap_err();
                    let shown = bare(&format!("{error} {error:?} {:?}", error.body()));
                    for part in bare(key).as_bytes().windows(7) {
                        let part = std::str::from_utf8(part).unwrap();
                        assert!(!shown.contains(part), "{part} of {text}: {error}");
                    }
                    assert!(!shown.contains("u0063"), "{error:?}");
                    // It stays the JSON that it was.
                    let body = error.body().unwrap();
                    let is_json = !text.starts_with('<');
                    assert_eq!(
                        body.as_str().starts_with('{'),
                        is_json,
                        "{body:?} of {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn texts_that_only_look_like_the_key_stay() {
    let client = client("cfy_secret_0123456789");
    let body = json!({ "a": r"\n\\c\fy_secret_ \u0063f", "b": "cfy_secret_012345678", "cfy": "c" });
    let error = read(&client, Operation::GetAgent, 400, &body.to_string()).unwrap_err();
    assert!(*error.body().unwrap() == body);
}

#[test]
fn large_integers_stay_whole_wherever_they_stand() {
    let client = client("cfy_secret");
    let more = json!({ "n": [u64::MAX, { "low": i64::MIN }, 9_007_199_254_740_993_u64] });
    for (operation, mut answer) in answers() {
        answer["more"] = more.clone();
        answer["big"] = json!(9_007_199_254_740_993_u64);
        let text = answer.to_string();
        let value = read(&client, operation, 200, &text).unwrap();
        assert_eq!(value["more"].to_string(), more.to_string());
        assert_eq!(value["big"].to_string(), "9007199254740993");
        for status in [400, 401, 503] {
            let error = read(&client, operation, status, &text).unwrap_err();
            assert_eq!(error.body().unwrap().to_string(), text);
        }
        answer["error"] = json!(true);
        let text = answer.to_string();
        let error = read(&client, operation, 200, &text).unwrap_err();
        assert_eq!(error.body().unwrap().to_string(), text);
    }
}
