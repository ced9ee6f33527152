//! The settings of a new agent in TypeScript: flat, and with the rules by which one field requires
//! another.

use tsify::Tsify;

use crate::types::{BackgroundType, Language, LlmModel, VoiceId, VoicemailType};

/// All fields of a new agent, flat, for who builds one step by step. `CreateAgentRequest` is the same,
/// with the rules by which one field requires another in its type.
#[derive(tsify::Tsify)]
pub(super) struct AgentSettings {
    /// The name that people see.
    pub(super) name: String,
    /// The voice, for example `Sulafat`.
    pub(super) voice_id: VoiceId,
    /// The longest a call may last, in minutes.
    pub(super) max_duration: f64,
    /// The creativity of the language model, from 0 (precise) to 1 (creative).
    pub(super) temperature: f64,
    /// How long it is silent before the agent speaks, in seconds.
    pub(super) silence_timeout: f64,
    /// The threshold of voice detection, in milliseconds.
    pub(super) voice_activity_timeout: f64,
    /// The large language model, for example `gpt-4o-mini`.
    pub(super) llm_model: LlmModel,
    /// The language that the agent speaks, for example `en-US`.
    pub(super) language: Language,
    /// Whether an ambient sound plays during calls. For `true` a `background_type` is required.
    pub(super) background_noise: bool,
    /// Which ambient sound, for example `call_center`.
    #[tsify(optional)]
    pub(super) background_type: BackgroundType,
    /// Whether the agent notices that a voicemail answered. For `true` a `voicemail_type` is
    /// required.
    pub(super) voicemail_detection: bool,
    /// What it does then: leave the message, or hang up. For `"leave_message"` a
    /// `voicemail_message` is required.
    #[tsify(optional)]
    pub(super) voicemail_type: VoicemailType,
    /// What the agent says to a voicemail.
    #[tsify(optional)]
    pub(super) voicemail_message: String,
    /// Whether the agent acknowledges with short words while the other side speaks. The double c is
    /// the wire's spelling. That it is required is inferred, the reference does not say.
    pub(super) backcchanneling: bool,
    /// Whether the agent is live (`true`) or paused (`false`). That it is required is inferred, the
    /// reference does not say.
    pub(super) is_active: bool,
    /// Whether the webhook is called after each call. For `true` a `webhook_url` is required. That
    /// the field itself is required is inferred, the reference does not say.
    pub(super) webhook: bool,
    /// The URL of the webhook.
    #[tsify(optional)]
    pub(super) webhook_url: String,
    /// Whether calls are recorded. That it is required is inferred, the reference does not say.
    pub(super) recording: bool,
    /// The organization that the agent will belong to (a UUID). It must be the API key's.
    pub(super) organization_id: String,
    /// The sub-account that the agent will belong to (a UUID). It must be the API key's.
    pub(super) sub_account_id: String,
}

/// The fields that a rule is about. `super::conditions` has them with their rules.
const CONDITIONAL: [&str; 7] = [
    "background_noise",
    "background_type",
    "voicemail_detection",
    "voicemail_type",
    "voicemail_message",
    "webhook",
    "webhook_url",
];

const STRICT: &str = "\
/**
 * An agent to create. Every further request creates a further agent.
 *
 * Four fields require another one: `background_noise: true` a `background_type`,
 * `voicemail_detection: true` a `voicemail_type`, `voicemail_type: \"leave_message\"` a
 * `voicemail_message`, and `webhook: true` a `webhook_url`. {@link AgentSettings} has the same fields
 * without these rules.
 */
export type CreateAgentRequest = BackgroundNoise & Voicemail & Webhook & {";

/// `CreateAgentRequest`: the fields of [`AgentSettings`], but unions for those that a rule is about.
pub(super) fn strict() -> String {
    let mut text = String::from(STRICT);
    let mut comment = String::new();
    let fields = AgentSettings::DECL
        .lines()
        .skip_while(|line| !line.ends_with('{'));
    for line in fields.skip(1) {
        comment.push('\n');
        comment.push_str(line);
        let Some((name, _)) = line.split_once(": ").filter(|_| line.ends_with(';')) else {
            continue;
        };
        let field = std::mem::take(&mut comment);
        if !CONDITIONAL.contains(&name.trim().trim_end_matches('?')) {
            text.push_str(&field);
        }
    }
    text + "\n};"
}
