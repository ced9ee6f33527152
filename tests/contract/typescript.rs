//! The TypeScript declarations, and the hand-written ones of the class.

use std::collections::BTreeSet;

use centerfy::internal::error::Code;
use centerfy::types::declarations;
use serde_json::Value;

use super::cases::kind;
use super::declarations::{Declarations, Field};
use super::document::{Document, Rule, Shape, closed_list, name_of};

const CLASS: &str = include_str!("../../pkg-template/public.d.ts");

/// The hand-written declarations.
const WRITTEN: [&str; 4] = [
    include_str!("../../pkg-template/client-events.d.ts"),
    include_str!("../../pkg-template/client-options.d.ts"),
    include_str!("../../pkg-template/conditions.d.ts"),
    include_str!("../../pkg-template/error-codes.d.ts"),
];

fn read() -> Declarations {
    Declarations::read(&(declarations() + &WRITTEN.concat()))
}

/// The shapes with a TypeScript type, and whether they are requests.
fn shapes(document: &Document) -> Vec<(Shape, bool)> {
    let mut shapes = Vec::new();
    for name in document.schema_names() {
        let shape = document.shape(&name);
        if !shape.fields.is_empty() {
            let request = name.ends_with("Request");
            shapes.push((shape, request));
        }
    }
    let queries = document
        .operations()
        .into_iter()
        .filter_map(|it| it.query());
    shapes.extend(queries.map(|query| (query, true)));
    shapes
}

#[test]
fn every_schema_has_its_type_with_its_fields_and_no_others() {
    let document = Document::read();
    let declarations = read();
    for (shape, _) in shapes(&document) {
        let mut expected: BTreeSet<String> =
            shape.fields.iter().map(|(name, _)| name.clone()).collect();
        expected.extend(shape.refused());
        for way in declarations.ways(&shape.name) {
            let fields: BTreeSet<String> = way.iter().map(|field| field.name.clone()).collect();
            assert_eq!(fields, expected, "{}", shape.name);
            assert_eq!(
                way.len(),
                fields.len(),
                "{} declares a field twice",
                shape.name
            );
        }
    }
}

#[test]
fn every_field_has_the_type_that_the_contract_says() {
    let document = Document::read();
    let declarations = read();
    for (shape, request) in shapes(&document) {
        for (name, schema) in &shape.fields {
            let what = format!("{}.{name}", shape.name);
            let mut types: Vec<String> = Vec::new();
            let mut required = true;
            for way in declarations.ways(&shape.name) {
                let field = way
                    .iter()
                    .find(|field| field.name == *name)
                    .expect("it is there");
                required &= !field.optional;
                types.extend(declarations.values(&field.types));
            }
            let types: BTreeSet<String> = types.into_iter().collect();
            let from = match document.shown_values(name, schema) {
                (_, shown) if shown.is_empty() => String::new(),
                (place, _) => format!(", whose values come from {place}"),
            };
            assert_eq!(
                without_literals(types),
                expected(&document, name, schema, request),
                "{what}{from}"
            );
            assert_eq!(
                required,
                shape.required.contains(name),
                "{what} is required or not"
            );
        }
        for name in shape.refused() {
            for way in declarations.ways(&shape.name) {
                let field = way
                    .iter()
                    .find(|field| field.name == name)
                    .expect("it is there");
                assert_eq!(field.types, ["never"], "{}.{name}", shape.name);
            }
        }
    }
}

/// `boolean` is `true` and `false` already.
fn without_literals(mut types: BTreeSet<String>) -> BTreeSet<String> {
    if types.contains("boolean") {
        types.retain(|one| one != "true" && one != "false");
    }
    types
}

/// The alternatives of a field's type in all combinations.
fn expected(document: &Document, name: &str, schema: &Value, request: bool) -> BTreeSet<String> {
    let resolved = document.resolve(schema);
    let quoted = |values: Vec<String>| values.into_iter().map(|value| format!("\"{value}\""));
    let open = "(string & {})".to_owned();
    if let Some(list) = closed_list(resolved) {
        // An answer may contain a new value.
        return quoted(list).chain((!request).then_some(open)).collect();
    }
    if let Some(name) = name_of(schema) {
        return [name.to_owned()].into();
    }
    if schema["const"] == Value::Bool(true) {
        return ["true".to_owned()].into();
    }
    let (_, shown) = document.shown_values(name, schema);
    let mut types: BTreeSet<String> = match kind(schema) {
        "string" if !shown.is_empty() => quoted(shown).chain([open]).collect(),
        "string" => ["string".to_owned()].into(),
        "number" | "integer" => ["number".to_owned()].into(),
        "boolean" => ["boolean".to_owned()].into(),
        "array" => [format!(
            "{}[]",
            name_of(&schema["items"]).unwrap_or_default()
        )]
        .into(),
        other => panic!("a type that this test does not know: {other}"),
    };
    if schema["type"]
        .as_array()
        .is_some_and(|types| types.contains(&Value::from("null")))
    {
        types.insert("null".to_owned());
    }
    types
}

