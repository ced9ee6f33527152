//! Random requests.

use super::support::Organization;
use centerfy_sandbox::operations::OPERATIONS;
use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::{Handler, Request};
use serde_json::{Value, json};

/// A small generator, so that a seed reproduces a failure.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count as u64).expect("a small number")
    }

    fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    fn junk(&mut self) -> String {
        let pieces = [
            "", "%", "%2", "%2f", "%ff", "..", "/", "?", "&", "=", "a", "é", "\u{0}", "💥", "0",
            "-1", " ", "\"", "\\",
        ];
        (0..self.below(6)).map(|_| self.pick(&pieces)).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(1_000)),
            3 => json!(f64::MAX),
            4 => json!(-0.5),
            5 => json!(self.junk()),
            6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => self.object(depth - 1),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let names = [
            "name",
            "temperature",
            "ai",
            "agent_id",
            "conversation_id",
            "channel",
            "content",
            "webhook",
            "type",
            "times",
            "status",
            "headers",
            "body",
            "repeat",
            "afterBytes",
            "bytes",
            "everyMs",
            "ms",
            "when",
            "rate_limit",
            "requests",
            "per_ms",
            "contact_id",
            "operation",
            "empty",
            "is_active",
        ];
        let mut object = json!({});
        for _ in 0..self.below(8) {
            let name = match self.below(8) {
                0 => self.junk(),
                _ => self.pick(&names).to_owned(),
            };
            object[name] = self.value(depth);
        }
        object
    }
}

fn request(dice: &mut Dice, organization: &Organization) -> Request {
    let method = dice.pick(&[
        "GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "", "ÄÖ",
    ]);
    let key = organization.text("/api_key");
    let ids = [
        organization.agent(0),
        organization.contact(0),
        organization.text("/calls/1/call_id").to_owned(),
        dice.junk(),
    ];
    let id = &ids[dice.below(ids.len())];
    let operation = &OPERATIONS[dice.below(OPERATIONS.len())];
    let path = match dice.below(10) {
        0 => dice.junk(),
        1 => format!("/recordings/{id}.wav"),
        2 => format!("/_sandbox/{}", dice.junk()),
        3 | 4 => {
            let path = dice.pick(&["faults", "log", "deliveries", "messages", "reset", ""]);
            format!("/_sandbox/organizations/{key}/{path}")
        }
        _ => format!("{BASE_PATH}/{}/{id}", operation.segment()),
    };
    let query = match dice.below(3) {
        0 => String::new(),
        1 => format!("limit={}&offset={}", dice.junk(), dice.junk()),
        _ => dice.junk(),
    };
    let mut request = Request::new(method, &path);
    request.query = query;
    for _ in 0..dice.below(4) {
        let name = dice.pick(&[
            "authorization",
            "range",
            "origin",
            "host",
            "access-control-request-headers",
            "accept",
        ]);
        let value = dice.junk();
        request = request.with_header(name, &value);
    }
    if dice.below(5) > 0 {
        request = request.with_header("x-api-key", key);
    }
    match dice.below(4) {
        0 => request.body = dice.junk().into_bytes(),
        _ => request = request.with_json(&dice.value(3)),
    }
    request
}

#[test]
fn no_request_panics_and_every_error_has_the_apis_format() {
    let mut dice = Dice(0x5EED_CAFE);
    let mut organization = Organization::new();
    for turn in 0..20_000 {
        organization.now_ms += 7;
        let request = request(&mut dice, &organization);
        let pending = organization.handler.receive(&request, organization.now_ms);
        let response = organization
            .handler
            .respond(&pending, &request, organization.now_ms);
        assert!((200..600).contains(&response.status), "{request:?}");
        // An operation may have taken a fault, whose response is random.
        if response.status >= 400 && pending.operation().is_none() {
            let body = response.value();
            assert_eq!(body["error"], true, "{request:?}");
            assert!(body["message"].is_string(), "{request:?}");
        }
        if turn % 500 == 0 {
            organization.control("POST", "/reset", None);
        }
    }
}

#[test]
fn a_clone_of_a_handler_continues_identically() {
    let mut one = Handler::new(3, 0);
    let mut two = one.clone();
    let made = Request::new("POST", "/_sandbox/organizations");
    assert_eq!(one.handle(&made, 5).response, two.handle(&made, 5).response);
}
