//! Answers of any size and depth.

use crate::runner::conformance_test;
use centerfy::types::{ContactMessagesQuery, Json};
use centerfy::{CenterfyError, Client};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(inline_js = r#"
const { fetch } = globalThis;
// The next request has this answer, and the ones after it go out again.
export const answer = (status, text) => {
  globalThis.fetch = () => {
    globalThis.fetch = fetch;
    return Promise.resolve(new Response(text, { status }));
  };
};
"#)]
extern "C" {
    fn answer(status: u16, text: &str);
}

fn client() -> Client {
    let client = Client::builder().base_url("http://127.0.0.1:1/answers");
    client.rate_limit(None).max_retries(0).build().unwrap()
}

/// A value in which each is in another, as deep as that.
fn deep(depth: usize, open: &str, close: &str) -> String {
    format!("{}7{}", open.repeat(depth), close.repeat(depth))
}

#[conformance_test]
async fn an_answer_of_any_depth_is_read() {
    for depth in [10, 100, 126, 127, 128, 4_000, 1_000_000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = deep(depth, open, close);
            answer(
                200,
                &format!(r#"{{ "id": "a", "name": "A", "deep": {deep} }}"#),
            );
            let agent = client().get_agent("a").await.unwrap();
            assert!(agent.unlisted.get("deep").unwrap().as_str() == deep);
            answer(400, &format!(r#"{{ "message": "no", "deep": {deep} }}"#));
            let error = client().get_agent("a").await.unwrap_err();
            assert_eq!(error.to_string(), "get_agent: no (status 400)");
            drop(format!("{error:?}"));
            answer(200, &deep);
            let error = client().get_agent("a").await.unwrap_err();
            assert!(matches!(error, CenterfyError::Parse(_)), "{error:?}");
        }
    }
}

#[conformance_test]
async fn an_answer_of_ten_megabytes_is_read() {
    let message = r#"{ "id": "ID", "content": "é and 70 bytes more, so that it is like a real one …",
        "sender_type": "agent", "message_type": "sms", "timestamp": "2026-04-01T12:00:00.000Z" }"#;
    let count = 10_000_000 / message.len();
    let messages: Vec<String> = (0..count)
        .map(|id| message.replace("ID", &id.to_string()))
        .collect();
    answer(
        200,
        &format!(
            r#"{{ "contact_id": "c", "contact": {{}}, "conversation_id": "v", "total": {},
                  "limit": 200, "offset": 0, "messages": [{}] }}"#,
            u64::MAX,
            messages.join(",")
        ),
    );
    let query = ContactMessagesQuery::new();
    let page = client().get_contact_messages("c", query).await.unwrap();
    assert_eq!(page.messages.len(), count);
    assert_eq!(page.total, u64::MAX);
}

/// Ten megabytes of JSON, of different kinds.
fn big() -> Vec<String> {
    const SIZE: usize = 10_000_000;
    let fields: Vec<String> = (0..SIZE / 12).map(|at| format!("\"{at:07}\":1")).collect();
    vec![
        format!("\"{}\"", "é".repeat(SIZE / 2)),
        format!("\"{}\"", "\\\\".repeat(SIZE / 2)),
        format!("[{}{{}}]", r#"{"a":1},"#.repeat(SIZE / 8)),
        format!("{{{}}}", fields.join(",")),
        "[".repeat(SIZE / 2) + &"]".repeat(SIZE / 2),
    ]
}

#[conformance_test]
async fn ten_megabytes_in_an_unknown_field_are_kept() {
    for (number, big) in (0..).zip(big()) {
        let text = format!(r#"{{ "id": "a", "name": "A", "message": "no", "more": {big} }}"#);
        answer(200, &text);
        let agent = client().get_agent("a").await.unwrap();
        let more = agent.unlisted.get("more").unwrap();
        assert!(more.as_str() == big, "{number}");
        for status in [400, 500] {
            answer(status, &text);
            let error = client().get_agent("a").await.unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("get_agent: no (status {status})")
            );
            let is_object = |it: &Json| it.as_str().starts_with('{');
            assert!(error.body().is_some_and(is_object), "{number}");
        }
        // Where a text is asked for: no word of it is in the error.
        answer(200, &format!(r#"{{ "id": "a", "name": [{big}] }}"#));
        let error = client().get_agent("a").await.unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with(": name must be a string, got a list")
        );
    }
}
