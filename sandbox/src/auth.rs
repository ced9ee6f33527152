//! API keys: how requests carry them, and their scope.

use crate::http::{Refusal, Request};

/// The header that carries the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    Bearer,
    ApiKey,
}

impl AuthScheme {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::ApiKey => "x-api-key",
        }
    }
}

/// The key of a request. `Authorization` takes precedence; a scheme other than Bearer carries no key.
pub(crate) fn key(request: &Request) -> Option<(AuthScheme, &str)> {
    if let Some(value) = request.header("authorization") {
        let (scheme, key) = value.trim().split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| (AuthScheme::Bearer, key.trim()))
            .filter(|(_, key)| !key.is_empty());
    }
    request
        .header("x-api-key")
        .map(|key| (AuthScheme::ApiKey, key.trim()))
        .filter(|(_, key)| !key.is_empty())
}

/// The 401 of a request without a valid key. It does not repeat the key.
pub(crate) fn refusal(request: &Request) -> Refusal {
    let message = match (key(request), request.header("authorization")) {
        (Some(_), _) => "Invalid API key",
        (None, Some(_)) => "Invalid Authorization header: expected `Bearer` and an API key",
        (None, None) => "Missing API key: send it as `Authorization: Bearer …` or `x-api-key: …`",
    };
    Refusal::new(401, message)
}

/// The organization and sub-account of a key or an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) organization_id: String,
    pub(crate) sub_account_id: String,
}

impl Scope {
    /// Refuses access to an entity of another scope with 403.
    pub(crate) fn owns(&self, other: &Self, what: &str) -> Result<(), Refusal> {
        if self == other {
            Ok(())
        } else {
            Err(Refusal::scope(what))
        }
    }

    /// Refuses a request body that names another scope with 403.
    pub(crate) fn covers(
        &self,
        organization_id: &str,
        sub_account_id: &str,
    ) -> Result<(), Refusal> {
        for (name, own, sent) in [
            ("organization_id", &self.organization_id, organization_id),
            ("sub_account_id", &self.sub_account_id, sub_account_id),
        ] {
            if sent != own {
                let message = format!("{name} is outside this API key's scope");
                return Err(Refusal::new(403, message));
            }
        }
        Ok(())
    }
}
