//! Requests that are generated from the contract: valid ones, and ones with a single mistake. The
//! client's checks, the structs and the sandbox have to agree with the contract about each.

use serde_json::{Map, Value, json};

use super::document::{Document, Rule, Shape, closed_list};

/// A request, and the contract's verdict.
#[derive(Debug)]
pub struct Case {
    pub what: String,
    pub request: Value,
    pub verdict: Verdict,
}

/// The contract's verdict on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// The field is missing, of the wrong type, or not in the list.
    Wrong(String),
    /// The field is out of its range, which types cannot express.
    OutOfRange(String),
}

impl Verdict {
    /// The field is invalid.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Right => None,
            Self::Wrong(field) | Self::OutOfRange(field) => Some(field),
        }
    }
}

/// All cases of a request's shape. `values` has existing ids.
pub fn cases(document: &Document, shape: &Shape, values: &Map<String, Value>) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |what: &str, request: &Map<String, Value>, verdict: Verdict| {
        let what = format!("{} {what}", shape.name);
        cases.push(Case {
            what,
            request: Value::Object(request.clone()),
            verdict,
        });
    };

    let full: Map<String, Value> = shape
        .fields
        .iter()
        .map(|(name, schema)| {
            (
                name.clone(),
                values
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| example(document, schema)),
            )
        })
        .collect();
    add("with all fields", &full, Verdict::Right);

    let least = least(shape, &full);
    add("with the required fields only", &least, Verdict::Right);

    let mut more = full.clone();
    more.insert("something_new".to_owned(), json!({ "of": ["tomorrow"] }));
    add("with an unknown field", &more, Verdict::Right);

    for (name, schema) in &shape.fields {
        let schema = document.resolve(schema);
        let with = |value: Value| {
            let mut request = full.clone();
            request.insert(name.clone(), value);
            request
        };
        for value in right_values(schema)
            .into_iter()
            .filter(|_| !values.contains_key(name))
        {
            add(
                &format!("with {name}: {value}"),
                &with(value),
                Verdict::Right,
            );
        }
        for value in wrong_values(schema) {
            let what = format!("with {name}: {value}");
            add(&what, &with(value), Verdict::Wrong(name.clone()));
        }
        for value in out_of_range(schema) {
            let what = format!("with {name}: {value}");
            add(&what, &with(value), Verdict::OutOfRange(name.clone()));
        }
        let mut without = full.clone();
        without.remove(name);
        if shape.required.contains(name) {
            add(
                &format!("without {name}"),
                &without,
                Verdict::Wrong(name.clone()),
            );
        }
    }

    for rule in &shape.rules {
        let mut request = least.clone();
        request.insert(rule.field.clone(), rule.value.clone());
        let what = format!("with {}: {} without {}", rule.field, rule.value, rule.needs);
        add(&what, &request, Verdict::Wrong(rule.needs.clone()));
        supply(shape, rule, &full, &mut request);
        add(
            &format!("with {}: {}", rule.field, rule.value),
            &request,
            Verdict::Right,
        );
    }

    for name in shape.refused() {
        let mut request = full.clone();
        request.insert(name.clone(), json!("8e1f3c52-0000-4000-8000-000000000000"));
        add(&format!("with {name}"), &request, Verdict::Wrong(name));
    }
    cases
}

/// The required fields, with values for which no rule requires another field.
fn least(shape: &Shape, full: &Map<String, Value>) -> Map<String, Value> {
    let required = full
        .iter()
        .filter(|(name, _)| shape.required.contains(*name));
    let required = required.map(|(name, value)| {
        let starts = shape.rules.iter().any(|rule| rule.field == *name);
        (
            name.clone(),
            if starts && value.is_boolean() {
                json!(false)
            } else {
                value.clone()
            },
        )
    });
    required.collect()
}

/// Adds the fields that a rule requires, recursively.
fn supply(shape: &Shape, rule: &Rule, full: &Map<String, Value>, request: &mut Map<String, Value>) {
    let value = full.get(&rule.needs).cloned().unwrap_or_default();
    request.insert(rule.needs.clone(), value.clone());
    let next = shape
        .rules
        .iter()
        .find(|next| next.field == rule.needs && next.value == value);
    if let Some(next) = next {
        supply(shape, next, full, request);
    }
}

