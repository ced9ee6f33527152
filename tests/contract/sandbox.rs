//! The sandbox accepts valid requests, names the field of an invalid one, and responds with the
//! statuses that the contract lists.

use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::{Handler, Request, Response};
use serde_json::{Map, Value, json};

use super::cases::cases;
use super::document::{Document, Operation, Shape, text};

const NOW_MS: u64 = 1_775_000_000_000;

/// An organization in a sandbox, with the ids that requests need.
pub struct World {
    handler: Handler,
    key: String,
    other_key: String,
    /// Ids by their names in requests and paths.
    pub ids: Map<String, Value>,
}

impl World {
    pub fn new() -> Self {
        let mut handler = Handler::new(1, NOW_MS);
        let request = Request::new("POST", "/_sandbox/organizations").with_json(&json!({}));
        let world = handler.handle(&request, NOW_MS).response.value();
        let agents = world["agents"].as_array().cloned().unwrap_or_default();
        let agent = agents.iter().find(|agent| agent["is_active"] == true);
        let agent = agent.map(|agent| agent["id"].clone());
        let ids = json!({
            "organization_id": world["organization_id"],
            "sub_account_id": world["sub_account_id"],
            "agentId": agent,
            "agent_id": agent,
            "contact_id": world["contacts"][0]["id"],
            "conversation_id": world["contacts"][0]["conversation_id"],
            "call_id": world["calls"][0]["call_id"],
        });
        Self {
            handler,
            key: text(&world["api_key"]),
            other_key: text(&world["other_key"]),
            ids: ids.as_object().cloned().unwrap_or_default(),
        }
    }

    /// The ids of the initial calls and agents, including archived ones.
    pub fn all(&mut self, list: &str) -> Vec<Value> {
        let request = Request::new("GET", &format!("/_sandbox/organizations/{}", self.key));
        let world = self.handler.handle(&request, NOW_MS).response.value();
        world[list].as_array().cloned().unwrap_or_default()
    }

    /// Sends a request with the given ids in its path.
    pub fn send(
        &mut self,
        operation: &Operation,
        ids: &Map<String, Value>,
        body: Option<&Value>,
        query: &str,
    ) -> Response {
        let key = self.key.clone();
        self.send_as(&key, operation, ids, body, query)
    }

    fn send_as(
        &mut self,
        key: &str,
        operation: &Operation,
        ids: &Map<String, Value>,
        body: Option<&Value>,
        query: &str,
    ) -> Response {
        let mut path = format!("{BASE_PATH}{}{query}", operation.path);
        for (name, _) in &operation.in_path {
            path = path.replace(&format!("{{{name}}}"), &text(&ids[name]));
        }
        let request = Request::new(&operation.method, &path).with_header("x-api-key", key);
        let request = match body {
            Some(body) => request.with_json(body),
            None => request,
        };
        self.handler.handle(&request, NOW_MS).response
    }

    /// A valid request body of an operation.
    pub fn right_body(&self, document: &Document, operation: &Operation) -> Option<Value> {
        let body = operation.body.as_ref()?;
        let right = cases(document, body, &self.ids).into_iter().next();
        right.map(|case| case.request)
    }
}

#[test]
fn requests_are_judged_as_the_contract_says() {
    let document = Document::read();
    for operation in document.operations() {
        let Some(body) = &operation.body else {
            continue;
        };
        let ids = World::new().ids;
        for case in cases(&document, body, &ids) {
            let mut world = World::new();
            let answer = world.send(&operation, &ids, Some(&case.request), "");
            let said = text(&answer.value()["message"]);
            match case.verdict.field() {
                None => assert!(
                    matches!(answer.status, 200 | 201),
                    "{}: {} {said}",
                    case.what,
                    answer.status
                ),
                Some(field) => {
                    assert_eq!(answer.status, 400, "{}: {said}", case.what);
                    assert!(said.contains(field), "{}: {said}", case.what);
                }
            }
        }
    }
}

