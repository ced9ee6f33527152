//! The tables against the contract's own text.

use centerfy_sandbox::routes::ENDPOINTS;
use centerfy_sandbox::validate::{self, Kind, Shape};

const CONTRACT: &str = include_str!("../../../tests/contract/openapi.yaml");

/// The lines that are below a key, until the next key at the same depth.
fn below(key: &str) -> String {
    let depth = key.len() - key.trim_start().len();
    let mut lines = CONTRACT.lines().skip_while(|line| !line.starts_with(key));
    let first = lines
        .next()
        .unwrap_or_else(|| panic!("{key:?} is not in the contract"));
    let rest = lines.take_while(|line| line.len() - line.trim_start().len() > depth);
    std::iter::once(first)
        .chain(rest)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The names in the first `[…]` after a word.
fn names(text: &str, word: &str) -> Vec<String> {
    let (_, after) = text
        .split_once(word)
        .unwrap_or_else(|| panic!("{word} in {text}"));
    let list = after.trim_start_matches([' ', ':', '[']);
    let list = list.split(']').next().unwrap_or_default();
    list.split(',').map(|name| name.trim().to_owned()).collect()
}

#[test]
fn every_operation_is_where_the_contract_says() {
    let paths = CONTRACT.split("\ncomponents:").next().expect("paths");
    let documented = paths
        .lines()
        .filter_map(|line| line.trim().strip_prefix("operationId: "));
    for id in documented {
        let known = ENDPOINTS.iter().any(|endpoint| endpoint.id == id);
        assert!(
            known,
            "{id} is in the contract, and not in ENDPOINTS of sandbox/src/routes.rs"
        );
    }
    for endpoint in ENDPOINTS {
        let path = match endpoint.parameter {
            Some(parameter) => format!("  /{}/{{{parameter}}}:", endpoint.segment),
            None => format!("  /{}:", endpoint.segment),
        };
        let operation = below(&path);
        assert!(
            operation.contains(&format!("operationId: {}\n", endpoint.id)),
            "{path}"
        );
        let verb = format!("\n    {}:", endpoint.method.to_lowercase());
        assert!(operation.contains(&verb), "{path}");
    }
}

#[test]
fn every_required_field_is_required() {
    for (schema, shape) in [
        ("    CreateAgentRequest:", validate::CREATE_AGENT),
        ("    MakeAiCallRequest:", validate::MAKE_AI_CALL),
        ("    SendMessageRequest:", validate::SEND_MESSAGE),
        ("  /archive-agent:", validate::ARCHIVE_AGENT),
    ] {
        let text = below(schema);
        let word = if schema.contains("archive") {
            "required: ["
        } else {
            "\n          required: ["
        };
        let word = if text.contains(word) {
            word
        } else {
            "\n      required: ["
        };
        assert_eq!(names(&text, word), shape.required, "{schema}");
    }
    assert!(validate::UPDATE_AGENT.required.is_empty());
}

/// Compares a schema's property lines with a shape's fields.
fn compare(schema: &str, shape: Shape, left_out: &[&str]) {
    let text = below(schema);
    let called = schema.trim().trim_end_matches(':');
    let mut found = Vec::new();
    for line in text
        .lines()
        .filter(|line| line.starts_with("        ") && line.contains(": { type: "))
    {
        let (name, rest) = line.trim().split_once(": {").expect("a property");
        let kind = shape
            .fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, kind)| *kind);
        let expected = match kind {
            Some(Kind::Text) => "type: string",
            Some(Kind::Number) => "type: number",
            Some(Kind::Between(low, high)) => {
                assert!(
                    rest.contains(&format!("minimum: {low}, maximum: {high}")),
                    "{line}"
                );
                "type: number"
            }
            Some(Kind::Flag) => "type: boolean",
            Some(Kind::OneOf(list)) => {
                assert_eq!(names(rest, "enum:"), list);
                "type: string"
            }
            Some(Kind::Url) => "format: uri",
            None => {
                panic!("{name} is in the contract's {called}, and not in sandbox/src/validate.rs")
            }
        };
        assert!(rest.contains(expected), "{line}");
        found.push(name.to_owned());
    }
    for (field, _) in shape.fields {
        let is_known = found.iter().any(|name| name == field) || left_out.contains(field);
        assert!(is_known, "{field} is not in the contract's {called}");
    }
}

#[test]
fn every_field_has_the_contracts_type() {
    compare(
        "    AgentSettings:",
        validate::CREATE_AGENT,
        &["organization_id", "sub_account_id"],
    );
    compare("    MakeAiCallRequest:", validate::MAKE_AI_CALL, &[]);
    compare(
        "    SendMessageRequest:",
        validate::SEND_MESSAGE,
        &["channel"],
    );
    let channel = validate::SEND_MESSAGE
        .fields
        .iter()
        .find(|(name, _)| *name == "channel");
    let listed = names(&below("    Channel:"), "enum:");
    assert!(matches!(channel, Some((_, Kind::OneOf(list))) if listed == *list));
}

#[test]
fn every_conditional_rule_is_a_rule() {
    let text = below("    ConditionalRules:");
    let rules: Vec<&str> = text.lines().filter(|line| line.contains("- if:")).collect();
    assert_eq!(rules.len(), validate::CREATE_AGENT.rules.len());
    assert_eq!(validate::CREATE_AGENT.rules, validate::UPDATE_AGENT.rules);
    for (field, _, needed) in validate::CREATE_AGENT.rules {
        assert!(text.contains(&format!(
            "required: [{field}] }}\n          then: {{ required: [{needed}] }}"
        )));
    }
    let text = below("    SendMessageRequest:");
    assert!(text.contains("required: [ai] }\n      then: { required: [agent_id] }"));
    assert_eq!(validate::SEND_MESSAGE.rules.len(), 1);
}
