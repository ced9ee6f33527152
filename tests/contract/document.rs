//! Reads the contract: operations, and schemas with their references and parts resolved.

use std::collections::BTreeSet;

use serde_json::Value;

const TEXT: &str = include_str!("openapi.yaml");

/// The whole document.
pub struct Document(Value);

/// One operation.
pub struct Operation {
    /// `getAgent`
    pub id: String,
    /// `GET`
    pub method: String,
    /// `/get-agent/{agentId}`
    pub path: String,
    /// The parameters in the path, then those of the query.
    pub in_path: Vec<(String, Value)>,
    pub in_query: Vec<(String, Value)>,
    /// The schemas of the request body.
    pub body: Option<Shape>,
    /// The schema of the answer.
    pub answer: String,
    /// The documented statuses.
    pub statuses: Vec<u16>,
    /// Whether repeating it is safe: `x-repeat-safe`.
    pub repeat_safe: bool,
}

impl Operation {
    /// The shape of the query, if it has one. Its type is named after the answer's.
    pub fn query(&self) -> Option<Shape> {
        (!self.in_query.is_empty()).then(|| Shape {
            name: format!("{}Query", self.answer),
            fields: self.in_query.clone(),
            ..Shape::default()
        })
    }

    /// The shape of the request, in the body or in the query. An operation whose request is only one
    /// id, which is the method's argument, has none.
    pub fn request(&self) -> Option<Shape> {
        let body = self.body.clone().filter(|body| !body.name.is_empty());
        body.or_else(|| self.query())
    }
}

/// An object's fields, with everything that describes them.
#[derive(Clone, Default)]
pub struct Shape {
    /// The name of the schema; empty for an inline schema.
    pub name: String,
    pub description: String,
    pub fields: Vec<(String, Value)>,
    pub required: BTreeSet<String>,
    pub rules: Vec<Rule>,
}

/// When `field` has this value, `needs` is required.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub field: String,
    pub value: Value,
    pub needs: String,
}

impl Document {
    pub fn read() -> Self {
        Self(serde_norway::from_str(TEXT).expect("the contract is YAML"))
    }

    pub fn operations(&self) -> Vec<Operation> {
        let paths = self.0["paths"].as_object().expect("paths");
        let operations = paths.iter().flat_map(|(path, verbs)| {
            let verbs = verbs.as_object().expect("verbs");
            verbs
                .iter()
                .map(move |(verb, operation)| (path, verb, operation))
        });
        operations
            .map(|(path, verb, operation)| self.operation(path, verb, operation))
            .collect()
    }

    pub fn operation_of(&self, id: &str) -> Operation {
        let mut all = self.operations().into_iter();
        all.find(|operation| operation.id == id)
            .expect("the operation is in the contract")
    }

    fn operation(&self, path: &str, verb: &str, operation: &Value) -> Operation {
        let parameters = |place: &str| -> Vec<(String, Value)> {
            let all = operation["parameters"].as_array().into_iter().flatten();
            let here = all.filter(|parameter| parameter["in"] == *place);
            here.map(|parameter| (text(&parameter["name"]), parameter["schema"].clone()))
                .collect()
        };
        let responses = operation["responses"].as_object().expect("responses");
        let success = responses.iter().find(|(status, _)| status.starts_with('2'));
        let (_, success) = success.expect("an answer of success");
        Operation {
            id: text(&operation["operationId"]),
            method: verb.to_uppercase(),
            path: path.to_owned(),
            in_path: parameters("path"),
            in_query: parameters("query"),
            body: operation
                .get("requestBody")
                .map(|body| self.shape_of(json_schema(body))),
            answer: name_of(json_schema(success))
                .expect("answers are named")
                .to_owned(),
            statuses: responses
                .keys()
                .map(|status| status.parse().expect("a status"))
                .collect(),
            repeat_safe: operation["x-repeat-safe"]
                .as_bool()
                .expect("each operation says whether a repeat is safe"),
        }
    }

    /// The names of the schemas, without those that are only parts of others.
    pub fn schema_names(&self) -> Vec<String> {
        let parts = ["AgentSettings", "ConditionalRules"];
        let all = self.0["components"]["schemas"]
            .as_object()
            .expect("schemas");
        all.keys()
            .filter(|name| !parts.contains(&name.as_str()))
            .cloned()
            .collect()
    }

    pub fn schema(&self, name: &str) -> &Value {
        self.0["components"]["schemas"]
            .get(name)
            .expect("the schema is in the contract")
    }

    pub fn shape(&self, name: &str) -> Shape {
        let mut shape = self.shape_of(self.schema(name));
        name.clone_into(&mut shape.name);
        shape
    }

    /// The shape of any schema.
    pub fn shape_of(&self, schema: &Value) -> Shape {
        let mut shape = Shape::default();
        if let Some(name) = name_of(schema) {
            name.clone_into(&mut shape.name);
        }
        self.gather(schema, &mut shape);
        shape
    }

    /// Adds a schema and its parts.
    fn gather(&self, schema: &Value, shape: &mut Shape) {
        let schema = self.resolve(schema);
        if shape.description.is_empty() {
            shape.description = text(&schema["description"]);
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            shape.fields.push((name.clone(), field.clone()));
        }
        let required = schema["required"].as_array().into_iter().flatten();
        shape.required.extend(required.map(text));
        if let Some(condition) = schema.get("if") {
            shape.rules.push(rule(condition, &schema["then"]));
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.gather(part, shape);
        }
    }

    /// The schema behind a reference, or the schema itself.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        name_of(schema).map_or(schema, |name| self.schema(name))
    }
}

