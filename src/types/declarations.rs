//! The TypeScript declarations of all types, as one text.

use tsify::Tsify;

use super::*;

const HEADER: &str = "// Made by `cargo xtask build` from the crate's src/types/. Do not edit.\n";

/// The TypeScript declarations of all types: the npm package's `types.d.ts`.
#[must_use]
pub fn declarations() -> String {
    let mut text = String::from(HEADER);
    for declaration in ALL {
        text.push('\n');
        text.push_str(&short_comments(&intersection(declaration)));
        text.push('\n');
    }
    text
}

/// In the order of a reader's questions: what the operations take and give, then their parts.
const ALL: &[&str] = &[
    // Agents.
    Agent::DECL,
    CreateAgentRequest::DECL,
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
    BackgroundNoisePatch::DECL,
    BackgroundNoiseNamedPatch::DECL,
    BackgroundNoiseOffPatch::DECL,
    VoicemailPatch::DECL,
    VoicemailCompletePatch::DECL,
    VoicemailHangupPatch::DECL,
    VoicemailKeptPatch::DECL,
    VoicemailOffPatch::DECL,
    WebhookPatch::DECL,
    WebhookAddressedPatch::DECL,
    WebhookOffPatch::DECL,
    ArchivedAgent::DECL,
    VoiceId::DECL,
    LlmModel::DECL,
    Language::DECL,
    BackgroundType::DECL,
    VoicemailType::DECL,
    // Calls.
    MakeAiCallRequest::DECL,
    AiCall::DECL,
    CallStatus::DECL,
    CallType::DECL,
    CallRecording::DECL,
    // Messages.
    ContactMessagesQuery::DECL,
    ContactMessages::DECL,
    Contact::DECL,
    Message::DECL,
    SendMessageRequest::DECL,
    Author::DECL,
    AgentWritten::DECL,
    AsWritten::DECL,
    SentMessage::DECL,
    Channel::DECL,
    SenderType::DECL,
    MessageType::DECL,
    // Options and events.
    CenterfyOptions::DECL,
    RequestOptions::DECL,
    RateLimit::DECL,
    RateLimiter::DECL,
    AcquireInfo::DECL,
    CenterfyEvent::DECL,
    QueuedEvent::DECL,
    RequestEvent::DECL,
    ResponseEvent::DECL,
    RetryEvent::DECL,
    // Errors.
    Operation::DECL,
    ErrorCode::DECL,
    ApiError::DECL,
    // What the client uses of its surroundings.
    FetchLike::DECL,
    FetchInit::DECL,
    FetchResponse::DECL,
    AbortSignalLike::DECL,
];

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
