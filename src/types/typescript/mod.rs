//! The TypeScript declarations of all types, as one text: those of the structs and enums in
//! `crate::types`, and those of what only TypeScript has. Nothing in Rust is made of the latter.
#![allow(dead_code, reason = "only the declarations of these types are read")]

mod conditions;
mod events;
mod lists;
mod options;
mod settings;

use tsify::Tsify;

use conditions::{
    AgentWritten, AsWritten, Author, BackgroundNoise, BackgroundNoiseNamed, BackgroundNoiseOff,
    Voicemail, VoicemailComplete, VoicemailHangup, VoicemailKept, VoicemailOff, Webhook,
    WebhookAddressed, WebhookOff,
};
use events::{
    CenterfyEvent, EndEvent, FailureEvent, QueuedEvent, RequestEvent, ResponseEvent, RetryEvent,
};
use options::{
    AbortSignalLike, AcquireInfo, CenterfyOptions, FetchInit, FetchLike, FetchResponse, RateLimit,
    RateLimiter, Release, RequestOptions,
};
use settings::AgentSettings;

use super::{
    Agent, AiCall, ApiError, ArchivedAgent, BackgroundType, CallRecording, CallStatus, CallType,
    Channel, Contact, ContactMessages, ContactMessagesQuery, Language, LlmModel, MakeAiCallRequest,
    Message, MessageType, SendMessageRequest, SenderType, SentMessage, UpdateAgentRequest, VoiceId,
    VoicemailType,
};

const HEADER: &str = "// Made by `cargo xtask build` from the crate's src/types/. Do not edit.\n";

/// The TypeScript declarations of all types: the npm package's `types.d.ts`.
#[must_use]
pub fn declarations() -> String {
    let mut text = String::from(HEADER);
    push(&mut text, &undefined_is_absent(&settings::strict()));
    for declaration in GIVEN {
        push(&mut text, &undefined_is_absent(&intersection(declaration)));
    }
    for declaration in TAKEN {
        push(&mut text, &intersection(declaration));
    }
    push(&mut text, &lists::operations());
    push(&mut text, &lists::codes());
    for declaration in PARTS {
        push(&mut text, declaration);
    }
    text
}

fn push(text: &mut String, declaration: &str) {
    text.push('\n');
    text.push_str(&short_comments(declaration));
    text.push('\n');
}

/// What callers give: requests and options.
const GIVEN: &[&str] = &[
    AgentSettings::DECL,
    BackgroundNoise::DECL,
    BackgroundNoiseNamed::DECL,
    BackgroundNoiseOff::DECL,
    Voicemail::DECL,
    VoicemailComplete::DECL,
    VoicemailHangup::DECL,
    VoicemailKept::DECL,
    VoicemailOff::DECL,
    Webhook::DECL,
    WebhookAddressed::DECL,
    WebhookOff::DECL,
    UpdateAgentRequest::DECL,
    MakeAiCallRequest::DECL,
    ContactMessagesQuery::DECL,
    SendMessageRequest::DECL,
    Author::DECL,
    AgentWritten::DECL,
    AsWritten::DECL,
    CenterfyOptions::DECL,
    RequestOptions::DECL,
    RateLimit::DECL,
    RateLimiter::DECL,
    Release::DECL,
];

/// What callers get: answers, events and errors.
const TAKEN: &[&str] = &[
    Agent::DECL,
    ArchivedAgent::DECL,
    AiCall::DECL,
    CallRecording::DECL,
    ContactMessages::DECL,
    Contact::DECL,
    Message::DECL,
    SentMessage::DECL,
    AcquireInfo::DECL,
    CenterfyEvent::DECL,
    QueuedEvent::DECL,
    RequestEvent::DECL,
    ResponseEvent::DECL,
    FailureEvent::DECL,
    RetryEvent::DECL,
    EndEvent::DECL,
    ApiError::DECL,
];

/// What the other declarations are made of.
const PARTS: &[&str] = &[
    VoiceId::DECL,
    LlmModel::DECL,
    Language::DECL,
    BackgroundType::DECL,
    VoicemailType::DECL,
    CallStatus::DECL,
    CallType::DECL,
    Channel::DECL,
    SenderType::DECL,
    MessageType::DECL,
    FetchLike::DECL,
    FetchInit::DECL,
    FetchResponse::DECL,
    AbortSignalLike::DECL,
];

/// Lets `undefined` be given for a field that may be left out, for callers that have
/// `exactOptionalPropertyTypes` on: JSON has no `undefined`, so it means the same.
fn undefined_is_absent(declaration: &str) -> String {
    let field = |line: &str| match line
        .strip_suffix(';')
        .and_then(|field| field.split_once("?: "))
    {
        // Where a function is among the alternatives, the others would join its result.
        Some((name, kind)) if kind.contains("=>") => format!("{name}?: ({kind}) | undefined;"),
        Some((name, kind)) => format!("{name}?: {kind} | undefined;"),
        None => line.to_owned(),
    };
    declaration
        .lines()
        .map(field)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Turns what tsify makes of a struct with flattened parts, an interface that extends them, into
/// what TypeScript can read.
///
/// Unknown fields have no part in TypeScript: an index signature would let misspelled fields pass.
/// The other parts are unions, which an interface cannot extend, so the struct becomes a type: the
/// intersection of the parts and its own fields. (tsify makes an intersection too when a part is no
/// plain name, but leaves out the comments of the fields.)
fn intersection(declaration: &str) -> String {
    let Some(start) = declaration.find("export interface ") else {
        return declaration.to_owned();
    };
    let (comment, interface) = declaration.split_at(start);
    let Some((head, body)) = interface.split_once(" {") else {
        return declaration.to_owned();
    };
    let Some((name, parts)) = head.split_once(" extends ") else {
        return declaration.to_owned();
    };
    let parts: Vec<&str> = parts
        .split(", ")
        .filter(|part| *part != "Unlisted")
        .collect();
    if parts.is_empty() {
        return format!("{comment}{name} {{{body}");
    }
    let name = name.replacen("interface", "type", 1);
    format!("{comment}{name} = {} & {{{body};", parts.join(" & "))
}

/// Puts a comment of one line on one line.
fn short_comments(declaration: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in declaration.lines() {
        let short = match lines.as_slice() {
            [.., open, only] if line.trim() == "*/" && open.trim() == "/**" => {
                only.split_once("* ").map(|(indent, text)| {
                    format!(
                        "{}/** {text} */",
                        indent.strip_suffix(' ').unwrap_or(indent)
                    )
                })
            }
            _ => None,
        };
        match short {
            Some(short) => {
                lines.truncate(lines.len() - 2);
                lines.push(short);
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}