impl Shape {
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, schema)| schema)
    }

    /// Whether it is a patch, whose fields are all optional.
    pub fn is_patch(&self) -> bool {
        self.required.is_empty() && !self.rules.is_empty()
    }

    /// The fields that the description says cannot be changed.
    pub fn refused(&self) -> Vec<String> {
        let Some((names, _)) = self
            .description
            .split_once(" cannot be changed (documented)")
        else {
            return Vec::new();
        };
        let names = names.rsplit(". ").next().unwrap_or_default();
        names.split(" and ").map(str::to_owned).collect()
    }
}

/// `{ if: { properties: { f: { const: v } }, required: [f] }, then: { required: [g] } }`
fn rule(condition: &Value, then: &Value) -> Rule {
    let properties = condition["properties"]
        .as_object()
        .expect("a condition has properties");
    let (field, schema) = properties
        .iter()
        .next()
        .expect("a condition looks at a field");
    assert_eq!(properties.len(), 1, "a condition looks at one field");
    assert_eq!(condition["required"], Value::from(vec![field.clone()]));
    let needs = then["required"]
        .as_array()
        .expect("a consequence requires fields");
    assert_eq!(needs.len(), 1, "a consequence requires one field");
    Rule {
        field: field.clone(),
        value: schema["const"].clone(),
        needs: text(&needs[0]),
    }
}

fn json_schema(holder: &Value) -> &Value {
    &holder["content"]["application/json"]["schema"]
}

/// The name in a reference to a schema.
pub fn name_of(schema: &Value) -> Option<&str> {
    schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// The value as text; empty for other types.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The values of a closed list.
pub fn closed_list(schema: &Value) -> Option<Vec<String>> {
    Some(schema.get("enum")?.as_array()?.iter().map(text).collect())
}

impl Document {
    /// The example values of a field with the name of the schema that lists them: the field's own,
    /// otherwise the first with a field of that name.
    pub fn shown_values(&self, name: &str, own: &Value) -> (String, Vec<String>) {
        let shown = shown_values(own);
        if !shown.is_empty() {
            return ("its own schema".to_owned(), shown);
        }
        let mut others = self.schema_names().into_iter().filter_map(|schema| {
            let shown = shown_values(self.shape(&schema).field(name)?);
            Some((format!("the schema of {schema}.{name}"), shown))
        });
        others
            .find(|(_, shown)| !shown.is_empty())
            .unwrap_or_default()
    }
}

/// The example values of an open list: in `examples`, or as "for example A, B".
pub fn shown_values(schema: &Value) -> Vec<String> {
    if let Some(examples) = schema["examples"].as_array() {
        return examples.iter().map(text).collect();
    }
    let description = text(&schema["description"]);
    let Some((_, after)) = description.split_once("for example ") else {
        return Vec::new();
    };
    let list = after.split(" (").next().unwrap_or_default();
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_document_is_read_whole() {
    let document = Document::read();
    assert!(!document.operations().is_empty());
    let create = document.shape("CreateAgentRequest");
    assert!(create.required.contains("recording"));
    let needs: Vec<_> = create
        .rules
        .iter()
        .map(|rule| rule.needs.as_str())
        .collect();
    assert_eq!(
        needs,
        [
            "background_type",
            "voicemail_type",
            "voicemail_message",
            "webhook_url"
        ]
    );
    for name in needs {
        assert!(create.field(name).is_some() && !create.required.contains(name));
    }
    assert_eq!(document.shape("SendMessageRequest").rules.len(), 1);
    let refused = document.shape("UpdateAgentRequest").refused();
    assert_eq!(refused, ["organization_id", "sub_account_id"]);
    let voice = create.field("voice_id").map(shown_values);
    assert_eq!(
        voice.as_deref(),
        Some(&["Sulafat", "Aria", "Ravi"].map(String::from)[..])
    );
}

/// The keywords that a schema may have: these tests check each of them.
const KEYWORDS: &[&str] = &[
    "$ref",
    "allOf",
    "const",
    "default",
    "description",
    "enum",
    "examples",
    "format",
    "if",
    "items",
    "maxLength",
    "maximum",
    "minLength",
    "minimum",
    "properties",
    "required",
    "then",
    "type",
];

/// Fails at a keyword that no test checks, in this schema or in a part of it.
fn know(place: &str, schema: &Value) {
    for (keyword, says) in schema.as_object().into_iter().flatten() {
        assert!(
            KEYWORDS.contains(&keyword.as_str()) || keyword.starts_with("x-"),
            "{place} says `{keyword}`, which no test of the contract looks at: teach it to \
             tests/contract/cases.rs, then add it to KEYWORDS in tests/contract/document.rs"
        );
        let place = format!("{place}.{keyword}");
        match keyword.as_str() {
            "properties" => {
                for (name, field) in says.as_object().into_iter().flatten() {
                    know(&format!("{place}.{name}"), field);
                }
            }
            "allOf" => says
                .as_array()
                .into_iter()
                .flatten()
                .for_each(|part| know(&place, part)),
            "if" | "then" | "items" => know(&place, says),
            _ => {}
        }
    }
}

#[test]
fn every_keyword_is_known_to_a_test() {
    let document = Document::read();
    let schemas = document.0["components"]["schemas"].as_object();
    for (name, schema) in schemas.expect("schemas") {
        know(name, schema);
    }
    for (path, verbs) in document.0["paths"].as_object().expect("paths") {
        for operation in verbs.as_object().expect("verbs").values() {
            know(path, json_schema(&operation["requestBody"]));
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                know(path, &parameter["schema"]);
            }
        }
    }
}
