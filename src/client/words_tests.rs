//! Both clients say the same, word by word: `words.json` has calls, what the server answers where
//! one gets that far, and what the error says. The npm package's tests read it too.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use serde::Deserialize;
use serde_json::Value;

use crate::call::{Action, Body, Call, Head, Plan};
use crate::client::answer::Answer;
use crate::client::host::simulated::{Reply, replies, run_until};
use crate::client::{ApiRequest, CenterfyError, Client, argument};
use crate::error::{Code, Delivery, MAYBE_DELIVERED_HEADER, Said};
use crate::operations::Operation;

#[derive(Deserialize)]
struct Case {
    operation: String,
    arguments: Vec<Value>,
    /// The answer's. Without it the call is refused before anything is sent.
    status: Option<u32>,
    text: Option<String>,
    /// What a proxy says in its header.
    said: Option<String>,
    message: String,
    /// The invalid fields with their messages, if the test is about them.
    issues: Option<Vec<(String, String)>>,
    /// The field that the error names, if the test is about it.
    field: Option<String>,
}

fn fails(case: &Case) -> CenterfyError {
    let client = Client::builder().api_key("cfy_secret").build().unwrap();
    let operation = Operation::ALL
        .iter()
        .find(|it| it.spec().name == case.operation);
    let arguments = case.arguments.iter().cloned().map(argument).collect();
    let request: ApiRequest<Value> =
        ApiRequest::new(&client.settings, *operation.unwrap(), arguments);
    let reply = Reply::new(
        case.status.unwrap_or_default(),
        case.text.as_deref().unwrap_or_default(),
    );
    let reply = match &case.said {
        Some(said) => reply.header(MAYBE_DELIVERED_HEADER, said),
        None => reply,
    };
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
        let error = fails(case);
        assert_eq!(error.to_string(), in_rust(&case.message));
        let issues = error.issues().iter();
        let issues = issues.map(|issue| (issue.field.to_string(), issue.message.clone()));
        if let Some(expected) = &case.issues {
            let expected = expected.iter();
            let expected = expected.map(|(field, message)| (in_rust(field), message.clone()));
            assert_eq!(issues.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
        if let Some(field) = &case.field {
            assert_eq!(
                error.field(),
                Some(field.as_str()).filter(|it| !it.is_empty())
            );
        }
    }
}

/// The npm package's message with the names that Rust has for what it is about.
fn in_rust(message: &str) -> String {
    let arguments = [
        ("agentId", "agent_id"),
        ("callId", "call_id"),
        ("contactId", "contact_id"),
    ];
    let operations = Operation::ALL
        .iter()
        .map(|operation| (operation.spec().name, operation.name()));
    let all = operations.chain(arguments);
    all.fold(message.to_owned(), |text, (theirs, ours)| {
        text.replace(theirs, ours)
    })
}

/// How an attempt before the last one ended.
#[derive(Clone, Copy, Debug)]
enum Before {
    Nothing,
    TooMany,
    Lost,
}

/// What the call decides after these attempts, behind a proxy.
fn decide(operation: Operation, status: u32, said: Option<Said>, before: Before) -> Action {
    let plan = Plan {
        repeat_safe: operation.spec().repeat_safe,
        once: true,
        max_retries: 1.0,
        attempt_timeout: f64::INFINITY,
        timeout: f64::INFINITY,
    };
    let mut call = Call::new(plan, 0.0);
    let too_many = Head {
        status: 429,
        ..Head::default()
    };
    match before {
        Before::Nothing => {
            call = Call::new(
                Plan {
                    max_retries: 0.0,
                    ..plan
                },
                0.0,
            )
        }
        Before::TooMany => {
            call.place(0.0);
            call.answer(0.0, too_many, Body::Error, None, 0.0);
        }
        Before::Lost => {
            call.place(0.0);
            call.lost(0.0, Head::default(), 0.0);
        }
    }
    call.place(0.0);
    let head = Head { status, said };
    call.answer(0.0, head, Body::Unreadable, None, 0.0)
}

#[test]
fn no_message_says_both_that_nothing_was_sent_and_that_it_may_have_been() {
    let client = Client::builder().api_key("cfy_secret").build().unwrap();
    let statuses = [
        200, 302, 400, 401, 403, 404, 408, 409, 418, 429, 500, 501, 502, 503, 504, 520,
    ];
    for operation in Operation::EACH {
        for status in statuses {
            for said in [None].into_iter().chain(Said::EACH.map(Some)) {
                for before in [Before::Nothing, Before::TooMany, Before::Lost] {
                    let what = format!("{operation:?} {status} {said:?} {before:?}");
                    let Action::Fail { code, delivery } = decide(operation, status, said, before)
                    else {
                        panic!("{what} did not fail");
                    };
                    let safe = operation.spec().repeat_safe;
                    let reached = match said {
                        None => status >= 500 || code == Code::Parse,
                        Some(said) => said == Said::MaybeDelivered,
                    };
                    let right = match (reached, before) {
                        _ if safe => Delivery::No,
                        (true, _) => Delivery::Maybe,
                        // It is about all attempts with the call's key.
                        _ if said == Some(Said::NotDelivered) => Delivery::No,
                        (false, Before::Lost) => Delivery::Earlier,
                        (false, _) => Delivery::No,
                    };
                    assert_eq!(delivery, right, "{what}");
                    let text = r#"{"error":true,"message":"away; nothing was sent"}"#;
                    let answer = Answer {
                        status,
                        text: Some(text.into()),
                        ..Answer::default()
                    };
                    let failure = answer.failure(code, &client.settings, operation, 2, delivery);
                    let message = &failure.message;
                    assert_eq!(failure.maybe_delivered, delivery != Delivery::No, "{what}");
                    assert_eq!(
                        message.contains("the request may have been processed"),
                        delivery == Delivery::Maybe,
                        "{message}"
                    );
                    assert_eq!(
                        message.contains("an earlier attempt may have been processed"),
                        delivery == Delivery::Earlier,
                        "{message}"
                    );
                    assert_eq!(
                        message.contains("nothing was sent"),
                        delivery != Delivery::Maybe,
                        "{message}"
                    );
                }
            }
        }
    }
}
