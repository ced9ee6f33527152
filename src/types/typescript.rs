//! The TypeScript declarations of the requests and responses, which tsify derives from their structs.
//! What only TypeScript has is written by hand in `pkg-template/`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tsify::Tsify;

use crate::operations::Operation;

/// One type.
pub(super) struct Declared {
    name: &'static str,
    declaration: &'static str,
    /// Whether it is a request, or a part of one.
    is_request: bool,
    round_trip: RoundTrip,
}

type RoundTrip = fn(&Value) -> Result<Value, String>;

impl Declared {
    pub(super) const fn new<T: Tsify + Serialize + DeserializeOwned>(
        name: &'static str,
        is_request: bool,
    ) -> Self {
        Self {
            name,
            declaration: T::DECL,
            is_request,
            round_trip: |value| {
                let read: T = serde_json::from_value(value.clone()).map_err(|it| it.to_string())?;
                serde_json::to_value(&read).map_err(|it| it.to_string())
            },
        }
    }
}

const MODULES: [&[Declared]; 5] = [
    super::agents::DECLARED,
    super::calls::DECLARED,
    super::messages::DECLARED,
    super::errors::DECLARED,
    super::open::DECLARED,
];

/// Reads JSON into the type of this name and writes it again, for the contract tests.
#[must_use]
pub fn round_trip(name: &str) -> Option<RoundTrip> {
    let declared = MODULES.iter().copied().flatten();
    let mut named = declared.filter(|it| it.name == name);
    named.next().map(|it| it.round_trip)
}

const HEADER: &str = "\
// Made by `cargo xtask build` from the crate's src/types/. Do not edit.

import type { Author, BackgroundNoise, Voicemail, Webhook } from \"./conditions.js\";

export type * from \"./client-events.js\";
export type * from \"./client-options.js\";
export type * from \"./conditions.js\";
export type * from \"./error-codes.js\";

export interface UpdateAgentRequest {
    /** Not accepted: an agent stays in its organization. */
    organization_id?: never | undefined;
    /** Not accepted: an agent stays in its sub-account. */
    sub_account_id?: never | undefined;
}
";

/// The npm package's `types.d.ts`.
#[must_use]
pub fn declarations() -> String {
    let names = Operation::EACH.map(|operation| format!("\"{}\"", operation.spec().name));
    let mut text = format!(
        "{HEADER}\n/** The names of the operations. */\nexport type Operation = {};\n",
        names.join(" | ")
    );
    for it in MODULES.iter().copied().flatten() {
        // `AgentSettings` is another type in TypeScript: a flat interface, in `conditions.d.ts`.
        let declaration = intersection(it.declaration).replace("AgentSettings", "NewAgent");
        text.push('\n');
        if it.is_request {
            text.push_str(&optional_or_undefined(&declaration));
        } else {
            text.push_str(&declaration);
        }
        text.push('\n');
    }
    text
}

/// Allows `undefined` for an optional field of a request under `exactOptionalPropertyTypes`: JSON omits
/// it anyway.
fn optional_or_undefined(declaration: &str) -> String {
    let field = |line: &str| match line.strip_suffix(';') {
        Some(field) if field.contains("?: ") => format!("{field} | undefined;"),
        _ => line.to_owned(),
    };
    let lines: Vec<_> = declaration.lines().map(field).collect();
    lines.join("\n")
}

/// Makes an intersection of an interface that extends the struct's flattened parts: the parts are
/// unions, which an interface cannot extend. [`super::Unlisted`] is omitted, because its index signature
/// would let misspelled fields pass.
fn intersection(declaration: &str) -> String {
    let split = declaration.find("export interface ").and_then(|start| {
        let (comment, interface) = declaration.split_at(start);
        let (head, body) = interface.split_once(" {")?;
        let (name, parts) = head.split_once(" extends ")?;
        Some((comment, name, parts, body))
    });
    match split {
        None => declaration.to_owned(),
        Some((comment, name, "Unlisted", body)) => format!("{comment}{name} {{{body}"),
        Some((comment, name, parts, body)) => {
            let name = name.replacen("interface", "type", 1);
            let parts = parts.replace(", ", " & ");
            format!("{comment}{name} = {parts} & {{{body};")
        }
    }
}
