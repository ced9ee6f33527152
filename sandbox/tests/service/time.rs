//! The time of a sandbox: Tokio's, or a fixed one.

use crate::support::send_message;
use centerfy_sandbox::{Fault, Sandbox};
use std::time::{Duration, UNIX_EPOCH};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn paused_time_moves_the_sandbox() {
    let sandbox = Sandbox::builder().contact_replies(true).build();
    send_message(&sandbox).await.expect("a response");
    let contact = sandbox.contacts()[0].id.clone();
    let last = || {
        sandbox
            .conversation(&contact)
            .expect("messages")
            .last()
            .expect("one")["sender_type"]
            .clone()
    };
    assert_eq!(last(), "agent");
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(last(), "contact");
}

#[tokio::test(start_paused = true)]
async fn a_delay_passes_in_paused_time() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("any", Fault::delay(Duration::from_secs(3_600)))
        .expect("a fault");
    let start = Instant::now();
    assert_eq!(
        send_message(&sandbox).await.expect("a response").status,
        200
    );
    assert!(start.elapsed() >= Duration::from_secs(3_600));
}

#[tokio::test]
async fn advance_ends_a_delay() {
    let fixed = Sandbox::builder()
        .now(UNIX_EPOCH + Duration::from_secs(1_775_000_000))
        .build();
    for sandbox in [Sandbox::new(), fixed] {
        sandbox
            .fail("any", Fault::delay(Duration::from_secs(3_600)))
            .expect("a fault");
        let advance = async { sandbox.advance(Duration::from_secs(3_600)) };
        let (sent, ()) = tokio::join!(send_message(&sandbox), advance);
        assert_eq!(sent.expect("a response").status, 200);
    }
}

#[tokio::test]
async fn a_client_that_gives_up_during_a_delay_has_no_effect() {
    let sandbox = Sandbox::new();
    sandbox
        .fail("any", Fault::delay(Duration::from_secs(3_600)))
        .expect("a fault");
    let given_up = tokio::time::timeout(Duration::from_millis(5), send_message(&sandbox)).await;
    assert!(given_up.is_err());
    assert!(sandbox.deliveries().is_empty());
    assert!(sandbox.log()[0].closed_by_client);
}

#[test]
fn without_delays_no_runtime_is_needed() {
    let sandbox = Sandbox::new();
    let mut sent = Box::pin(send_message(&sandbox));
    let waker = std::task::Waker::noop();
    let polled = Future::poll(sent.as_mut(), &mut std::task::Context::from_waker(waker));
    assert!(matches!(polled, std::task::Poll::Ready(Ok(response)) if response.status == 200));
}

#[test]
fn handles_services_and_futures_are_send_and_sync() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}
    let sandbox = Sandbox::new();
    is_send_and_sync(&sandbox);
    is_send_and_sync(&sandbox.service());
    is_send(&send_message(&sandbox));
}
