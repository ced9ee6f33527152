//! One call in a simulation, where waiting takes no time.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::time::Duration;

use futures_util::future::{join, join_all, select};
use proptest::prelude::*;

use crate::client::host::simulated::{Reply, forget, now, replies, run_until, sent, timers};
use crate::client::{CenterfyError, Client, ClientBuilder, RateLimit};
use crate::error::Code;
use crate::types::{Agent, MakeAiCallRequest, Scope};

const AGENT: &str = r#"{ "id": "a", "name": "A" }"#;
const FOREVER: f64 = f64::INFINITY;

fn builder() -> ClientBuilder {
    Client::builder().api_key("cfy_secret")
}

fn client() -> Client {
    builder().build().unwrap()
}

fn get(client: &Client) -> Result<Agent, CenterfyError> {
    run_until(client.get_agent("a"), FOREVER).unwrap()
}

fn someone() -> MakeAiCallRequest {
    let scope = Scope {
        organization_id: "o".into(),
        sub_account_id: "s".into(),
    };
    MakeAiCallRequest::new("c", scope)
}

fn times() -> Vec<f64> {
    sent().iter().map(|sent| sent.at.round()).collect()
}

#[test]
fn it_waits_longer_and_longer_between_attempts() {
    replies([500, 502, 503].map(|status| Reply::new(status, "")));
    let error = get(&client()).unwrap_err();
    assert_eq!(error.code(), Code::Server);
    assert_eq!(error.attempts(), 3);
    assert_eq!(times(), [0.0, 502.0, 1504.0]);
    assert_eq!(timers(), 0);
}

#[test]
fn it_waits_as_long_as_the_server_says() {
    replies([
        Reply::new(503, "").header("retry-after", "7"),
        Reply::new(429, "").header("retry-after-ms", "20"),
        Reply::new(200, AGENT),
    ]);
    assert_eq!(get(&client()).unwrap().name, "A");
    assert_eq!(times(), [0.0, 7002.0, 7024.0]);
    assert_eq!(timers(), 0);
}

#[test]
fn a_stalled_body_is_aborted_and_tried_again() {
    let stalled = Reply {
        body_after: f64::INFINITY,
        ..Reply::new(200, AGENT)
    };
    replies([stalled, Reply::new(200, AGENT)]);
    assert!(get(&client()).is_ok());
    let sent = sent();
    assert!(sent[0].aborted && !sent[1].aborted);
    assert_eq!(sent[1].at, 30_500.0);
}

#[test]
fn silence_ends_with_the_timeout() {
    let client = builder().attempt_timeout(None).build().unwrap();
    let call = client.get_agent("a").timeout(Duration::from_secs(5));
    let error = run_until(call, FOREVER).unwrap().unwrap_err();
    assert_eq!(error.code(), Code::Timeout);
    assert_eq!(now(), 5000.0);
    assert_eq!(timers(), 0);
}

#[test]
fn an_error_whose_body_breaks_off_keeps_its_status_and_its_headers() {
    replies([Reply {
        text: None,
        ..Reply::new(404, "").header("x-request-id", "r1")
    }]);
    let error = get(&client()).unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(
        error.to_string(),
        "get_agent: not found (status 404, request r1)"
    );
}

#[test]
fn a_page_of_html_is_cut_short_and_has_no_key() {
    let page = format!("<p>cfy_secret</p>{}", "é".repeat(2000));
    replies([Reply::new(401, &page)]);
    let error = get(&client()).unwrap_err();
    let body: String = error.body().unwrap().parse().unwrap();
    assert!(body.starts_with("<p>[apiKey]</p>"));
    assert_eq!(body.chars().count(), 1000);
}