#[test]
fn every_conditional_rule_holds_in_every_way_that_a_request_can_be() {
    let document = Document::read();
    let declarations = read();
    let mut rules = 0;
    for (shape, request) in shapes(&document) {
        // A patch is built field by field, so the client checks its rules when it is sent.
        if !request || shape.is_patch() {
            continue;
        }
        for rule in &shape.rules {
            let ways = declarations.ways(&shape.name);
            for way in &ways {
                assert!(
                    keeps(&declarations, way, rule),
                    "{}: {rule:?} is broken by {way:?}",
                    shape.name
                );
            }
            // Without the condition the field is optional.
            let free = |way: &Vec<Field>| {
                way.iter()
                    .any(|field| field.name == rule.needs && field.optional)
            };
            assert!(
                ways.iter().any(free),
                "{}: {} is always required",
                shape.name,
                rule.needs
            );
            rules += 1;
        }
    }
    assert!(rules > 0);
}

/// Whether the field that the rule needs is required where its condition can hold.
fn keeps(declarations: &Declarations, way: &[Field], rule: &Rule) -> bool {
    let find = |name: &str| way.iter().find(|field| field.name == name);
    let (Some(field), Some(needs)) = (find(&rule.field), find(&rule.needs)) else {
        return false;
    };
    let types = declarations.values(&field.types);
    let value = rule.value.to_string();
    let can_be = types
        .iter()
        .any(|one| *one == value || one == "boolean" && rule.value.is_boolean());
    !can_be || !needs.optional
}

#[test]
fn every_closed_list_is_declared() {
    let document = Document::read();
    let declarations = read();
    for name in document.schema_names() {
        if let Some(list) = closed_list(document.schema(&name)) {
            let declared = declarations
                .get(&name)
                .map(|list| list.alternatives.clone());
            let quoted: Vec<String> = list.iter().map(|value| format!("\"{value}\"")).collect();
            assert_eq!(declared, Some(quoted), "{name}");
        }
    }
}

#[test]
fn the_operations_are_those_of_the_contract() {
    let mut expected: Vec<String> = Document::read()
        .operations()
        .iter()
        .map(|operation| format!("\"{}\"", operation.id))
        .collect();
    let declarations = read();
    let mut declared = declarations.values(&["Operation".to_owned()]);
    expected.sort();
    declared.sort();
    assert_eq!(declared, expected);
}

#[test]
fn every_code_is_declared_and_explained() {
    let declarations = read();
    let codes = declarations.get("ErrorCode").expect("it is declared");
    let declared: Vec<&str> = codes
        .alternatives
        .iter()
        .map(|code| code.trim_matches('"'))
        .collect();
    assert_eq!(declared, Code::EACH.map(Code::name));
    for code in &codes.alternatives {
        let name = code.trim_matches('"');
        assert!(codes.comment.contains(&format!("`{name}`: ")), "{name}");
    }
}

#[test]
fn everything_is_documented() {
    for (name, declaration) in read().iter() {
        assert!(
            !declaration.comment.is_empty(),
            "{name} has no documentation"
        );
        for field in &declaration.fields {
            assert!(
                !field.comment.is_empty(),
                "{name}.{} has no documentation",
                field.name
            );
        }
    }
    let mut before = "";
    for line in CLASS.lines() {
        let member = line.starts_with("    ")
            && line.trim_end().ends_with([';', '('])
            && !line.starts_with("     ")
            && !line.starts_with("    )");
        let inside = before.starts_with(' ') || before.starts_with("export class");
        if member && inside && line.contains(['(', ':']) && !line.contains("private constructor") {
            assert!(
                before.trim_end().ends_with("*/"),
                "{line} has no documentation"
            );
        }
        before = line;
    }
}

#[test]
fn ranges_and_defaults_stand_in_the_documentation() {
    let document = Document::read();
    let declarations = read();
    let mut numbers = 0;
    for (shape, _) in shapes(&document) {
        for (name, schema) in &shape.fields {
            for word in ["minimum", "maximum", "minLength", "maxLength", "default"] {
                let Some(number) = schema.get(word).map(Value::to_string) else {
                    continue;
                };
                for way in declarations.ways(&shape.name) {
                    let field = way.iter().find(|field| field.name == *name);
                    let comment = field
                        .map(|field| field.comment.as_str())
                        .unwrap_or_default();
                    let says = comment
                        .split(|c: char| !c.is_alphanumeric())
                        .any(|one| one == number);
                    assert!(
                        says,
                        "{}.{name}: {word} {number} is not in: {comment}",
                        shape.name
                    );
                }
                numbers += 1;
            }
        }
    }
    assert!(numbers > 0);
}

#[test]
fn the_class_has_every_operation() {
    let document = Document::read();
    for operation in document.operations() {
        let start = CLASS.find(&format!("\n    {}(", operation.id));
        let start = start.unwrap_or_else(|| panic!("{} is not declared", operation.id));
        let signature: String = CLASS[start..].chars().take_while(|c| *c != ';').collect();
        assert!(
            signature.ends_with(&format!("): CallPromise<{}>", operation.answer)),
            "{signature}"
        );
        assert!(
            signature.contains("options?: RequestOptions"),
            "{signature}"
        );
        if let Some(body) = operation.body.filter(|body| !body.name.is_empty()) {
            assert!(
                signature.contains(&format!(": {}", body.name)),
                "{signature}"
            );
        }
    }
}
