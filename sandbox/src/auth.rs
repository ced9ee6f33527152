//! The API key: both ways to send it, and what it may touch.

use crate::http::{Refusal, Request};

/// How a request carried its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Bearer,
    ApiKey,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::ApiKey => "x-api-key",
        }
    }
}

/// The key of a request. `Authorization` counts first; a scheme other than Bearer is no key.
pub(crate) fn key(request: &Request) -> Option<(Way, &str)> {
    if let Some(value) = request.header("authorization") {
        let (scheme, key) = value.trim().split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| (Way::Bearer, key.trim()))
            .filter(|(_, key)| !key.is_empty());
    }
    request
        .header("x-api-key")
        .map(|key| (Way::ApiKey, key.trim()))
        .filter(|(_, key)| !key.is_empty())
}

/// 401, in words that help and do not repeat the key.
pub(crate) fn refusal(request: &Request) -> Refusal {
    let message = match (key(request), request.header("authorization")) {
        (Some(_), _) => "Invalid API key",
        (None, Some(_)) => "Invalid Authorization header: expected `Bearer` and an API key",
        (None, None) => "Missing API key: send it as `Authorization: Bearer …` or `x-api-key: …`",
    };
    Refusal::new(401, message)
}

/// The organization and sub-account that a key, or a thing, belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) organization_id: String,
    pub(crate) sub_account_id: String,
}

impl Scope {
    /// 403 unless this scope is `other`.
    pub(crate) fn owns(&self, other: &Self, what: &str) -> Result<(), Refusal> {
        if self == other {
            Ok(())
        } else {
            Err(Refusal::scope(what))
        }
    }

    /// 403 unless the ids in a request's body are this scope's.
    pub(crate) fn covers(
        &self,
        organization_id: &str,
        sub_account_id: &str,
    ) -> Result<(), Refusal> {
        if organization_id != self.organization_id {
            return Err(Refusal::new(
                403,
                "organization_id is outside this API key's scope",
            ));
        }
        if sub_account_id != self.sub_account_id {
            return Err(Refusal::new(
                403,
                "sub_account_id is outside this API key's scope",
            ));
        }
        Ok(())
    }
}
