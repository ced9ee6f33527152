//! Both clients say the same, word by word: `words.json` has calls, what the server answers where
//! one gets that far, and what the error says. The npm package's tests read it too.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde::Deserialize;
use serde_json::Value;

use crate::client::host::simulated::{Reply, replies, run_until};
use crate::client::{CenterfyError, Client, Request};
use crate::operations::Operation;

#[derive(Deserialize)]
struct Case {
    operation: String,
    arguments: Vec<Value>,
    /// The answer's. Without it the call is refused before anything is sent.
    status: Option<u32>,
    text: Option<String>,
    message: String,
}

fn fails(case: &Case) -> CenterfyError {
    let client = Client::builder().api_key("cfy_secret").build().unwrap();
    let operation = Operation::ALL
        .iter()
        .find(|it| it.spec().name == case.operation);
    let arguments = case.arguments.clone();
    let request: Request<Value> = Request::new(&client.settings, *operation.unwrap(), arguments);
    let reply = Reply::new(
        case.status.unwrap_or_default(),
        case.text.as_deref().unwrap_or_default(),
    );
    replies(case.status.map(|_| reply));
    run_until(request.max_retries(0), f64::INFINITY)
        .unwrap()
        .unwrap_err()
}

#[test]
fn both_clients_say_the_same() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("words.json")).unwrap();
    assert!(!cases.is_empty());
    for case in &cases {
        assert_eq!(fails(case).to_string(), case.message);
    }
}
