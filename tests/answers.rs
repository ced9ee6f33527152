//! Requests and answers as values: reading and writing keeps them the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use centerfy::types::{
    Agent, AgentSettings, AiCall, ApiError, ArchivedAgent, Author, BackgroundNoise, CallRecording,
    Contact, ContactMessages, ContactMessagesQuery, CreateAgentRequest, MakeAiCallRequest, Message,
    Open, SendMessageRequest, SentMessage, UpdateAgentRequest, Voicemail, Webhook,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Asserts that a list of the fields' values in their order is refused.
fn only_objects<T: DeserializeOwned>(values: &Value) {
    let name = std::any::type_name::<T>();
    let text = serde_json::from_str::<T>(&values.to_string());
    let value = serde_json::from_value::<T>(values.clone());
    for read in [text, value] {
        let Err(error) = read else {
            panic!("{name} was made from {values}");
        };
        let words = error.to_string();
        assert!(words.contains("expected an object"), "{name}: {words}");
    }
}

#[test]
fn nothing_is_made_from_a_list_or_a_word() {
    let list = |count| Value::from(vec!["a"; count]);
    for count in 0..24 {
        only_objects::<MakeAiCallRequest>(&list(count));
        only_objects::<CreateAgentRequest>(&list(count));
        only_objects::<SendMessageRequest>(&list(count));
        only_objects::<Agent>(&list(count));
        only_objects::<AiCall>(&list(count));
        only_objects::<ArchivedAgent>(&list(count));
        only_objects::<CallRecording>(&list(count));
        only_objects::<ContactMessages>(&list(count));
        only_objects::<SentMessage>(&list(count));
        only_objects::<Message>(&list(count));
        only_objects::<AgentSettings>(&list(count));
    }
    for list in [
        json!([]),
        json!([null]),
        json!([null, null]),
        json!("a"),
        json!(null),
    ] {
        only_objects::<Contact>(&list);
        only_objects::<UpdateAgentRequest>(&list);
        only_objects::<ContactMessagesQuery>(&list);
    }
    only_objects::<UpdateAgentRequest>(&Value::from(vec![Value::Null; 20]));
    for list in [json!([true, "no"]), json!([false, null, null]), json!(true)] {
        only_objects::<ApiError>(&list);
        only_objects::<Author>(&list);
        only_objects::<BackgroundNoise>(&list);
        only_objects::<Voicemail>(&list);
        only_objects::<Webhook>(&list);
    }
}

#[test]
fn a_whole_number_stays_one_when_it_is_relayed() {
    let text = r#"{"id":"a","name":"A","max_duration":15,"temperature":0.5,"mood":7}"#;
    let agent: Agent = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&agent).unwrap(), text);
    let recording = json!({ "call_id": "c", "call_sid": "s", "recording_url": "u",
                            "expires_in_seconds": 3600 });
    let read: CallRecording = serde_json::from_value(recording.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), recording);
    let patch = UpdateAgentRequest::new()
        .max_duration(1e21)
        .silence_timeout(-0.0);
    let written = serde_json::to_value(&patch).unwrap();
    assert_eq!(
        written,
        json!({ "max_duration": 1e21, "silence_timeout": 0 })
    );
}

/// The number fields of a type, by hand.
fn relays<T: Serialize + DeserializeOwned>(rest: &Value, fields: &[&str]) {
    for field in fields {
        for number in ["15", "0", "-7", "0.5", "9007199254740991"] {
            let mut object = rest.clone();
            object[*field] = json!("@@");
            let text = object.to_string().replace("\"@@\"", number);
            let Ok(read) = serde_json::from_str::<T>(&text) else {
                // A count is a non-negative integer.
                assert!(
                    number.starts_with(['-', '0']) && ["total", "limit", "offset"].contains(field)
                );
                continue;
            };
            let written = serde_json::to_string(&read).unwrap();
            let name = std::any::type_name::<T>();
            assert!(
                written.contains(&format!("\"{field}\":{number},"))
                    || written.contains(&format!("\"{field}\":{number}}}")),
                "{name}: {field} {number} became {written}"
            );
            let written = serde_json::to_value(&read).unwrap();
            assert_eq!(written[*field].to_string(), number, "{name}.{field}");
        }
    }
}

#[test]
fn a_whole_number_stays_one_in_every_field_of_every_type() {
    const AGENT: &[&str] = &[
        "max_duration",
        "temperature",
        "silence_timeout",
        "voice_activity_timeout",
    ];
    let settings = json!({
        "name": "A", "voice_id": "v", "max_duration": 1, "temperature": 1, "silence_timeout": 1,
        "voice_activity_timeout": 1, "llm_model": "m", "language": "l", "background_noise": false,
        "voicemail_detection": false, "backcchanneling": true, "is_active": true, "webhook": false,
        "recording": true, "organization_id": "o", "sub_account_id": "s",
    });
    relays::<AgentSettings>(&settings, AGENT);
    relays::<CreateAgentRequest>(&settings, AGENT);
    relays::<UpdateAgentRequest>(&json!({}), AGENT);
    let mut agent = json!({ "id": "a", "name": "A" });
    relays::<Agent>(&agent, AGENT);
    relays::<Agent>(&agent, &["more"]);
    agent["more"] = json!({ "n": [15, 0.5, { "n": 15 }] });
    let read: Agent = serde_json::from_value(agent.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), agent);
    let recording = json!({ "call_id": "c", "call_sid": "s", "recording_url": "u",
                            "expires_in_seconds": 1 });
    relays::<CallRecording>(&recording, &["expires_in_seconds"]);
    let counts = ["total", "limit", "offset"];
    let page = json!({ "contact_id": "c", "contact": {}, "conversation_id": "v", "messages": [],
                       "total": 1, "limit": 1, "offset": 1 });
    relays::<ContactMessages>(&page, &counts);
    relays::<ContactMessagesQuery>(&json!({}), &counts[1..]);
}

#[test]
fn large_integers_stay_whole() {
    let text = r#"{"id":"a","name":"A","big":18446744073709551615,"low":-9223372036854775808}"#;
    let agent: Agent = serde_json::from_str(text).unwrap();
    assert!(
        agent
            .unlisted
            .get("big")
            .is_some_and(|big| *big == json!(u64::MAX))
    );
    assert_eq!(serde_json::to_string(&agent).unwrap(), text);
    let page = page(json!(9_007_199_254_740_993_u64));
    assert_eq!(page.unwrap().total, 9_007_199_254_740_993);
}

fn page(total: Value) -> Result<ContactMessages, serde_json::Error> {
    serde_json::from_value(
        json!({ "contact_id": "c", "contact": {}, "conversation_id": "v",
                                   "messages": [], "total": total, "limit": 50, "offset": 0 }),
    )
}

#[test]
fn a_count_is_a_whole_number_however_it_is_written() {
    assert_eq!(page(json!(50.0)).unwrap().total, 50);
    for wrong in [json!(0.5), json!(-1), json!(1e300), json!("1"), json!(null)] {
        assert!(page(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_value_that_is_new_in_a_closed_list_is_kept() {
    let agent: Agent =
        serde_json::from_value(json!({ "id": "a", "name": "A", "voicemail_type": "sing" }))
            .unwrap();
    assert_eq!(agent.voicemail_type, Some(Open::Other("sing".into())));
}
