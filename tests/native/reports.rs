//! What a client reports of its calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use centerfy::{Code, Event, EventKind};

use crate::support::{AGENT, answering, builder, response};

type Events = Arc<Mutex<Vec<Event>>>;

fn keep(events: &Events) -> impl Fn(&Event) + Send + Sync + 'static + use<> {
    let events = Arc::clone(events);
    move |event| events.lock().unwrap().push(event.clone())
}

fn words(event: &Event) -> String {
    match &event.kind {
        EventKind::Request => format!("request {}", event.attempt),
        EventKind::Response { status, .. } => format!("response {status}"),
        EventKind::Failure { code, .. } => format!("failure {}", code.name()),
        EventKind::Retry { reason, .. } => format!("retry for {}", reason.name()),
        EventKind::End { code, .. } => format!("end {:?}", code.map(Code::name)),
        other => format!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn each_step_of_a_call_is_told_with_its_number() {
    let (service, _) = answering(|number| match number {
        1 => response(503, "cfy_secret_key"),
        _ => response(200, AGENT),
    });
    let events = Events::default();
    let client = builder().on_event(keep(&events)).transport(service);
    let client = client.build().unwrap();
    client.get_agent("cfy_secret_key").await.unwrap();
    client.get_agent("b").await.unwrap();
    let events = events.lock().unwrap();
    let (first, second): (Vec<_>, Vec<_>) = events
        .iter()
        .partition(|it| it.call_id == events[0].call_id);
    let told: Vec<_> = first.iter().map(|it| words(it)).collect();
    assert_eq!(
        told,
        [
            "request 1",
            "response 503",
            "retry for server",
            "request 2",
            "response 200",
            "end None"
        ]
    );
    assert_eq!(second.len(), 3);
    assert!(!format!("{events:?}").contains("cfy_secret_key"));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_is_given_up_is_a_failure() {
    let service = tower::service_fn(|_: crate::support::Request| {
        std::future::pending::<Result<crate::support::Response, std::convert::Infallible>>()
    });
    let events = Events::default();
    let client = builder().on_event(keep(&events)).transport(service);
    let client = client.max_retries(0).build().unwrap();
    let call = client
        .get_agent("a")
        .attempt_timeout(Duration::from_secs(1));
    assert!(call.await.is_err());
    let events = events.lock().unwrap();
    let told: Vec<_> = events.iter().map(words).collect();
    assert_eq!(
        told,
        ["request 1", "failure timeout", "end Some(\"timeout\")"]
    );
}

#[tokio::test]
async fn a_listener_that_panics_changes_nothing() {
    let (service, _) = answering(|_| response(200, AGENT));
    let client = builder().on_event(|_| panic!("of the listener"));
    let client = client.transport(service).build().unwrap();
    assert!(client.get_agent("a").await.is_ok());
}
