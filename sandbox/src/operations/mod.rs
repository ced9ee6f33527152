//! The operations of the API, one row each.
//!
//! To add an operation, add a row here and its function in one of the modules below.

mod agents;
mod calls;
mod messages;

use crate::auth::Scope;
use crate::http::{Refusal, Request, Response};
use crate::organization::{Delivery, Organization};
use crate::schema::{self, Schema, body_of, text};
use centerfy::internal::operations::Operation as Id;
use serde_json::{Map, Value, json};

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId` in the contract.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path below [`BASE_PATH`](crate::routes::BASE_PATH). Its last segment may be a parameter,
    /// as in `get-agent/{agentId}`.
    pub path: &'static str,
    /// The fields of the request body. `None` if the operation has no body.
    pub schema: Option<&'static Schema>,
    run: fn(&mut Organization, &Invocation<'_>) -> Result<Response, Refusal>,
}

/// All operations.
#[rustfmt::skip]
pub static OPERATIONS: [Operation; 8] = [
    Operation { id: "getAgent", method: "GET", path: "get-agent/{agentId}", schema: None, run: agents::get },
    Operation { id: "createAgent", method: "POST", path: "create-agent", schema: Some(body_of(Id::CreateAgent)), run: agents::create },
    Operation { id: "updateAgent", method: "PUT", path: "update-agent/{agentId}", schema: Some(body_of(Id::UpdateAgent)), run: agents::update },
    Operation { id: "archiveAgent", method: "POST", path: "archive-agent", schema: Some(&agents::ARCHIVE), run: agents::archive },
    Operation { id: "makeAiCall", method: "POST", path: "make-ai-call/{agent_id}", schema: Some(body_of(Id::MakeAiCall)), run: calls::make },
    Operation { id: "getCallRecording", method: "GET", path: "get-call-recording/{call_id}", schema: None, run: calls::get_recording },
    Operation { id: "getContactMessages", method: "GET", path: "get-contact-messages/{contact_id}", schema: None, run: messages::get },
    Operation { id: "sendMessage", method: "POST", path: "send-message", schema: Some(body_of(Id::SendMessage)), run: messages::send },
];

impl Operation {
    /// The operation with that `operationId`.
    pub fn from_id(id: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|operation| operation.id == id)
    }

    /// The first segment of the path. It identifies the operation.
    pub fn segment(&self) -> &'static str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// The name of the path parameter, if the path has one.
    pub fn parameter(&self) -> Option<&'static str> {
        let (_, parameter) = self.path.split_once("/{")?;
        parameter.strip_suffix('}')
    }

    /// Performs the operation. A refused operation changes nothing.
    pub(crate) fn perform(
        &'static self,
        organization: &mut Organization,
        input: &Input<'_>,
    ) -> Result<Response, Refusal> {
        let body = match self.schema {
            Some(schema) => schema::read(schema, input.request)?,
            None => Map::new(),
        };
        let invocation = Invocation {
            operation: self,
            id: input.id,
            scope: input.scope,
            request: input.request,
            body,
            now_ms: input.now_ms,
        };
        (self.run)(organization, &invocation)
    }
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Operation {}

/// What an operation is performed with, before the body is read.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    /// The path parameter; empty if the path has none.
    pub(crate) id: &'a str,
    /// The scope of the API key.
    pub(crate) scope: &'a Scope,
    pub(crate) request: &'a Request,
    pub(crate) now_ms: u64,
}

/// One invocation of an operation, with a body that follows the schema.
#[derive(Debug)]
pub(crate) struct Invocation<'a> {
    operation: &'static Operation,
    /// The path parameter; empty if the path has none.
    id: &'a str,
    /// The scope of the API key.
    scope: &'a Scope,
    request: &'a Request,
    body: Map<String, Value>,
    now_ms: u64,
}

impl Invocation<'_> {
    /// A string of the request body; empty if the body has none of that name.
    fn text(&self, name: &str) -> &str {
        text(&self.body, name)
    }

    /// Refuses a body whose scope is not that of the API key.
    fn require_own_scope(&self) -> Result<(), Refusal> {
        self.scope
            .covers(self.text("organization_id"), self.text("sub_account_id"))
    }

    /// Records a delivery: the operation had an effect that repeating it would have again. `id` is
    /// that of what the operation created. If it created nothing, `id` is a new one, because each
    /// delivery has its own.
    fn deliver(&self, organization: &mut Organization, id: &str, response: &Value) {
        let mut request = self.body.clone();
        if let Some(parameter) = self.operation.parameter() {
            request.insert(parameter.to_owned(), json!(self.id));
        }
        organization.deliveries.push(Delivery {
            operation: self.operation.id,
            id: id.to_owned(),
            request,
            response: response.clone(),
            at: self.now_ms,
        });
    }
}
