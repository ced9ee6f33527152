//! A voice agent.

use crate::auth::Scope;
use crate::http::Refusal;
use crate::schema::text;
use crate::time::timestamp;
use serde_json::{Map, Value, json};

/// A voice agent.
#[derive(Debug, Clone)]
pub(crate) struct Agent {
    pub(crate) id: String,
    pub(crate) scope: Scope,
    /// All settings as they were sent, unknown ones included.
    pub(crate) settings: Map<String, Value>,
    pub(crate) created_ms: u64,
    pub(crate) updated_ms: u64,
    pub(crate) archived_ms: Option<u64>,
}

impl Agent {
    pub(crate) fn name(&self) -> &str {
        text(&self.settings, "name")
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.settings.get(name) == Some(&Value::Bool(true))
    }

    /// Whether the agent can make calls and write messages.
    pub(crate) fn is_active(&self) -> bool {
        self.archived_ms.is_none() && self.flag("is_active")
    }

    /// Refuses an archived or inactive agent with 400.
    pub(crate) fn require_active(&self) -> Result<(), Refusal> {
        match (self.archived_ms, self.is_active()) {
            (Some(_), _) => Err(Refusal::bad(format!(
                "agent_id: {} is archived",
                self.name()
            ))),
            (None, false) => Err(Refusal::bad(format!(
                "agent_id: {} is not active (is_active is false)",
                self.name()
            ))),
            (None, true) => Ok(()),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut agent = self.settings.clone();
        agent.insert("id".to_owned(), json!(self.id));
        agent.insert(
            "organization_id".to_owned(),
            json!(self.scope.organization_id),
        );
        agent.insert(
            "sub_account_id".to_owned(),
            json!(self.scope.sub_account_id),
        );
        agent.insert("created_at".to_owned(), json!(timestamp(self.created_ms)));
        agent.insert("updated_at".to_owned(), json!(timestamp(self.updated_ms)));
        if let Some(archived_ms) = self.archived_ms {
            agent.insert("is_active".to_owned(), json!(false));
            agent.insert("archived_at".to_owned(), json!(timestamp(archived_ms)));
        }
        Value::Object(agent)
    }
}
