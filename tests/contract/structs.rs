//! The Rust structs of requests accept valid JSON, refuse invalid JSON, and serialize what they read,
//! except for fields without an effect.

use centerfy::types::{self, round_trip};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::cases::{Verdict, cases};
use super::document::{Document, Shape, closed_list, shown_values};

fn judge(document: &Document, shape: &Shape) {
    let through = round_trip(&shape.name)
        .unwrap_or_else(|| panic!("{} has no struct in `declare!` in src/types/", shape.name));
    for case in cases(document, shape, &Map::new()) {
        let result = through(&case.request);
        match case.verdict {
            Verdict::Right => {
                let written = result.unwrap_or_else(|error| panic!("{}: {error}", case.what));
                let mut given = case.request;
                forget(shape, &mut given);
                assert_eq!(normal(written), normal(given), "{}", case.what);
            }
            // Rust reads `null` as absent, and so writes a valid request.
            Verdict::Wrong(field) if case.request.get(&field) == Some(&Value::Null) => {
                assert!(
                    result.is_err() || !shape.required.contains(&field),
                    "{}",
                    case.what
                );
            }
            // The struct does not have the field.
            Verdict::Wrong(field) if shape.refused().contains(&field) => {}
            // A patch is built field by field: the table checks its rules when it is sent.
            Verdict::Wrong(field) if shape.is_patch() && case.request.get(&field).is_none() => {}
            Verdict::Wrong(_) => assert!(result.is_err(), "{} was taken: {result:?}", case.what),
            // The table checks ranges when a request is sent.
            Verdict::OutOfRange(_) => {}
        }
    }
}

/// Removes what a struct does not keep: unknown fields and, except in a patch, the fields of a rule
/// whose condition does not hold (a webhook's URL without a webhook).
fn forget(shape: &Shape, request: &mut Value) {
    let Some(fields) = request.as_object_mut() else {
        return;
    };
    fields.remove("something_new");
    for rule in &shape.rules {
        if !shape.is_patch() && fields.get(&rule.field) != Some(&rule.value) {
            fields.remove(&rule.needs);
        }
    }
}

/// Makes all numbers floats, since JSON does not distinguish 1 from 1.0 as Rust does, and removes
/// `null` fields, which Rust reads as absent.
pub fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, normal(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn requests_are_read_and_written_as_the_contract_says() {
    let document = Document::read();
    for operation in document.operations() {
        if let Some(shape) = operation.request() {
            judge(&document, &shape);
        }
    }
}

#[test]
fn the_known_values_of_open_lists_are_those_that_the_contract_shows() {
    fn known<T: std::fmt::Display>(values: &[T]) -> Vec<String> {
        values.iter().map(ToString::to_string).collect()
    }
    let lists = [
        ("AgentSettings", "voice_id", known(types::VoiceId::KNOWN)),
        ("AgentSettings", "llm_model", known(types::LlmModel::KNOWN)),
        ("AgentSettings", "language", known(types::Language::KNOWN)),
        (
            "AgentSettings",
            "background_type",
            known(types::BackgroundType::KNOWN),
        ),
        ("AiCall", "status", known(types::CallStatus::KNOWN)),
        ("AiCall", "call_type", known(types::CallType::KNOWN)),
        ("Message", "sender_type", known(types::SenderType::KNOWN)),
        ("Message", "message_type", known(types::MessageType::KNOWN)),
    ];
    let document = Document::read();
    for (schema, field, known) in lists {
        let shown = document
            .shape(schema)
            .field(field)
            .map(shown_values)
            .unwrap_or_default();
        assert_eq!(known, shown, "{schema}.{field}");
    }
}

#[test]
fn the_values_of_closed_lists_are_those_of_the_contract() {
    fn values<T: Serialize + DeserializeOwned>(list: Option<Vec<String>>) {
        for value in list.expect("a closed list") {
            assert_eq!(
                serde_json::from_value::<T>(Value::from(value.clone()))
                    .and_then(serde_json::to_value)
                    .ok(),
                Some(Value::from(value))
            );
        }
        assert!(serde_json::from_value::<T>(Value::from("something new")).is_err());
    }
    let document = Document::read();
    values::<types::Channel>(closed_list(document.schema("Channel")));
    let settings = document.shape("AgentSettings");
    values::<types::VoicemailType>(settings.field("voicemail_type").and_then(closed_list));
}