/// A value of a field, one that triggers its rule if it has one.
pub fn example(document: &Document, schema: &Value) -> Value {
    let schema = document.resolve(schema);
    if let Some(list) = closed_list(schema) {
        return json!(list.first());
    }
    match (kind(schema), schema["format"].as_str()) {
        ("boolean", _) => json!(true),
        ("integer", _) => json!(2),
        ("number", _) => json!(0.5),
        ("string", Some("uuid")) => json!("3f0c1f5e-6d0f-4c53-9a55-1c1d6f8f2b11"),
        ("string", Some("date-time")) => json!("2026-04-01T12:00:00.000Z"),
        ("string", Some("uri")) => json!("https://example.com/a"),
        ("string", _) => {
            let [least, most] = bounds(schema);
            let text = "something".chars().cycle();
            let length = (least.unwrap_or(0.0))
                .max(9.0)
                .min(most.unwrap_or(f64::MAX));
            json!(text.take(length as usize).collect::<String>())
        }
        ("array", _) => json!([object_of(document, &schema["items"])]),
        ("object", _) => object_of(document, schema),
        (other, _) => panic!("the contract has a type that this test does not know: {other}"),
    }
}

/// An object with all fields of its schema.
pub fn object_of(document: &Document, schema: &Value) -> Value {
    let properties = document.resolve(schema)["properties"].as_object().cloned();
    let fields = properties.unwrap_or_default();
    fields
        .iter()
        .map(|(name, schema)| (name.clone(), example(document, schema)))
        .collect()
}

/// The type of a field; the first where there are several.
pub fn kind(schema: &Value) -> &str {
    let types = &schema["type"];
    types
        .as_str()
        .or_else(|| types[0].as_str())
        .unwrap_or_default()
}

/// The minimum and the maximum of a field, where the contract has them: of a number's value, of a
/// string's length.
fn bounds(schema: &Value) -> [Option<f64>; 2] {
    let names = match kind(schema) {
        "string" => ["minLength", "maxLength"],
        _ => ["minimum", "maximum"],
    };
    names.map(|name| schema[name].as_f64())
}

/// A value at a bound: that number, or a string of that length.
fn sized(schema: &Value, size: f64) -> Value {
    match kind(schema) {
        // One character each, which JavaScript's `length` counts as two.
        "string" => json!("🙂".repeat(size as usize)),
        "integer" => json!(size as i64),
        _ => json!(size),
    }
}

fn right_values(schema: &Value) -> Vec<Value> {
    if let Some(list) = closed_list(schema) {
        return list.into_iter().map(Value::from).collect();
    }
    let bounds = bounds(schema).into_iter().flatten();
    let bounds = bounds.map(|bound| sized(schema, bound));
    match kind(schema) {
        "boolean" => vec![json!(true), json!(false)],
        "number" => bounds.chain([json!(1), json!(0.25)]).collect(),
        "integer" => bounds.chain([json!(7)]).collect(),
        "string" => bounds.collect(),
        _ => Vec::new(),
    }
}

fn wrong_values(schema: &Value) -> Vec<Value> {
    let mut wrong = vec![json!(null), json!([]), json!({}), json!(["a"])];
    match kind(schema) {
        "boolean" => wrong.extend([json!("true"), json!(1), json!(0)]),
        "number" => wrong.extend([json!("1"), json!(true)]),
        "integer" => wrong.extend([json!("1"), json!(true), json!(1.5)]),
        _ => wrong.extend([json!(1), json!(true), json!(false)]),
    }
    if closed_list(schema).is_some() {
        wrong.extend([json!(""), json!("something new")]);
    }
    wrong
}

fn out_of_range(schema: &Value) -> Vec<Value> {
    let [least, most] = bounds(schema);
    // Nothing is shorter than the empty string.
    let below = least
        .map(|least| least - 1.0)
        .filter(|size| kind(schema) != "string" || *size >= 0.0);
    let above = most.map(|most| most + 1.0);
    let sizes = below.into_iter().chain(above);
    sizes.map(|size| sized(schema, size)).collect()
}
