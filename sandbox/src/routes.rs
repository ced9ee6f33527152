//! The operations and the paths at which they live.

use crate::http::unescape;

/// The path under which the API's endpoints are; the client's base URL ends with it.
pub const BASE_PATH: &str = "/functions/v1/crm-api";

/// One of the API's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `GET get-agent/{agentId}`
    GetAgent,
    /// `POST create-agent`
    CreateAgent,
    /// `PUT update-agent/{agentId}`
    UpdateAgent,
    /// `POST archive-agent`
    ArchiveAgent,
    /// `POST make-ai-call/{agent_id}`
    MakeAiCall,
    /// `GET get-call-recording/{call_id}`
    GetCallRecording,
    /// `GET get-contact-messages/{contact_id}`
    GetContactMessages,
    /// `POST send-message`
    SendMessage,
}

/// An operation, its name and where it is.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// The operation.
    pub operation: Operation,
    /// Its `operationId` in the contract.
    pub id: &'static str,
    /// The verb.
    pub method: &'static str,
    /// The first segment of the path below the base.
    pub segment: &'static str,
    /// The name of the path's parameter, where the path has one.
    pub parameter: Option<&'static str>,
}

/// All of them.
#[rustfmt::skip]
pub const ENDPOINTS: [Endpoint; 8] = [
    Endpoint { operation: Operation::GetAgent, id: "getAgent", method: "GET", segment: "get-agent", parameter: Some("agentId") },
    Endpoint { operation: Operation::CreateAgent, id: "createAgent", method: "POST", segment: "create-agent", parameter: None },
    Endpoint { operation: Operation::UpdateAgent, id: "updateAgent", method: "PUT", segment: "update-agent", parameter: Some("agentId") },
    Endpoint { operation: Operation::ArchiveAgent, id: "archiveAgent", method: "POST", segment: "archive-agent", parameter: None },
    Endpoint { operation: Operation::MakeAiCall, id: "makeAiCall", method: "POST", segment: "make-ai-call", parameter: Some("agent_id") },
    Endpoint { operation: Operation::GetCallRecording, id: "getCallRecording", method: "GET", segment: "get-call-recording", parameter: Some("call_id") },
    Endpoint { operation: Operation::GetContactMessages, id: "getContactMessages", method: "GET", segment: "get-contact-messages", parameter: Some("contact_id") },
    Endpoint { operation: Operation::SendMessage, id: "sendMessage", method: "POST", segment: "send-message", parameter: None },
];

impl Operation {
    /// The `operationId` of the contract.
    pub fn id(self) -> &'static str {
        ENDPOINTS
            .iter()
            .find(|endpoint| endpoint.operation == self)
            .map_or("", |endpoint| endpoint.id)
    }

    /// The operation of that `operationId`.
    pub fn from_id(id: &str) -> Option<Self> {
        ENDPOINTS
            .iter()
            .find(|endpoint| endpoint.id == id)
            .map(|endpoint| endpoint.operation)
    }
}

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// To an operation, with the path's id (empty where the path has none).
    Operation(Operation, String),
    /// To an endpoint that wants another verb.
    WrongMethod(&'static str),
    /// Nowhere.
    Unknown,
}

/// The endpoint that a path names, whatever the verb and the rest of the path.
pub(crate) fn endpoint(path: &str) -> Option<&'static Endpoint> {
    let below = path.strip_prefix(BASE_PATH)?.strip_prefix('/')?;
    let segment = below.split('/').next().unwrap_or_default();
    ENDPOINTS
        .iter()
        .find(|endpoint| endpoint.segment == segment)
}

/// A path as it may be logged: the endpoint only, as an id could be a key by mistake.
pub fn public_path(path: &str) -> &str {
    match endpoint(path) {
        Some(endpoint) => endpoint.segment,
        None if path.starts_with("/recordings/") => "recordings",
        None => "(unknown)",
    }
}

/// Finds the operation of a request.
pub(crate) fn route(method: &str, path: &str) -> Route {
    let Some(endpoint) = endpoint(path) else {
        return Route::Unknown;
    };
    let rest = path
        .strip_prefix(BASE_PATH)
        .and_then(|below| below.strip_prefix('/'))
        .and_then(|below| below.strip_prefix(endpoint.segment))
        .unwrap_or_default();
    let id = match (endpoint.parameter, rest.strip_prefix('/')) {
        (None, None) => String::new(),
        (Some(_), Some(id)) if !id.is_empty() && !id.contains('/') => unescape(id),
        _ => return Route::Unknown,
    };
    if method == endpoint.method {
        Route::Operation(endpoint.operation, id)
    } else {
        Route::WrongMethod(endpoint.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_where_they_should() {
        let at = |method, path: &str| route(method, &format!("{BASE_PATH}{path}"));
        assert_eq!(
            at("GET", "/get-agent/a%2Fb"),
            Route::Operation(Operation::GetAgent, "a/b".to_owned())
        );
        assert_eq!(at("POST", "/get-agent/a"), Route::WrongMethod("GET"));
        for path in [
            "",
            "/",
            "/get-agent",
            "/get-agent/",
            "/get-agent/a/b",
            "/send-message/x",
            "/nothing",
        ] {
            assert_eq!(at("GET", path), Route::Unknown, "{path}");
        }
        assert_eq!(route("GET", "/get-agent/a"), Route::Unknown);
    }
}
