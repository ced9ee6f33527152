//! From a path to an operation.

use crate::http::unescape;
use crate::operations::{OPERATIONS, Operation};

/// The path of the API. The client's base URL ends with it.
pub const BASE_PATH: &str = "/functions/v1/crm-api";

/// The target of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// An operation and its path parameter, which is empty if the path has none.
    Operation(&'static Operation, String),
    /// A path that takes another method.
    WrongMethod(&'static str),
    /// No known path.
    Unknown,
}

/// The operation that the first segment of a path names, whatever the method and the rest.
fn named(path: &str) -> Option<(&'static Operation, &str)> {
    let below = path.strip_prefix(BASE_PATH)?.strip_prefix('/')?;
    let segment = below.split('/').next().unwrap_or_default();
    let operation = OPERATIONS
        .iter()
        .find(|operation| operation.segment() == segment)?;
    Some((operation, below.strip_prefix(segment).unwrap_or_default()))
}

/// A path as it may be logged: without ids, since one could be a key by mistake.
pub fn public_path(path: &str) -> &str {
    match named(path) {
        Some((operation, _)) => operation.segment(),
        None if path.starts_with("/recordings/") => "recordings",
        None => "(unknown)",
    }
}

/// Finds the operation of a request.
pub(crate) fn route(method: &str, path: &str) -> Route {
    let Some((operation, rest)) = named(path) else {
        return Route::Unknown;
    };
    let id = match (operation.parameter(), rest.strip_prefix('/')) {
        (None, None) => String::new(),
        (Some(_), Some(id)) if !id.is_empty() && !id.contains('/') => unescape(id),
        _ => return Route::Unknown,
    };
    if method == operation.method {
        Route::Operation(operation, id)
    } else {
        Route::WrongMethod(operation.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_operations() {
        let at = |method, path: &str| route(method, &format!("{BASE_PATH}{path}"));
        let found = at("GET", "/get-agent/a%2Fb");
        assert!(matches!(found, Route::Operation(it, id) if it.id == "getAgent" && id == "a/b"));
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
