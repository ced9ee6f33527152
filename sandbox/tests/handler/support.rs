//! A world in a sandbox, and short words to talk to it.

use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::{Answer, Outcome, Request, Sandbox};
use serde_json::{Value, json};

/// A world of its own, asked with its own key.
pub struct World {
    pub sandbox: Sandbox,
    pub now_ms: u64,
    pub info: Value,
}

impl World {
    /// A world as seeded, without any limit.
    pub fn new() -> Self {
        Self::with(&json!({}))
    }

    /// A world made with these settings.
    pub fn with(settings: &Value) -> Self {
        let now_ms = 1_775_000_000_000;
        let mut world = Self {
            sandbox: Sandbox::new(7, now_ms),
            now_ms,
            info: Value::Null,
        };
        let made = world.send(Request::new("POST", "/_sandbox/worlds").with_json(settings));
        assert_eq!(made.status, 201, "{}", made.value());
        world.info = made.value();
        world
    }

    /// Sends a request as it is.
    pub fn send(&mut self, request: Request) -> Answer {
        self.outcome(&request).answer
    }

    /// Sends a request and tells how its answer is handed over.
    pub fn outcome(&mut self, request: &Request) -> Outcome {
        self.sandbox.handle(request, self.now_ms)
    }

    /// A request to the API with the world's key.
    pub fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request {
        let request = Request::new(method, &format!("{BASE_PATH}/{path}"))
            .with_header("host", "127.0.0.1:8787")
            .with_header("x-api-key", self.text("/api_key"));
        match body {
            Some(body) => request.with_json(body),
            None => request,
        }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path, None))
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(self.request("POST", path, Some(body)))
    }

    pub fn put(&mut self, path: &str, body: &Value) -> Answer {
        self.send(self.request("PUT", path, Some(body)))
    }

    /// Sends with the key of the other organization.
    pub fn as_other(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.request(method, path, body);
        request.headers.retain(|(name, _)| name != "x-api-key");
        let key = self.text("/other_key").to_owned();
        self.send(request.with_header("x-api-key", &key))
    }

    /// Asks the control door about this world.
    pub fn control(&mut self, method: &str, door: &str, body: Option<&Value>) -> Answer {
        let path = format!("/_sandbox/worlds/{}{door}", self.text("/api_key"));
        let request = Request::new(method, &path);
        self.send(match body {
            Some(body) => request.with_json(body),
            None => request,
        })
    }

    /// A text of the world's description, by JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.info
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer}"))
    }

    pub fn agent(&self, place: usize) -> String {
        self.text(&format!("/agents/{place}/id")).to_owned()
    }

    pub fn contact(&self, place: usize) -> String {
        self.text(&format!("/contacts/{place}/id")).to_owned()
    }

    pub fn conversation(&self, place: usize) -> String {
        self.text(&format!("/contacts/{place}/conversation_id"))
            .to_owned()
    }

    /// A complete request for a new agent.
    pub fn new_agent(&self) -> Value {
        json!({
            "name": "Test agent",
            "voice_id": "Aria",
            "max_duration": 10,
            "temperature": 0.5,
            "silence_timeout": 5,
            "voice_activity_timeout": 300,
            "llm_model": "gpt-4o-mini",
            "language": "en-US",
            "background_noise": false,
            "voicemail_detection": false,
            "backcchanneling": true,
            "is_active": true,
            "organization_id": self.text("/organization_id"),
            "sub_account_id": self.text("/sub_account_id"),
            "webhook": false,
            "recording": true,
        })
    }

    /// A complete request for a call to a contact.
    pub fn new_call(&self, contact: usize) -> Value {
        json!({
            "contact_id": self.contact(contact),
            "organization_id": self.text("/organization_id"),
            "sub_account_id": self.text("/sub_account_id"),
        })
    }

    /// A complete request for a message to a contact.
    pub fn new_message(&self, contact: usize) -> Value {
        json!({
            "content": "See you tomorrow.",
            "ai": false,
            "conversation_id": self.conversation(contact),
            "channel": "sms",
        })
    }
}

/// The same object with one field more or changed.
pub fn with(object: &Value, field: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[field] = value;
    object
}

/// The same object without a field.
pub fn without(object: &Value, field: &str) -> Value {
    let mut object = object.clone();
    object
        .as_object_mut()
        .expect("an object")
        .remove(field)
        .expect("the field was there");
    object
}

/// Checks that an answer is a failure in the API's form, and gives its message.
#[track_caller]
pub fn refused(answer: &Answer, status: u16) -> String {
    let body = answer.value();
    assert_eq!(answer.status, status, "{body}");
    assert_eq!(body["error"], true);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    body["message"].as_str().expect("a message").to_owned()
}

/// Checks that an answer is a success, and gives its body.
#[track_caller]
pub fn accepted(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.value());
    answer.value()
}
