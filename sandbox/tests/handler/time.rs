//! Time over HTTP: an organization whose time is advanced.

use crate::support::{Organization, accepted, refused};
use serde_json::{Value, json};

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Advances the organization's time, and returns it.
fn advance(organization: &mut Organization, ms: u64) -> Value {
    let response = organization.control("POST", "/advance", Some(&json!({ "ms": ms })));
    accepted(&response, 200)["now_ms"].clone()
}

#[test]
fn deliveries_and_the_log_carry_the_organizations_time() {
    let mut organization = Organization::with(&json!({ "contacts": 24 }));
    let start_ms = organization.now_ms;
    for hour in 0..24 {
        let message = organization.new_message(hour);
        accepted(&organization.post("send-message", &message), 200);
        advance(&mut organization, HOUR_MS);
    }
    for (list, field) in [("/deliveries", "at"), ("/log", "at_ms")] {
        let entries = organization.control("GET", list, None).value();
        let times = entries.as_array().expect("a list").iter();
        let times: Vec<_> = times.map(|entry| entry[field].as_u64()).collect();
        let hours: Vec<_> = (0..24)
            .map(|hour| Some(start_ms + hour * HOUR_MS))
            .collect();
        assert_eq!(times, hours, "{list}");
    }
    organization.now_ms += 5;
    assert_eq!(advance(&mut organization, 0), start_ms + DAY_MS + 5);
}

#[test]
fn calls_limits_and_replies_follow_it() {
    let settings =
        json!({ "contact_replies": true, "rate_limit": { "requests": 1, "per_ms": 60_000 } });
    let mut organization = Organization::with(&settings);
    let message = organization.new_message(0);
    accepted(&organization.post("send-message", &message), 200);
    refused(&organization.post("send-message", &message), 429);
    advance(&mut organization, 60_000);
    let path = format!("get-contact-messages/{}?limit=1", organization.contact(0));
    let page = accepted(&organization.get(&path), 200);
    assert_eq!(page["messages"][0]["sender_type"], "contact");

    let directory = organization.control("GET", "", None).value();
    let running = |directory: &Value| {
        let calls = directory["calls"].as_array().expect("a list").iter();
        calls
            .filter(|call| call["status"] == "call_initiated")
            .count()
    };
    assert_eq!(running(&directory), 0);
    advance(&mut organization, 60_000);
    let call = organization.new_call(0);
    let path = format!("make-ai-call/{}", organization.agent(0));
    accepted(&organization.post(&path, &call), 200);
    assert_eq!(running(&organization.control("GET", "", None).value()), 1);
    advance(&mut organization, 10_000);
    assert_eq!(running(&organization.control("GET", "", None).value()), 0);
}

#[test]
fn other_organizations_have_their_own_time_and_a_reset_restores_it() {
    let mut organization = Organization::new();
    let start_ms = organization.now_ms;
    assert_eq!(advance(&mut organization, DAY_MS), start_ms + DAY_MS);
    let other = Organization::with(&json!({})).info;
    assert_ne!(other["api_key"], Value::Null);
    organization.control("POST", "/reset", None);
    assert_eq!(advance(&mut organization, 0), start_ms);
    advance(&mut organization, u64::MAX);
    let message = organization.new_message(0);
    accepted(&organization.post("send-message", &message), 200);
}

#[test]
fn an_invalid_advance_is_refused_and_changes_nothing() {
    let mut organization = Organization::new();
    let start_ms = organization.now_ms;
    for wrong in [
        json!({}),
        json!({ "ms": -1 }),
        json!({ "ms": "5" }),
        json!([]),
    ] {
        refused(&organization.control("POST", "/advance", Some(&wrong)), 400);
    }
    refused(&organization.control("GET", "/advance", None), 405);
    assert_eq!(advance(&mut organization, 0), start_ms);
}
