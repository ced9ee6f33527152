//! The client's request table and the checks over it.

use centerfy::internal::operations::{Operation, Spec};
use centerfy::internal::validate::{Value as Checked, check};
use serde_json::{Map, Value, json};

use super::cases::{Case, cases};
use super::document::{Document, README, Shape};

fn spec(id: &str) -> (Operation, &'static Spec) {
    let operation = Operation::EACH
        .into_iter()
        .find(|operation| operation.spec().name == id);
    let operation =
        operation.unwrap_or_else(|| panic!("{id} is not in the table in src/operations.rs"));
    (operation, operation.spec())
}

/// The field that the checks find wrong. `arguments` are the operation's own, as JavaScript gives
/// them; the last one is the request.
fn wrong_field(id: &str, arguments: &[Value]) -> Option<&'static str> {
    let (operation, spec) = spec(id);
    let look = |name: &'static str| {
        let argument = spec.fields.iter().position(|field| field.name == name);
        match argument.filter(|at| *at < arguments.len()) {
            Some(at) => Checked::of_json(arguments.get(at)),
            None => Checked::of_json(arguments.last().and_then(|request| request.get(name))),
        }
    };
    check(operation, look).err().map(|(field, _)| field)
}

#[test]
fn every_operation_is_in_the_table() {
    let document = Document::read();
    let operations = document.operations();
    for row in Operation::EACH.map(Operation::spec) {
        let documented = operations.iter().any(|operation| operation.id == row.name);
        assert!(documented, "{} is not in the contract", row.name);
    }
    for operation in operations {
        let (_, spec) = spec(&operation.id);
        assert_eq!(spec.method, operation.method, "{}", operation.id);
        assert_eq!(
            spec.id_in_path,
            !operation.in_path.is_empty(),
            "{}",
            operation.id
        );
        let parameters = operation
            .in_path
            .iter()
            .map(|(name, _)| format!("{{{name}}}"));
        let path = format!("/{}{}", spec.path, parameters.collect::<String>());
        assert_eq!(path, operation.path);
    }
}

#[test]
fn an_operation_may_be_repeated_where_the_contract_says_so() {
    let rows: Vec<&str> = README
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    for operation in Document::read().operations() {
        let (_, spec) = spec(&operation.id);
        let place = format!(
            "`{} {}",
            operation.method,
            operation.path.trim_start_matches('/')
        );
        let row = rows
            .iter()
            .find(|row| row.contains(&place))
            .expect("a row of the table");
        let says = row.rsplit(" | ").next().unwrap_or_default();
        assert_eq!(
            spec.repeat_safe,
            says.starts_with("yes"),
            "{}: {says}",
            operation.id
        );
    }
}

/// What users read of the operations that are never sent twice.
const TEXTS: [(&str, &str); 4] = [
    ("README.md", include_str!("../../README.md")),
    ("SECURITY.md", include_str!("../../SECURITY.md")),
    ("docs/proxy.md", include_str!("../../docs/proxy.md")),
    (
        "src/types/typescript/options.rs",
        include_str!("../../src/types/typescript/options.rs"),
    ),
];

/// The paragraphs of a text, each row of a table and of a list for itself.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let line = line.trim().trim_start_matches("///");
        if line.is_empty() || line.starts_with(['|', '-']) {
            paragraphs.push(String::new());
        }
        if let Some(last) = paragraphs.last_mut() {
            last.push_str(line);
        }
    }
    paragraphs
}

#[test]
fn what_is_never_sent_twice_is_named_wherever_users_read_of_it() {
    let names = |paragraph: &str| -> Vec<&str> {
        let all = Operation::EACH.map(|operation| operation.spec().name);
        let named = all.into_iter();
        named
            .filter(|name| paragraph.contains(&format!("`{name}`")))
            .collect()
    };
    let rows = Operation::EACH.map(Operation::spec).into_iter();
    let once = rows.filter(|row| !row.repeat_safe);
    let once: Vec<&str> = once.map(|row| row.name).collect();
    for (file, text) in TEXTS {
        assert!(
            paragraphs(text).iter().any(|one| names(one) == once),
            "no paragraph of {file} names these, and no others, as never sent twice: {once:?}"
        );
    }
}