#[test]
fn a_query_is_judged_as_the_contract_says() {
    let document = Document::read();
    let operation = document.operation_of("getContactMessages");
    let fields = operation.in_query.clone();
    let shape = Shape {
        name: "query".to_owned(),
        fields,
        ..Shape::default()
    };
    let mut world = World::new();
    let ids = world.ids.clone();
    for case in cases(&document, &shape, &Map::new()) {
        let fields = case.request.as_object().cloned().unwrap_or_default();
        // Everything in a query is text, so `"1"` is valid there.
        if fields
            .values()
            .any(|value| value.is_string() || value.is_array() || value.is_object())
        {
            continue;
        }
        let query: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = world.send(&operation, &ids, None, &format!("?{}", query.join("&")));
        let what = format!("{}: {}", case.what, answer.value());
        let limit = answer.value()["limit"].as_u64();
        match case.verdict.field() {
            None => {
                assert_eq!(answer.status, 200, "{what}");
                let asked = fields.get("limit").map_or(Some(50), Value::as_u64);
                assert_eq!(limit, asked, "{what}");
            }
            // The contract lists no 400 for this operation, only for the API as a whole. So a
            // server may refuse, or use the nearest valid value.
            Some(_) if answer.status == 200 => {
                assert!(
                    limit.is_some_and(|limit| (1..=200).contains(&limit)),
                    "{what}"
                );
            }
            Some(field) => {
                assert_eq!(answer.status, 400, "{what}");
                assert!(text(&answer.value()["message"]).contains(field), "{what}");
            }
        }
    }
}

#[test]
fn every_failure_is_one_that_the_contract_lists() {
    let document = Document::read();
    let listed = |operation: &Operation, answer: &Response, expected: u16| {
        let said = answer.value();
        assert_eq!(answer.status, expected, "{}: {said}", operation.id);
        assert!(
            operation.statuses.contains(&expected),
            "{} lists no {expected}",
            operation.id
        );
        assert_eq!(said["error"], true);
        assert!(said["message"].is_string());
    };
    for operation in document.operations() {
        let mut world = World::new();
        let ids = world.ids.clone();
        let body = world.right_body(&document, &operation);

        let answer = world.send_as("cfy_nobody", &operation, &ids, body.as_ref(), "");
        listed(&operation, &answer, 401);
        let other = world.other_key.clone();
        let answer = world.send_as(&other, &operation, &ids, body.as_ref(), "");
        listed(&operation, &answer, 403);

        // Each of the ids in turn does not exist.
        let unknown = json!("00000000-0000-4000-8000-000000000000");
        let mut failed = |ids: &Map<String, Value>, body: Option<&Value>, name: &str| {
            let status = world.send(&operation, ids, body, "").status;
            let what = format!("{} with an unknown {name}: {status}", operation.id);
            assert!((400..500).contains(&status), "{what}");
            assert!(operation.statuses.contains(&status), "{what} is not listed");
        };
        for (name, _) in &operation.in_path {
            let mut ids = ids.clone();
            ids.insert(name.clone(), unknown.clone());
            failed(&ids, body.as_ref(), name);
        }
        let fields = body.iter().filter_map(Value::as_object).flatten();
        for (name, _) in fields.filter(|(name, _)| ids.contains_key(*name)) {
            let mut body = body.clone().unwrap_or_default();
            body[name] = unknown.clone();
            failed(&ids, Some(&body), name);
        }
    }
}

#[test]
fn archiving_twice_is_no_failure() {
    let document = Document::read();
    let operation = document.operation_of("archiveAgent");
    let mut world = World::new();
    let ids = world.ids.clone();
    let body = json!({ "agent_id": ids["agent_id"] });
    let first = world.send(&operation, &ids, Some(&body), "");
    let again = world.send(&operation, &ids, Some(&body), "");
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.value(), again.value());
}
