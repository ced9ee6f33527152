//! Making calls.

use super::support::{World, accepted, refused, with};
use serde_json::json;

#[test]
fn a_call_is_made_once_per_request() {
    let mut world = World::new();
    let path = format!("make-ai-call/{}", world.agent(0));
    let body = world.new_call(1);
    let made = accepted(&world.post(&path, &body), 200);
    assert_eq!(
        made,
        json!({
            "status": "call_initiated",
            "call_type": "outbound",
            "agent_name": "Nora, front desk",
        })
    );
    accepted(&world.post(&path, &body), 200);
    let deliveries = world.control("GET", "/deliveries", None).value();
    let calls = deliveries["calls"].as_array().expect("calls");
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0]["agent_id"], json!(world.agent(0)));
    assert_eq!(calls[0]["contact_id"], json!(world.contact(1)));
    assert_ne!(calls[0]["call_id"], calls[1]["call_id"]);
}

#[test]
fn a_call_goes_on_with_time_and_then_has_its_recording() {
    let mut world = World::new();
    let path = format!("make-ai-call/{}", world.agent(0));
    let body = world.new_call(0);
    accepted(&world.post(&path, &body), 200);
    let call = |world: &mut World| world.control("GET", "", None).value()["calls"][5].clone();
    let made = call(&mut world);
    assert_eq!(made["status"], "call_initiated");
    let recording = format!(
        "get-call-recording/{}",
        made["call_id"].as_str().expect("an id")
    );
    refused(&world.get(&recording), 404);
    world.now_ms += 5_000;
    assert_eq!(call(&mut world)["status"], "in_progress");
    refused(&world.get(&recording), 404);
    world.now_ms += 5_000;
    assert_eq!(call(&mut world)["status"], "completed");
    accepted(&world.get(&recording), 200);
}

#[test]
fn only_an_active_agent_calls() {
    let mut world = World::new();
    let body = world.new_call(0);
    let paused = format!("make-ai-call/{}", world.agent(3));
    let message = refused(&world.post(&paused, &body), 400);
    assert!(message.contains("not active"), "{message}");

    let id = world.agent(0);
    world.post("archive-agent", &json!({ "agent_id": id }));
    let message = refused(&world.post(&format!("make-ai-call/{id}"), &body), 400);
    assert!(message.contains("archived"), "{message}");

    // The contract lists no 404 for this operation.
    let message = refused(&world.post("make-ai-call/nobody", &body), 400);
    assert!(message.contains("agent_id"), "{message}");
}

#[test]
fn only_somebody_with_a_number_is_called() {
    let mut world = World::new();
    let path = format!("make-ai-call/{}", world.agent(0));
    let nameless = world.new_call(5);
    let message = refused(&world.post(&path, &nameless), 400);
    assert!(message.contains("phone number"), "{message}");
    let nobody = with(&nameless, "contact_id", json!("nobody"));
    let message = refused(&world.post(&path, &nobody), 400);
    assert!(message.contains("contact_id"), "{message}");
    let deliveries = world.control("GET", "/deliveries", None).value();
    assert_eq!(deliveries["calls"], json!([]));
}