#[test]
fn the_table_has_the_fields_of_the_contract_and_no_others() {
    for operation in Document::read().operations() {
        // The API's `agent_id` in archiveAgent's body is the method's argument.
        if operation.id == "archiveAgent" {
            continue;
        }
        let (_, spec) = spec(&operation.id);
        let body = operation.body.unwrap_or_default();
        let mut expected: Vec<String> = body.fields.iter().map(|(name, _)| name.clone()).collect();
        expected.extend(body.refused());
        expected.extend(operation.in_query.into_iter().map(|(name, _)| name));
        expected.sort();
        let arguments = [
            "agentId",
            "callId",
            "contactId",
            "request",
            "patch",
            "query",
        ];
        let mut fields: Vec<&str> = spec.fields.iter().map(|field| field.name).collect();
        fields.retain(|name| !arguments.contains(name));
        fields.sort_unstable();
        assert_eq!(fields, expected, "{}", operation.id);
    }
}

fn judge(case: &Case, found: Option<&str>) {
    assert_eq!(
        found,
        case.verdict.field(),
        "{}: {}",
        case.what,
        case.request
    );
}

#[test]
fn requests_are_checked_as_the_contract_says() {
    let document = Document::read();
    for operation in document.operations() {
        let body = match operation.id.as_str() {
            "archiveAgent" => continue,
            "getContactMessages" => {
                let fields = operation.in_query.clone();
                Some(Shape {
                    name: "query".to_owned(),
                    fields,
                    ..Shape::default()
                })
            }
            _ => operation.body,
        };
        let Some(body) = body else { continue };
        let id = operation.in_path.first().map(|_| json!("an id"));
        let arguments = |request: &Value| -> Vec<Value> {
            id.iter().cloned().chain([request.clone()]).collect()
        };
        for case in cases(&document, &body, &Map::new()) {
            judge(&case, wrong_field(&operation.id, &arguments(&case.request)));
        }
        for value in [json!(null), json!([]), json!("text"), json!(1), json!(true)] {
            let found = wrong_field(&operation.id, &arguments(&value));
            assert!(
                matches!(found, Some("request" | "patch" | "query")),
                "{found:?}"
            );
        }
    }
}

#[test]
fn ids_are_checked_and_never_refused_for_not_being_uuids() {
    for operation in Document::read().operations() {
        let (_, spec) = spec(&operation.id);
        let in_body = operation.id == "archiveAgent";
        if operation.in_path.is_empty() && !in_body {
            continue;
        }
        let field = spec.fields.first().map(|field| field.name);
        let found = |id: Value| {
            // With a request in which everything is missing, a right id is not what is wrong.
            let request = spec.fields.iter().any(|field| field.name == "request");
            let arguments = if request {
                vec![id, json!({})]
            } else {
                vec![id]
            };
            wrong_field(&operation.id, &arguments).filter(|wrong| Some(*wrong) == field)
        };
        for id in ["conv_abc123", "CA1234567890abcdef", "a/b", " ", "…", "null"] {
            let request = spec.fields.iter().any(|field| field.name == "patch");
            if !request {
                assert_eq!(found(json!(id)), None, "{}: {id}", operation.id);
            }
        }
        for id in [
            json!(""),
            json!(null),
            json!(1),
            json!(true),
            json!([]),
            json!({}),
        ] {
            assert_eq!(found(id.clone()), field, "{}: {id}", operation.id);
        }
        for id in [".", ".."] {
            let refused = if in_body { None } else { field };
            assert_eq!(found(json!(id)), refused, "{}: {id}", operation.id);
        }
    }
}
