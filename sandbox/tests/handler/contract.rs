//! The operations and their schemas against the contract.

use super::support::Organization;
use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::Presence;
use centerfy_sandbox::operations::{OPERATIONS, Operation};
use centerfy_sandbox::schema::{Schema, is_url_field};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const CONTRACT: &str = include_str!("../../../tests/contract/openapi.yaml");

fn contract() -> Value {
    serde_norway::from_str(CONTRACT).expect("the contract is YAML")
}

/// An operation of the contract.
struct Documented {
    path: String,
    method: String,
    spec: Value,
}

fn documented(contract: &Value) -> Vec<Documented> {
    let paths = contract["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").iter();
        methods.map(|(method, spec)| Documented {
            path: path.trim_start_matches('/').to_owned(),
            method: method.to_uppercase(),
            spec: spec.clone(),
        })
    });
    operations.collect()
}

fn body_of(spec: &Value) -> &Value {
    &spec["requestBody"]["content"]["application/json"]["schema"]
}

/// What the contract says about a request body, with `$ref` and `allOf` resolved.
#[derive(Default)]
struct Rules {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
}

impl Rules {
    fn read(&mut self, contract: &Value, schema: &Value) {
        let schema = resolved(contract, schema);
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let property = resolved(contract, property).clone();
            self.properties.insert(name.clone(), property);
        }
        self.required.extend(texts(&schema["required"]));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.read(contract, part);
        }
    }
}

fn resolved<'a>(contract: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => contract
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} is not in the contract")),
        None => schema,
    }
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(|text| Some(text.as_str()?.to_owned()))
        .collect()
}

/// The operations with a request body, and the contract's rules for it.
fn bodies() -> Vec<(&'static Operation, &'static Schema, Rules)> {
    let contract = contract();
    let documented = documented(&contract);
    let bodies = OPERATIONS.iter().filter_map(|operation| {
        let found = documented
            .iter()
            .find(|it| it.spec["operationId"] == operation.id);
        let body = body_of(&found.expect("the operation is in the contract").spec);
        assert_eq!(
            operation.schema.is_some(),
            !body.is_null(),
            "{}",
            operation.id
        );
        let mut rules = Rules::default();
        rules.read(&contract, body);
        Some((operation, operation.schema?, rules))
    });
    bodies.collect()
}

#[test]
fn every_operation_of_the_contract_has_a_row() {
    let documented = documented(&contract());
    for Documented { path, method, spec } in &documented {
        let id = spec["operationId"].as_str().expect("an operationId");
        let operation = Operation::from_id(id).unwrap_or_else(|| {
            panic!(
                "{id} is in the contract, and not in OPERATIONS of sandbox/src/operations/mod.rs"
            )
        });
        assert_eq!(
            (operation.path, operation.method),
            (path.as_str(), method.as_str())
        );
    }
    assert_eq!(documented.len(), OPERATIONS.len());
}

#[test]
fn the_required_fields_are_those_of_the_contract() {
    for (operation, schema, rules) in bodies() {
        let required = schema
            .iter()
            .filter(|field| field.presence == Presence::Required)
            .map(|field| field.name.to_owned())
            .collect();
        assert_eq!(rules.required, required, "{}", operation.id);
    }
}

#[test]
fn the_fields_are_those_of_the_contract() {
    for (operation, schema, rules) in bodies() {
        let known: BTreeSet<_> = schema
            .iter()
            .filter(|field| field.accepts != Accepts::Nothing)
            .map(|field| field.name)
            .collect();
        let documented: BTreeSet<_> = rules.properties.keys().map(String::as_str).collect();
        assert_eq!(known, documented, "{}", operation.id);
    }
}

#[test]
fn the_urls_are_those_of_the_contract() {
    for (operation, _, rules) in bodies() {
        for (name, property) in &rules.properties {
            assert_eq!(
                is_url_field(name),
                property["format"] == "uri",
                "{name} of {}",
                operation.id
            );
        }
    }
}

#[test]
fn what_is_not_repeat_safe_is_a_delivery() {
    for Documented { spec, .. } in documented(&contract()) {
        let id = spec["operationId"].as_str().expect("an operationId");
        let operation = Operation::from_id(id).expect("a row");
        let is_repeat_safe = spec["x-repeat-safe"].as_bool();
        let mut organization = Organization::new();
        let request = organization.request_for(operation);
        let response = organization.send(request.clone());
        assert!(
            matches!(response.status, 200 | 201),
            "{}: {}",
            operation.id,
            response.value()
        );
        let deliveries = organization.deliveries(operation.id);
        organization.send(request);
        let again = organization.deliveries(operation.id);
        let once = usize::from(is_repeat_safe == Some(false));
        assert_eq!(deliveries.len(), once, "{id}");
        // Repeating a delivery has its effect again, with another id.
        assert_eq!(again.len(), 2 * deliveries.len(), "{}", operation.id);
        for delivery in deliveries {
            assert_ne!(delivery["id"], again[1]["id"]);
            assert_eq!(delivery["response"], response.value());
            assert_eq!(delivery["at"], organization.now_ms);
        }
    }
}
