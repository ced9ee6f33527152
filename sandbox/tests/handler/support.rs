//! An organization in a handler, and shortcuts for requests to it.

use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::{Field, Presence};
use centerfy_sandbox::operations::Operation;
use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::schema::Schema;
use centerfy_sandbox::{Handler, Outcome, Request, Response};
use serde_json::{Value, json};

/// An organization of its own, with its main key.
pub struct Organization {
    pub handler: Handler,
    pub now_ms: u64,
    pub info: Value,
}

impl Organization {
    /// A seeded organization without a rate limit.
    pub fn new() -> Self {
        Self::with(&json!({}))
    }

    /// An organization with these settings.
    pub fn with(settings: &Value) -> Self {
        let now_ms = 1_775_000_000_000;
        let mut organization = Self {
            handler: Handler::new(7, now_ms),
            now_ms,
            info: Value::Null,
        };
        let request = Request::new("POST", "/_sandbox/organizations").with_json(settings);
        let created = organization.send(request);
        assert_eq!(created.status, 201, "{}", created.value());
        organization.info = created.value();
        organization
    }

    /// Sends a request as it is.
    pub fn send(&mut self, request: Request) -> Response {
        self.outcome(&request).response
    }

    /// Sends a request and returns its outcome.
    pub fn outcome(&mut self, request: &Request) -> Outcome {
        self.handler.handle(request, self.now_ms)
    }

    /// A request to the API with the main key.
    pub fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request {
        let request = Request::new(method, &format!("{BASE_PATH}/{path}"))
            .with_header("host", "127.0.0.1:8787")
            .with_header("x-api-key", self.text("/api_key"));
        match body {
            Some(body) => request.with_json(body),
            None => request,
        }
    }

    /// A valid request for an operation.
    pub fn request_for(&self, operation: &Operation) -> Request {
        let path = match operation.parameter() {
            Some(name) => format!("{}/{}", operation.segment(), self.id(name)),
            None => operation.segment().to_owned(),
        };
        let body = operation.schema.map(|schema| self.body_for(schema));
        self.request(operation.method, &path, body.as_ref())
    }

    /// A valid body with the required fields.
    fn body_for(&self, schema: &Schema) -> Value {
        let required = schema
            .iter()
            .filter(|field| field.presence == Presence::Required);
        let value = |field: &Field| match field.accepts {
            Accepts::OneOf(words) => json!(words[0]),
            Accepts::Number { max, .. } => json!(max.min(5.0)),
            Accepts::Boolean => json!(false),
            _ if field.name.ends_with("_id") => json!(self.id(field.name)),
            _ => json!("text"),
        };
        required
            .map(|field| (field.name.to_owned(), value(field)))
            .collect()
    }

    /// An existing id, by the name of its path parameter or field.
    fn id(&self, name: &str) -> String {
        match name {
            "agentId" | "agent_id" => self.agent(0),
            "contact_id" => self.contact(0),
            "conversation_id" => self.conversation(0),
            "call_id" => self.text("/calls/1/call_id").to_owned(),
            "organization_id" | "sub_account_id" => self.text(&format!("/{name}")).to_owned(),
            _ => "text".to_owned(),
        }
    }

    pub fn get(&mut self, path: &str) -> Response {
        self.send(self.request("GET", path, None))
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Response {
        self.send(self.request("POST", path, Some(body)))
    }

    pub fn put(&mut self, path: &str, body: &Value) -> Response {
        self.send(self.request("PUT", path, Some(body)))
    }

    /// Sends a request with the key of the other organization.
    pub fn as_other(&mut self, method: &str, path: &str, body: Option<&Value>) -> Response {
        let mut request = self.request(method, path, body);
        request.headers.retain(|(name, _)| name != "x-api-key");
        let key = self.text("/other_key").to_owned();
        self.send(request.with_header("x-api-key", &key))
    }

    /// Sends a request to a control endpoint of this organization.
    pub fn control(&mut self, method: &str, path: &str, body: Option<&Value>) -> Response {
        let path = format!("/_sandbox/organizations/{}{path}", self.text("/api_key"));
        let request = Request::new(method, &path);
        self.send(match body {
            Some(body) => request.with_json(body),
            None => request,
        })
    }

    /// The deliveries of an operation.
    pub fn deliveries(&mut self, operation: &str) -> Vec<Value> {
        let all = self.control("GET", "/deliveries", None).value();
        let all = all.as_array().expect("an array").iter();
        all.filter(|it| it["operation"] == operation)
            .cloned()
            .collect()
    }

    /// A string of the directory, by JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.info
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer}"))
    }

    pub fn agent(&self, index: usize) -> String {
        self.text(&format!("/agents/{index}/id")).to_owned()
    }

    pub fn contact(&self, index: usize) -> String {
        self.text(&format!("/contacts/{index}/id")).to_owned()
    }

    pub fn conversation(&self, index: usize) -> String {
        self.text(&format!("/contacts/{index}/conversation_id"))
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

/// The object with one field added or replaced.
pub fn with(object: &Value, field: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[field] = value;
    object
}

/// The object without a field.
pub fn without(object: &Value, field: &str) -> Value {
    let mut object = object.clone();
    object
        .as_object_mut()
        .expect("an object")
        .remove(field)
        .expect("the field was there");
    object
}

/// Asserts that a response is an error in the API's format, and returns its message.
#[track_caller]
pub fn refused(response: &Response, status: u16) -> String {
    let body = response.value();
    assert_eq!(response.status, status, "{body}");
    assert_eq!(body["error"], true);
    assert_eq!(response.header("content-type"), Some("application/json"));
    body["message"].as_str().expect("a message").to_owned()
}

/// Asserts that a response is a success, and returns its body.
#[track_caller]
pub fn accepted(response: &Response, status: u16) -> Value {
    assert_eq!(response.status, status, "{}", response.value());
    response.value()
}
