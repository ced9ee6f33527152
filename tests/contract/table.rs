//! The client's request table and its checks.

use centerfy::internal::operations::{Operation, Spec};
use centerfy::internal::validate::{Value as Checked, check};
use serde_json::{Map, Value, json};

use super::cases::{Case, cases};
use super::document::Document;

fn spec(id: &str) -> (Operation, &'static Spec) {
    let operation = Operation::EACH
        .into_iter()
        .find(|operation| operation.spec().name == id);
    let operation =
        operation.unwrap_or_else(|| panic!("{id} is not in the table in src/operations.rs"));
    (operation, operation.spec())
}

/// The field that the checks refuse. `arguments` are the operation's, as JavaScript passes them; the
/// last one is the request.
pub fn wrong_field(id: &str, arguments: &[Value]) -> Option<&'static str> {
    let (operation, spec) = spec(id);
    let look = |name: &'static str| {
        let argument = spec.fields.iter().position(|field| field.name == name);
        let value = match argument.filter(|at| *at < arguments.len()) {
            Some(at) => arguments.get(at),
            None => arguments.last().and_then(|request| request.get(name)),
        };
        Checked::of_json(value.map(Value::to_string).as_deref())
    };
    let faults = check(operation, look).err()?;
    faults.first().map(|(field, _)| *field)
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
    for operation in Document::read().operations() {
        let (_, spec) = spec(&operation.id);
        assert_eq!(spec.repeat_safe, operation.repeat_safe, "{}", operation.id);
    }
}

#[test]
fn the_readme_names_the_operations_that_are_not_repeat_safe() {
    let rows = Operation::EACH.map(Operation::spec).into_iter();
    let names: Vec<String> = rows
        .filter(|row| !row.repeat_safe)
        .map(|row| format!("`{}`", row.name))
        .collect();
    let names = names.join(", ");
    assert!(
        include_str!("../../README.md").contains(&names),
        "README.md says which operations are not sent twice: {names}"
    );
}

#[test]
fn the_table_has_the_fields_of_the_contract_and_no_others() {
    for operation in Document::read().operations() {
        let (_, spec) = spec(&operation.id);
        let request = operation.request().unwrap_or_default();
        let names = request.fields.iter().map(|(name, _)| name.clone());
        let mut expected: Vec<String> = names.chain(request.refused()).collect();
        expected.sort();
        // The arguments are first.
        let fields = spec.fields.iter().skip(spec.arity());
        let mut fields: Vec<&str> = fields.map(|field| field.name).collect();
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
        let Some(body) = operation.request() else {
            continue;
        };
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
            // With an empty request, the checks refuse another field than a valid id.
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
