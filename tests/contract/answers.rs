//! Answers: the structs read what the contract describes and what the sandbox sends, keep unknown
//! fields, and serialize to the same JSON.

use centerfy::types::round_trip;
use serde_json::{Value, json};

use super::cases::{example, kind, object_of};
use super::document::{Document, Shape, closed_list, name_of};
use super::sandbox::World;
use super::structs::normal;

/// Deserializes an answer of this schema into its struct and serializes it again.
fn struct_of(schema: &str) -> fn(&Value) -> Result<Value, String> {
    round_trip(schema)
        .unwrap_or_else(|| panic!("{schema} has no struct in `declare!` in src/types/"))
}

/// The schemas of answers and of their parts.
fn answers(document: &Document) -> Vec<Shape> {
    let names = document.schema_names().into_iter();
    let shapes = names
        .filter(|name| !name.ends_with("Request"))
        .map(|name| document.shape(&name));
    shapes.filter(|shape| !shape.fields.is_empty()).collect()
}

fn full(document: &Document, shape: &Shape) -> Value {
    let field = |(name, schema): &(String, Value)| {
        let value = match name_of(schema) {
            Some(_) if closed_list(document.resolve(schema)).is_none() => {
                object_of(document, schema)
            }
            _ => example(document, schema),
        };
        (name.clone(), value)
    };
    shape.fields.iter().map(field).collect()
}

fn same(read: fn(&Value) -> Result<Value, String>, answer: &Value, what: &str) {
    let written = read(answer).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(normal(written), normal(answer.clone()), "{what}");
}

#[test]
fn answers_are_read_and_written_as_the_contract_says() {
    let document = Document::read();
    for shape in answers(&document) {
        let read = struct_of(&shape.name);
        let full = full(&document, &shape);
        same(read, &full, &shape.name);

        let mut more = full.clone();
        more["something_new"] = json!({ "of": ["tomorrow", 1, null] });
        if shape.name != "ApiError" {
            same(read, &more, "with an unknown field");
        }

        let mut least = full.clone();
        for (name, schema) in &shape.fields {
            let without = |mut answer: Value| {
                if let Some(answer) = answer.as_object_mut() {
                    answer.remove(name);
                }
                answer
            };
            let what = format!("{}.{name}", shape.name);
            let nullable = schema["type"].as_array().is_some();
            if nullable {
                let mut null = full.clone();
                null[name] = Value::Null;
                assert!(read(&null).is_ok(), "{what}");
            }
            if shape.required.contains(name) {
                // A field that may be `null` may also be absent.
                assert_eq!(read(&without(full.clone())).is_err(), !nullable, "{what}");
            } else {
                least = without(least);
                same(read, &without(full.clone()), &what);
            }
            let mut wrong = full.clone();
            wrong[name] = if kind(document.resolve(schema)) == "string" {
                json!(1)
            } else {
                json!("1")
            };
            assert!(read(&wrong).is_err(), "{what} of another type");
        }
        same(read, &least, "with the required fields only");
    }
}

#[test]
fn a_new_value_of_a_closed_list_is_kept() {
    let document = Document::read();
    for shape in answers(&document) {
        for (name, schema) in &shape.fields {
            if closed_list(document.resolve(schema)).is_some() {
                let mut answer = full(&document, &shape);
                answer[name] = json!("something new");
                same(struct_of(&shape.name), &answer, name);
            }
        }
    }
}

/// Whether a value matches a schema, as far as the contract's answers use it.
fn fits(document: &Document, schema: &Value, value: &Value) -> Result<(), String> {
    let schema = document.resolve(schema);
    if schema.get("properties").is_some() || schema.get("allOf").is_some() {
        return fits_shape(document, &document.shape_of(schema), value);
    }
    if let Some(list) = closed_list(schema) {
        let listed = value
            .as_str()
            .is_some_and(|value| list.iter().any(|one| one == value));
        return listed
            .then_some(())
            .ok_or_else(|| format!("{value} is not in {list:?}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let fits_type = types.iter().any(|one| match *one {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        _ => false,
    });
    if !fits_type {
        return Err(format!("{value} is no {types:?}"));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(document, &schema["items"], item)?;
    }
    Ok(())
}

fn fits_shape(document: &Document, shape: &Shape, value: &Value) -> Result<(), String> {
    for name in &shape.required {
        if value.get(name).is_none() {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, schema) in &shape.fields {
        if let Some(field) = value.get(name) {
            fits(document, schema, field).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

#[test]
fn what_the_sandbox_sends_is_what_the_contract_and_the_structs_say() {
    let document = Document::read();
    for operation in document.operations() {
        let mut world = World::new();
        let mut ids = world.ids.clone();
        let body = world.right_body(&document, &operation);
        // Every resource that an operation can read, not only the first.
        let things = match operation.id.as_str() {
            "getAgent" => world
                .all("agents")
                .iter()
                .map(|agent| agent["id"].clone())
                .collect(),
            "getContactMessages" => world
                .all("contacts")
                .iter()
                .map(|contact| contact["id"].clone())
                .collect(),
            "getCallRecording" => {
                let calls = world.all("calls");
                let recorded = calls.iter().filter(|call| call["expires"].is_boolean());
                recorded
                    .flat_map(|call| [call["call_id"].clone(), call["call_sid"].clone()])
                    .collect()
            }
            _ => vec![Value::Null],
        };
        assert!(
            !things.is_empty(),
            "{} has nothing to be asked for",
            operation.id
        );
        let mut answered = 0;
        for thing in things {
            if let (Some((name, _)), true) = (operation.in_path.first(), thing.is_string()) {
                ids.insert(name.clone(), thing.clone());
            }
            let answer = world.send(&operation, &ids, body.as_ref(), "");
            let what = format!("{} {thing}: {}", operation.id, answer.value());
            // An active call and a call that was not recorded have no recording.
            if answer.status == 404 && operation.id == "getCallRecording" {
                continue;
            }
            assert!(
                operation.statuses.contains(&answer.status) && answer.status < 300,
                "{what}"
            );
            let shape = document.shape(&operation.answer);
            assert_eq!(
                fits_shape(&document, &shape, &answer.value()),
                Ok(()),
                "{what}"
            );
            same(struct_of(&operation.answer), &answer.value(), &what);
            answered += 1;
        }
        assert!(answered > 0, "{} answered nothing", operation.id);
    }
}
