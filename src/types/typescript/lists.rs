//! The names of operations and of errors, as the crate has them.

use crate::error::Code;
use crate::operations::Operation;

/// `Operation`: the names of the operations.
pub(super) fn operations() -> String {
    let names = Operation::EACH.map(|operation| operation.spec().name);
    union(
        "The operations, by their names in TypeScript and in the API's OpenAPI document.",
        "Operation",
        &names,
    )
}

/// `ErrorCode`: the names of the codes, with what each means.
pub(super) fn codes() -> String {
    let mut comment = String::from("Why a call failed.\n");
    for code in Code::EACH {
        comment += &format!("\n- `{}`: {}", code.name(), when(code));
    }
    union(&comment, "ErrorCode", &Code::EACH.map(Code::name))
}

fn when(code: Code) -> &'static str {
    match code {
        Code::Validation => {
            "refused before anything was sent. `field` says which field, the message what was\n  \
             expected."
        }
        Code::BadRequest => "the server answered 400.",
        Code::Authentication => "the server answered 401: the key is missing or wrong.",
        Code::Permission => {
            "the server answered 403: the organization or sub-account is not the key's."
        }
        Code::NotFound => "the server answered 404.",
        Code::RateLimited => {
            "the server answered 429: too many requests. `retryAfter` says how long to wait."
        }
        Code::Server => "the server answered 500 or above.",
        Code::Http => {
            "the server answered with another status that is no success, or said\n  \
             `\"error\": true` under a success."
        }
        Code::Network => "no answer came. `cause` is what `fetch` rejected with.",
        Code::Timeout => "`attemptTimeout` or `timeout` ran out.",
        Code::Parse => "the server answered with success, but not with JSON.",
        Code::Load => "the client's WebAssembly could not be loaded.",
    }
}

fn union(comment: &str, name: &str, values: &[&str]) -> String {
    let comment: String = comment
        .lines()
        .map(|line| format!(" * {line}").trim_end().to_owned() + "\n")
        .collect();
    let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
    let values = values.join(" | ");
    format!("/**\n{comment} */\nexport type {name} = {values};")
}