#[test]
fn an_answer_of_any_depth_is_an_error_with_the_words_of_the_server() {
    let (open, close) = ("[".repeat(4000), "]".repeat(4000));
    let text = format!(r#"{{ "error": true, "message": "not today", "deep": {open}{close} }}"#);
    replies([Reply::new(400, &text)]);
    let error = get(&client()).unwrap_err();
    assert_eq!(error.to_string(), "get_agent: not today (status 400)");
    assert_eq!(error.body().unwrap().as_str(), text);
}

#[test]
fn json_that_is_no_object_is_no_answer() {
    for text in [
        "null",
        "7",
        "[]",
        r#""ok""#,
        r#"[{ "id": "a", "name": "A" }]"#,
    ] {
        replies([Reply::new(200, text)]);
        let error = get(&client()).unwrap_err();
        assert_eq!(error.code(), Code::Parse);
        assert_eq!(
            error.to_string(),
            "get_agent: the response is not a JSON object (status 200)"
        );
    }
    replies([Reply::new(200, "<p>")]);
    assert_eq!(
        get(&client()).unwrap_err().to_string(),
        "get_agent: the response is not a JSON object (status 200)"
    );
}

#[test]
fn an_empty_message_of_the_server_gives_our_own_words() {
    replies([Reply::new(400, r#"{ "error": true, "message": "" }"#)]);
    assert_eq!(
        get(&client()).unwrap_err().to_string(),
        "get_agent: the API rejected the request (status 400)"
    );
}

#[test]
fn a_wait_that_is_longer_than_a_duration_is_the_longest() {
    replies([Reply::new(429, "").header("retry-after", &"9".repeat(40))]);
    let error = get(&client()).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::MAX));
}

#[test]
fn what_is_dropped_leaves_nothing_behind() {
    let client = builder()
        .rate_limit(RateLimit::new(1, Duration::from_secs(10)))
        .build()
        .unwrap();
    replies([Reply::new(500, "")]);
    // The first waits for its second attempt's place, the second in the queue.
    let both = select(client.get_agent("a"), client.get_agent("b"));
    assert!(run_until(both, 900.0).is_none());
    assert_eq!(timers(), 0);
    assert_eq!(sent().len(), 1);
    // On the wire.
    assert!(run_until(client.get_agent("c"), 10_500.0).is_none());
    assert!(sent()[1].aborted);
    assert_eq!(timers(), 0);
}

#[test]
fn a_pause_that_one_call_hears_of_holds_for_all() {
    let client = client();
    replies([
        Reply::new(429, "").header("retry-after", "20"),
        Reply::new(200, AGENT),
        Reply::new(200, AGENT),
    ]);
    let calls = async {
        let first = client.get_agent("a").max_retries(0).await;
        assert_eq!(first.unwrap_err().code(), Code::RateLimited);
        client.get_agent("a").await
    };
    assert!(run_until(calls, FOREVER).unwrap().is_ok());
    assert_eq!(times(), [0.0, 20_002.0]);
}

#[test]
fn the_time_that_a_429_took_is_not_charged_to_the_timeout() {
    let client = builder().rate_limit(None).build().unwrap();
    for (status, right) in [(429, true), (503, false)] {
        let held = |status| Reply {
            headers_after: 20_000.0,
            ..Reply::new(status, AGENT)
        };
        forget();
        replies([
            held(status).header("retry-after", "15"),
            held(status).header("retry-after", "15"),
            held(200),
        ]);
        assert_eq!(get(&client).is_ok(), right, "{status}");
    }
    assert_eq!(timers(), 0);
}

#[test]
fn a_slot_counts_from_its_answer_or_from_when_its_attempt_was_given_up() {
    let limit = RateLimit::new(1, Duration::from_secs(1));
    let client = builder().rate_limit(limit).timeout(None).build().unwrap();
    let late = |headers_after| Reply {
        headers_after,
        body_after: 5_000.0,
        ..Reply::new(200, AGENT)
    };
    replies([late(700.0), late(f64::INFINITY), late(1.0)]);
    let given_up = client.get_agent("b").max_retries(0);
    let given_up = given_up.attempt_timeout(Duration::from_millis(400));
    let calls = join(join(client.get_agent("a"), given_up), client.get_agent("c"));
    let ((a, b), c) = run_until(calls, FOREVER).unwrap();
    assert!(a.is_ok() && c.is_ok());
    assert_eq!(b.unwrap_err().code(), Code::Timeout);
    // One second after the headers, not the body; then one after the attempt's end.
    assert_eq!(times(), [0.0, 1_700.0, 3_100.0]);
    assert_eq!(timers(), 0);
}

#[test]
fn places_are_given_in_the_order_of_asking_and_shared_by_key() {
    let limit = RateLimit::new(2, Duration::from_secs(1));
    let [one, other] = [(); 2].map(|()| builder().rate_limit(limit).build().unwrap());
    let stranger = Client::builder().api_key("cfy_other").rate_limit(limit);
    let stranger = stranger.build().unwrap();
    replies((0..8).map(|_| Reply::new(200, AGENT)));
    let mut calls: Vec<_> = ["a", "b", "c", "d", "e"]
        .into_iter()
        .zip([&one, &other].into_iter().cycle())
        .map(|(id, client)| client.get_agent(id))
        .collect();
    calls.push(stranger.get_agent("z"));
    let answers = run_until(join_all(calls), FOREVER).unwrap();
    assert!(answers.iter().all(Result::is_ok));
    let order: Vec<_> = sent()
        .iter()
        .map(|sent| (sent.url.chars().last().unwrap(), sent.at))
        .collect();
    assert_eq!(
        order,
        [
            ('a', 0.0),
            ('b', 0.0),
            ('z', 0.0),
            ('c', 1001.0),
            ('d', 1001.0),
            ('e', 2002.0)
        ]
    );
    assert_eq!(timers(), 0);
}

#[test]
fn limiters_that_nobody_uses_are_closed() {
    for number in 0..1000 {
        replies([Reply::new(200, AGENT)]);
        let client = Client::builder().api_key(format!("cfy_{number}"));
        let limit = RateLimit::new(1, Duration::from_millis(1));
        let client = client.rate_limit(limit).build().unwrap();
        assert!(get(&client).is_ok());
    }
    assert!(crate::client::queue::open() < 100);
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let status = prop_oneof![
        Just(0),
        Just(200),
        Just(429),
        Just(500),
        Just(503),
        100..600_u32
    ];
    let text = prop::option::of(prop_oneof![
        Just("".to_owned()),
        Just(AGENT.to_owned()),
        any::<String>()
    ]);
    let after = prop_oneof![0.0..100.0, Just(f64::INFINITY)];
    let header = prop::option::of(any::<String>());
    (status, text, after.clone(), after, header).prop_map(
        |(status, text, headers_after, body_after, header)| Reply {
            headers_after,
            body_after,
            status,
            headers: header.map(|it| ("retry-after", it)).into_iter().collect(),
            text,
        },
    )
}

proptest! {
    /// Whatever the server does, a call that reaches a person is sent again after a 429 only.
    #[test]
    fn nobody_is_called_twice(given in prop::collection::vec(any_reply(), 0..5)) {
        let client = builder().rate_limit(None).build().unwrap();
        let before = sent().len();
        replies(given.clone());
        let answer = run_until(client.make_ai_call("a", &someone()), FOREVER).unwrap();
        let attempts = sent().len() - before;
        prop_assert!((1..=3).contains(&attempts));
        for reply in given.iter().take(attempts - 1) {
            prop_assert_eq!(reply.status, 429);
        }
        if let Err(error) = answer {
            prop_assert_eq!(error.attempts() as usize, attempts);
        }
        prop_assert_eq!(timers(), 0);
        crate::client::host::simulated::forget();
    }
}
