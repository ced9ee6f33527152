//! Rate limits: shared in the process, and of the caller's own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use centerfy::{Acquire, CenterfyError, Client, Permit, RateLimit, RateLimiter};
use futures_util::future::join_all;
use tokio::sync::Semaphore;

use crate::support::{AGENT, answering, response};

/// A key of its own for each test: they share a process.
fn key() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("cfy_limits_{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_key_share_their_slots_however_the_base_is_spelled() {
    let (service, _) = answering(|_| response(200, AGENT));
    let key = key();
    let clients = ["http://example.com/api", "HTTP://EXAMPLE.com:80/api/"].map(|base| {
        let limit = RateLimit::new(1, Duration::from_secs(10));
        let client = Client::builder().api_key(&key).base_url(base);
        let client = client.rate_limit(limit).transport(service.clone());
        client.build().unwrap()
    });
    let start = tokio::time::Instant::now();
    for client in &clients {
        client.get_agent("a").await.unwrap();
    }
    assert!(start.elapsed() >= Duration::from_secs(10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_on_many_threads_all_get_their_slots() {
    let (service, log) = answering(|_| response(200, AGENT));
    let limit = RateLimit::new(50, Duration::from_millis(20));
    let client = Client::builder().api_key(key()).rate_limit(limit);
    let client = client.transport(service).build().unwrap();
    let calls = (0..500).map(|_| tokio::spawn(client.get_agent("a")));
    for answer in join_all(calls).await {
        answer.unwrap().unwrap();
    }
    assert_eq!(log.lock().unwrap().len(), 500);
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_queued_calls_can_be_dropped() {
    let (service, log) = answering(|_| response(200, AGENT));
    let limit = RateLimit::new(1, Duration::from_secs(60));
    let client = Client::builder().api_key(key()).rate_limit(limit);
    let client = client.transport(service).build().unwrap();
    client.get_agent("a").await.unwrap();
    let calls = join_all((0..10_000).map(|_| client.get_agent("a")));
    let given_up = tokio::time::timeout(Duration::from_secs(1), calls).await;
    assert!(given_up.is_err());
    // None of them holds the slot.
    client.get_agent("a").await.unwrap();
    assert_eq!(log.lock().unwrap().len(), 2);
}

struct Concurrency {
    slots: Arc<Semaphore>,
    pauses: Mutex<Vec<Duration>>,
}

impl RateLimiter for Concurrency {
    fn acquire(&self) -> Acquire<'_> {
        let slots = Arc::clone(&self.slots);
        Box::pin(async move { Ok(Permit::new(slots.acquire_owned().await?)) })
    }

    fn hold(&self, pause: Duration) {
        self.pauses.lock().unwrap().push(pause);
    }
}

#[tokio::test(start_paused = true)]
async fn a_limiter_of_ones_own_is_asked_for_each_attempt_and_hears_of_pauses() {
    let (service, log) = answering(|number| {
        let mut response = response(if number == 1 { 429 } else { 200 }, AGENT);
        let wait = http::HeaderValue::from_static("7");
        response.headers_mut().insert("retry-after", wait);
        response
    });
    let limiter = Arc::new(Concurrency {
        slots: Arc::new(Semaphore::new(1)),
        pauses: Mutex::default(),
    });
    let client = Client::builder().api_key(key()).transport(service);
    let client = client.rate_limiter(limiter.clone()).build().unwrap();
    let calls = join_all((0..3).map(|_| client.get_agent("a"))).await;
    assert!(calls.iter().all(Result::is_ok), "{calls:?}");
    assert_eq!(log.lock().unwrap().len(), 4);
    assert_eq!(*limiter.pauses.lock().unwrap(), [Duration::from_secs(7)]);
    assert_eq!(limiter.slots.available_permits(), 1);
    limiter.slots.close();
    let error = client.get_agent("a").await.unwrap_err();
    assert!(matches!(error, CenterfyError::RateLimited(_)), "{error:?}");
    assert!(
        error.to_string().contains("the rate limiter failed"),
        "{error}"
    );
}
