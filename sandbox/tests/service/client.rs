//! The Rust client with the service as its transport.

use centerfy::Client;
use centerfy_sandbox::{Fault, Sandbox};
use std::time::Duration;

fn client(sandbox: &Sandbox, timeout: Duration) -> Client {
    let builder = Client::builder()
        .api_key(sandbox.api_key())
        .transport(sandbox.service())
        .timeout(timeout);
    builder.build().expect("a client")
}

/// Longer than any call of these tests takes.
const LONG: Duration = Duration::from_secs(60);
/// Ends a call whose response never arrives.
const SHORT: Duration = Duration::from_millis(50);

fn agent_id(sandbox: &Sandbox) -> String {
    let agents = sandbox.agents();
    agents[0]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_busy_api_is_called_again() {
    let sandbox = Sandbox::new();
    let busy = Fault::answer(503).header("retry-after-ms", "1");
    sandbox.fail("getAgent", busy).expect("a fault");
    let agent = client(&sandbox, LONG).get_agent(&agent_id(&sandbox)).await;
    assert_eq!(agent.expect("an agent").name, "Nora, front desk");
    let log = sandbox.log();
    let statuses: Vec<_> = log.iter().map(|entry| entry.status).collect();
    assert_eq!(statuses, [Some(503), Some(200)]);
}

#[tokio::test]
async fn stalled_responses_end_with_the_timeout() {
    for fault in [
        Fault::stall_headers(),
        Fault::stall_body(3),
        Fault::delay(Duration::from_secs(600)),
    ] {
        let sandbox = Sandbox::new();
        sandbox.fail("getAgent", fault.always()).expect("a fault");
        let call = client(&sandbox, SHORT).get_agent(&agent_id(&sandbox)).await;
        call.expect_err("a timeout");
        assert!(sandbox.log().iter().all(|entry| entry.closed_by_client));
    }
}

#[tokio::test]
async fn broken_bodies_are_read_again() {
    for fault in [
        Fault::cut_body(5),
        Fault::drop(centerfy_sandbox::When::Before),
    ] {
        let sandbox = Sandbox::new();
        sandbox.fail("getAgent", fault).expect("a fault");
        let agent = client(&sandbox, LONG).get_agent(&agent_id(&sandbox)).await;
        assert_eq!(agent.expect("an agent").name, "Nora, front desk");
        assert_eq!(sandbox.log().len(), 2);
    }
}
