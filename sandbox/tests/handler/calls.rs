//! Placing calls.

use super::support::{Organization, accepted, refused, with};
use serde_json::json;

#[test]
fn each_request_places_one_call() {
    let mut organization = Organization::new();
    let path = format!("make-ai-call/{}", organization.agent(0));
    let body = organization.new_call(1);
    let made = accepted(&organization.post(&path, &body), 200);
    assert_eq!(
        made,
        json!({
            "status": "call_initiated",
            "call_type": "outbound",
            "agent_name": "Nora, front desk",
        })
    );
    accepted(&organization.post(&path, &body), 200);
    let calls = organization.deliveries("makeAiCall");
    assert_eq!(calls.len(), 2);
    assert_eq!(
        calls[0]["request"]["agent_id"],
        json!(organization.agent(0))
    );
    assert_eq!(
        calls[0]["request"]["contact_id"],
        json!(organization.contact(1))
    );
    assert_ne!(calls[0]["id"], calls[1]["id"]);
    let listed = organization.control("GET", "", None).value()["calls"][5].clone();
    assert_eq!(calls[0]["id"], listed["call_id"]);
}

#[test]
fn a_call_progresses_with_time_and_then_has_its_recording() {
    let mut organization = Organization::new();
    let path = format!("make-ai-call/{}", organization.agent(0));
    let body = organization.new_call(0);
    accepted(&organization.post(&path, &body), 200);
    let call = |organization: &mut Organization| {
        organization.control("GET", "", None).value()["calls"][5].clone()
    };
    let made = call(&mut organization);
    assert_eq!(made["status"], "call_initiated");
    let recording = format!(
        "get-call-recording/{}",
        made["call_id"].as_str().expect("an id")
    );
    refused(&organization.get(&recording), 404);
    organization.now_ms += 5_000;
    assert_eq!(call(&mut organization)["status"], "in_progress");
    refused(&organization.get(&recording), 404);
    organization.now_ms += 5_000;
    assert_eq!(call(&mut organization)["status"], "completed");
    accepted(&organization.get(&recording), 200);
}

#[test]
fn only_an_active_agent_makes_calls() {
    let mut organization = Organization::new();
    let body = organization.new_call(0);
    let paused = format!("make-ai-call/{}", organization.agent(3));
    let message = refused(&organization.post(&paused, &body), 400);
    assert!(message.contains("not active"), "{message}");

    let id = organization.agent(0);
    organization.post("archive-agent", &json!({ "agent_id": id }));
    let message = refused(
        &organization.post(&format!("make-ai-call/{id}"), &body),
        400,
    );
    assert!(message.contains("archived"), "{message}");

    // The contract lists no 404 for this operation.
    let message = refused(&organization.post("make-ai-call/nobody", &body), 400);
    assert!(message.contains("agent_id"), "{message}");
}

#[test]
fn only_contacts_with_a_phone_number_are_called() {
    let mut organization = Organization::new();
    let path = format!("make-ai-call/{}", organization.agent(0));
    let nameless = organization.new_call(5);
    let message = refused(&organization.post(&path, &nameless), 400);
    assert!(message.contains("phone number"), "{message}");
    let nobody = with(&nameless, "contact_id", json!("nobody"));
    let message = refused(&organization.post(&path, &nobody), 400);
    assert!(message.contains("contact_id"), "{message}");
    assert!(organization.deliveries("makeAiCall").is_empty());
}
