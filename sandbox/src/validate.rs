//! The contract's rules for requests, as tables, and the one check that reads them.
//!
//! A refusal names the first field that is wrong. Fields that no table knows pass.

use crate::http::Refusal;
use serde_json::{Map, Value};

/// What a field must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A number within bounds, both included.
    Between(f64, f64),
    /// `true` or `false`.
    Flag,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An absolute http or https URL.
    Url,
}

/// A field and what it must be.
pub type Field = (&'static str, Kind);

/// If the first field has that value, the last one must be there.
pub type Rule = (&'static str, Trigger, &'static str);

/// The value that makes a rule hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The field is `true`.
    True,
    /// The field is this string.
    Is(&'static str),
}

/// The fields, the required ones, and the conditional rules of one request.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// All known fields.
    pub fields: &'static [Field],
    /// Those that must be there.
    pub required: &'static [&'static str],
    /// Those that must be there because of another.
    pub rules: &'static [Rule],
}

const AGENT_FIELDS: &[Field] = &[
    ("name", Kind::Text),
    ("voice_id", Kind::Text),
    ("max_duration", Kind::Number),
    ("temperature", Kind::Between(0.0, 1.0)),
    ("silence_timeout", Kind::Number),
    ("voice_activity_timeout", Kind::Number),
    ("llm_model", Kind::Text),
    ("language", Kind::Text),
    ("background_noise", Kind::Flag),
    ("background_type", Kind::Text),
    ("voicemail_detection", Kind::Flag),
    ("voicemail_type", Kind::OneOf(&["leave_message", "hangup"])),
    ("voicemail_message", Kind::Text),
    ("backcchanneling", Kind::Flag),
    ("is_active", Kind::Flag),
    ("organization_id", Kind::Text),
    ("sub_account_id", Kind::Text),
    ("webhook", Kind::Flag),
    ("webhook_url", Kind::Url),
    ("recording", Kind::Flag),
];

const AGENT_RULES: &[Rule] = &[
    ("background_noise", Trigger::True, "background_type"),
    ("voicemail_detection", Trigger::True, "voicemail_type"),
    (
        "voicemail_type",
        Trigger::Is("leave_message"),
        "voicemail_message",
    ),
    ("webhook", Trigger::True, "webhook_url"),
];

/// `createAgent`
pub const CREATE_AGENT: Shape = Shape {
    fields: AGENT_FIELDS,
    required: &[
        "name",
        "voice_id",
        "max_duration",
        "temperature",
        "silence_timeout",
        "voice_activity_timeout",
        "llm_model",
        "language",
        "background_noise",
        "voicemail_detection",
        "backcchanneling",
        "is_active",
        "organization_id",
        "sub_account_id",
        "webhook",
        "recording",
    ],
    rules: AGENT_RULES,
};

/// `updateAgent`: any subset; the rules hold among the fields that are sent.
pub const UPDATE_AGENT: Shape = Shape {
    fields: AGENT_FIELDS,
    required: &[],
    rules: AGENT_RULES,
};

/// The fields that `updateAgent` refuses.
pub const FIXED: &[&str] = &["organization_id", "sub_account_id"];

/// `archiveAgent`
pub const ARCHIVE_AGENT: Shape = Shape {
    fields: &[("agent_id", Kind::Text)],
    required: &["agent_id"],
    rules: &[],
};

/// `makeAiCall`
pub const MAKE_AI_CALL: Shape = Shape {
    fields: &[
        ("contact_id", Kind::Text),
        ("organization_id", Kind::Text),
        ("sub_account_id", Kind::Text),
    ],
    required: &["contact_id", "organization_id", "sub_account_id"],
    rules: &[],
};

/// `sendMessage`
pub const SEND_MESSAGE: Shape = Shape {
    fields: &[
        ("content", Kind::Text),
        ("ai", Kind::Flag),
        ("conversation_id", Kind::Text),
        (
            "channel",
            Kind::OneOf(&["sms", "email", "whatsapp", "facebook", "instagram"]),
        ),
        ("agent_id", Kind::Text),
        ("message_id", Kind::Text),
    ],
    required: &["content", "ai", "conversation_id", "channel"],
    rules: &[("ai", Trigger::True, "agent_id")],
};

/// Refuses a body that breaks its shape.
pub(crate) fn check(body: &Map<String, Value>, shape: &Shape) -> Result<(), Refusal> {
    for (name, kind) in shape.fields {
        match body.get(*name) {
            Some(value) => check_kind(name, value, *kind)?,
            None if shape.required.contains(name) => {
                return Err(Refusal::bad(format!("{name} is required")));
            }
            None => {}
        }
    }
    for (field, trigger, needed) in shape.rules {
        let (holds, shown) = match trigger {
            Trigger::True => (
                body.get(*field) == Some(&Value::Bool(true)),
                "true".to_owned(),
            ),
            Trigger::Is(text) => (
                body.get(*field).and_then(Value::as_str) == Some(text),
                format!("\"{text}\""),
            ),
        };
        if holds && !body.contains_key(*needed) {
            return Err(Refusal::bad(format!(
                "{needed} is required when {field} is {shown}"
            )));
        }
    }
    Ok(())
}

fn check_kind(name: &str, value: &Value, kind: Kind) -> Result<(), Refusal> {
    let expected = match kind {
        Kind::Text if value.is_string() => return Ok(()),
        Kind::Text => "a string".to_owned(),
        Kind::Number if value.is_number() => return Ok(()),
        Kind::Number => "a number".to_owned(),
        Kind::Between(low, high) => match value.as_f64() {
            Some(number) if (low..=high).contains(&number) => return Ok(()),
            _ => format!("a number between {low} and {high}"),
        },
        Kind::Flag if value.is_boolean() => return Ok(()),
        Kind::Flag => "true or false".to_owned(),
        Kind::OneOf(list) => match value.as_str() {
            Some(text) if list.contains(&text) => return Ok(()),
            _ => format!("one of {}", list.join(", ")),
        },
        Kind::Url => match value.as_str() {
            Some(text) if is_url(text) => return Ok(()),
            _ => "an absolute http or https URL".to_owned(),
        },
    };
    Err(Refusal::bad(format!("{name} must be {expected}")))
}

fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
            && rest
                .chars()
                .next()
                .is_some_and(|first| !"/?#".contains(first))
            && !text.contains(|character: char| character.is_whitespace())
    })
}

/// A text field that [`check`] has found to be there.
pub(crate) fn text<'a>(body: &'a Map<String, Value>, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}
