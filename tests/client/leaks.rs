//! What was done leaves nothing behind: no memory, no timer.

use std::cell::Cell;
use std::time::Duration;

use crate::runner::conformance_test;
use centerfy::{Client, RateLimit};
use futures_util::future::join_all;
use wasm_bindgen::prelude::*;

use crate::world::sleep;

#[wasm_bindgen(inline_js = r#"
const { fetch, setTimeout, clearTimeout } = globalThis;
let timers = new Set();
// Every third request fails; one whose URL says so never ends.
export const stub = () => {
  let n = 0;
  globalThis.fetch = (url, { signal }) => {
    if (url.includes("stall")) {
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }
    if (n++ % 3 === 2) return Promise.reject(new TypeError("no"));
    return Promise.resolve(new Response('{ "id": "a", "name": "A" }'));
  };
  globalThis.setTimeout = (ring, ms, ...more) => {
    const id = setTimeout(() => { timers.delete(id); ring(...more); }, ms);
    timers.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => { timers.delete(id); clearTimeout(id); };
};
export const unstub = () => Object.assign(globalThis, { fetch, setTimeout, clearTimeout });
export const timersLeft = () => timers.size;
"#)]
extern "C" {
    fn stub();
    fn unstub();
    #[wasm_bindgen(js_name = timersLeft)]
    fn timers_left() -> u32;
}

fn client() -> Client {
    let client = Client::builder().base_url("http://127.0.0.1:1/leaks");
    let limit = RateLimit::new(50, Duration::from_millis(1));
    client.rate_limit(limit).build().unwrap()
}

fn memory() -> usize {
    core::arch::wasm32::memory_size(0)
}

async fn calls(client: &Client, count: usize) -> usize {
    let failed = Cell::new(0);
    let call = |_| async {
        let answer = client.get_agent("a").max_retries(0).await;
        failed.set(failed.get() + usize::from(answer.is_err()));
    };
    join_all((0..count).map(call)).await;
    failed.get()
}

async fn drops(client: &Client, count: usize) {
    let calls = (0..count).map(|i| client.get_agent(if i % 2 == 0 { "stall" } else { "a" }));
    let all = std::pin::pin!(join_all(calls));
    let time = std::pin::pin!(sleep(Duration::from_millis(5)));
    futures_util::future::select(all, time).await;
}

#[conformance_test]
async fn calls_that_succeed_fail_and_are_dropped_leave_nothing() {
    stub();
    let client = client();
    // Warm up: as much at once as later.
    calls(&client, 200).await;
    drops(&client, 200).await;
    let before = memory();
    let mut failed = 0;
    for _ in 0..50 {
        failed += calls(&client, 200).await;
        drops(&client, 200).await;
    }
    // Promises settle after what is dropped.
    sleep(Duration::from_millis(20)).await;
    let (after, timers) = (memory(), timers_left());
    unstub();
    assert!(failed > 3000, "{failed}");
    // Node.js's own fetch, which the other tests use, has one for its idle connections.
    assert!(timers <= 2, "{timers} timers are left");
    assert!(after - before <= 2, "{before} pages became {after}");
}
