//! The table of the operations: verb, path, whether a repeat is safe, and the fields of the request.
//! The npm module, the typed client, the generated JavaScript tables and the contract tests read it.
//!
//! The facts come from `tests/contract/openapi.yaml`.

use alloc::string::String;

use crate::accepts::Accepts;
use crate::enumerated::enumerated;
use crate::text::Text;

enumerated! {
    /// One of the operations of the API.
    #[non_exhaustive]
    pub enum Operation {
        /// `GET get-agent/{agentId}`
        GetAgent,
        /// `POST create-agent`
        CreateAgent,
        /// `PUT update-agent/{agentId}`
        UpdateAgent,
        /// `POST archive-agent`
        ArchiveAgent,
        /// `POST make-ai-call/{agent_id}`
        MakeAiCall,
        /// `GET get-call-recording/{call_id}`
        GetCallRecording,
        /// `GET get-contact-messages/{contact_id}`
        GetContactMessages,
        /// `POST send-message`
        SendMessage,
    }
}

impl Operation {
    /// Its row in the table. For the project's own tools: [`crate::internal`] has the type.
    #[doc(hidden)]
    #[must_use]
    pub const fn spec(self) -> &'static Spec {
        match self {
            Self::GetAgent => &GET_AGENT,
            Self::CreateAgent => &CREATE_AGENT,
            Self::UpdateAgent => &UPDATE_AGENT,
            Self::ArchiveAgent => &ARCHIVE_AGENT,
            Self::MakeAiCall => &MAKE_AI_CALL,
            Self::GetCallRecording => &GET_CALL_RECORDING,
            Self::GetContactMessages => &GET_CONTACT_MESSAGES,
            Self::SendMessage => &SEND_MESSAGE,
        }
    }
}

/// What a client needs of a [`Spec`] to send a request. The table of the fields stays out of a program: the
/// checks have it in another form. This saves 400 bytes (brotli).
#[cfg(feature = "client")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) id_in_path: bool,
    pub(crate) payload: Payload,
    pub(crate) repeat_safe: bool,
}

#[cfg(feature = "client")]
impl Route {
    const fn of(spec: &Spec) -> Self {
        Self {
            method: spec.method,
            path: spec.path,
            id_in_path: spec.id_in_path,
            payload: spec.payload,
            repeat_safe: spec.repeat_safe,
        }
    }
}

#[cfg(feature = "client")]
#[allow(clippy::indexing_slicing, reason = "there is one for each operation")]
impl Operation {
    /// How to send it.
    pub(crate) const fn route(self) -> &'static Route {
        static ROUTES: [Route; Operation::EACH.len()] = {
            let (mut routes, mut index) = ([Route::of(&GET_AGENT); Operation::EACH.len()], 0);
            while index < routes.len() {
                routes[index] = Route::of(Operation::EACH[index].spec());
                index += 1;
            }
            routes
        };
        &ROUTES[self as usize]
    }
}

impl Operation {
    /// Its name, the same as the client's method: `get_contact_messages`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GetAgent => "get_agent",
            Self::CreateAgent => "create_agent",
            Self::UpdateAgent => "update_agent",
            Self::ArchiveAgent => "archive_agent",
            Self::MakeAiCall => "make_ai_call",
            Self::GetCallRecording => "get_call_recording",
            Self::GetContactMessages => "get_contact_messages",
            Self::SendMessage => "send_message",
        }
    }
}

impl core::fmt::Display for Operation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

enumerated! {
    /// Where the request goes, which is an operation's last argument.
    pub enum Payload {
        /// The operation has no request.
        Nothing,
        /// Into the body, as JSON.
        Body,
        /// Into the query, field by field.
        Query,
        /// The one argument is an id, and the body is `{"agent_id": id}`.
        AgentId,
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// The API's name of the operation, which is also the method's name.
    pub name: &'static str,
    /// The HTTP verb.
    pub method: &'static str,
    /// The path below the base URL, without the id that may follow it.
    pub path: &'static str,
    /// Whether the first field goes into the path, as its last segment.
    pub id_in_path: bool,
    /// Where the request goes.
    pub payload: Payload,
    /// Whether performing it twice leaves the same state as performing it once and reaches no person
    /// twice.
    pub repeat_safe: bool,
    /// The fields of a request, in the order in which they are checked.
    pub fields: &'static [Field],
}

impl Spec {
    /// How many arguments it takes: an id, a request, or both.
    #[must_use]
    pub const fn arity(&self) -> usize {
        self.id_in_path as usize + !matches!(self.payload, Payload::Nothing) as usize
    }
}

/// One field of a request.
#[derive(Debug)]
pub struct Field {
    /// Its name: on the wire, or of the argument (`agentId`).
    pub name: &'static str,
    /// What it may be.
    pub accepts: Accepts,
    /// Whether it is required.
    pub presence: Presence,
}

/// Whether a field is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// When this rule's condition holds.
    When(Rule),
}

enumerated! {
    /// The conditional rules of the contract: each requires a field when its condition holds.
    pub enum Rule {
        /// `background_noise: true` requires `background_type`.
        BackgroundNoise,
        /// `voicemail_detection: true` requires `voicemail_type`.
        VoicemailDetection,
        /// `voicemail_type: "leave_message"` requires `voicemail_message`.
        LeaveMessage,
        /// `webhook: true` requires `webhook_url`.
        Webhook,
        /// `ai: true` requires `agent_id`.
        Ai,
    }
}

impl Rule {
    /// The field of the condition, and the string for which the condition holds; `None` if it holds for
    /// `true`.
    #[must_use]
    pub const fn condition(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::BackgroundNoise => ("background_noise", None),
            Self::VoicemailDetection => ("voicemail_detection", None),
            Self::LeaveMessage => ("voicemail_type", Some("leave_message")),
            Self::Webhook => ("webhook", None),
            Self::Ai => ("ai", None),
        }
    }

    /// The condition in an error: `webhook is true`.
    #[must_use]
    pub fn text(self) -> String {
        self.append_to(Text::EMPTY).as_str().into()
    }

    /// The condition, after `text`.
    pub(crate) const fn append_to(self, text: Text) -> Text {
        match self.condition() {
            (field, Some(word)) => text.and(field).and(" is \"").and(word).and("\""),
            (field, None) => text.and(field).and(" is true"),
        }
    }
}

const fn required(name: &'static str, accepts: Accepts) -> Field {
    Field {
        name,
        accepts,
        presence: Presence::Required,
    }
}

const fn optional(name: &'static str, accepts: Accepts) -> Field {
    Field {
        name,
        accepts,
        presence: Presence::Optional,
    }
}

const fn when(rule: Rule, name: &'static str, accepts: Accepts) -> Field {
    Field {
        name,
        accepts,
        presence: Presence::When(rule),
    }
}

const VOICEMAIL_TYPE: Accepts = Accepts::OneOf(&["leave_message", "hangup"]);
const CHANNEL: Accepts = Accepts::OneOf(&["sms", "email", "whatsapp", "facebook", "instagram"]);

const REQUEST: Field = required("request", Accepts::Object);
const AGENT_ID: Field = required("agentId", Accepts::PathSegment);

/// The fields of an agent, for creating and for updating one. `$presence` is `required` or `optional`.
macro_rules! agent_fields {
    ($presence:ident, before: [$($before:expr),+], scope: $scope:expr) => {
        &[
            $($before,)+
            $presence("name", Accepts::TEXT),
            $presence("voice_id", Accepts::TEXT),
            $presence("max_duration", Accepts::NUMBER),
            $presence("temperature", Accepts::number(0.0, 1.0)),
            $presence("silence_timeout", Accepts::NUMBER),
            $presence("voice_activity_timeout", Accepts::NUMBER),
            $presence("llm_model", Accepts::TEXT),
            $presence("language", Accepts::TEXT),
            $presence("background_noise", Accepts::Boolean),
            when(Rule::BackgroundNoise, "background_type", Accepts::TEXT),
            $presence("voicemail_detection", Accepts::Boolean),
            when(Rule::VoicemailDetection, "voicemail_type", VOICEMAIL_TYPE),
            when(Rule::LeaveMessage, "voicemail_message", Accepts::TEXT),
            $presence("backcchanneling", Accepts::Boolean),
            $presence("is_active", Accepts::Boolean),
            $presence("webhook", Accepts::Boolean),
            when(Rule::Webhook, "webhook_url", Accepts::TEXT),
            $presence("recording", Accepts::Boolean),
            $presence("organization_id", $scope),
            $presence("sub_account_id", $scope),
        ]
    };
}

static GET_AGENT: Spec = Spec {
    name: "getAgent",
    method: "GET",
    path: "get-agent/",
    id_in_path: true,
    payload: Payload::Nothing,
    repeat_safe: true,
    fields: &[AGENT_ID],
};

static CREATE_AGENT: Spec = Spec {
    name: "createAgent",
    method: "POST",
    path: "create-agent",
    id_in_path: false,
    payload: Payload::Body,
    repeat_safe: false,
    fields: agent_fields!(required, before: [REQUEST], scope: Accepts::ID),
};

static UPDATE_AGENT: Spec = Spec {
    name: "updateAgent",
    method: "PUT",
    path: "update-agent/",
    id_in_path: true,
    payload: Payload::Body,
    repeat_safe: true,
    fields: agent_fields!(
        optional,
        before: [AGENT_ID, required("patch", Accepts::Object)],
        scope: Accepts::Nothing
    ),
};

static ARCHIVE_AGENT: Spec = Spec {
    name: "archiveAgent",
    method: "POST",
    path: "archive-agent",
    id_in_path: false,
    payload: Payload::AgentId,
    repeat_safe: true,
    fields: &[required("agentId", Accepts::ID)],
};

static MAKE_AI_CALL: Spec = Spec {
    name: "makeAiCall",
    method: "POST",
    path: "make-ai-call/",
    id_in_path: true,
    payload: Payload::Body,
    repeat_safe: false,
    fields: &[
        AGENT_ID,
        REQUEST,
        required("contact_id", Accepts::ID),
        required("organization_id", Accepts::ID),
        required("sub_account_id", Accepts::ID),
    ],
};

static GET_CALL_RECORDING: Spec = Spec {
    name: "getCallRecording",
    method: "GET",
    path: "get-call-recording/",
    id_in_path: true,
    payload: Payload::Nothing,
    repeat_safe: true,
    fields: &[required("callId", Accepts::PathSegment)],
};

static GET_CONTACT_MESSAGES: Spec = Spec {
    name: "getContactMessages",
    method: "GET",
    path: "get-contact-messages/",
    id_in_path: true,
    payload: Payload::Query,
    repeat_safe: true,
    fields: &[
        required("contactId", Accepts::PathSegment),
        optional("query", Accepts::Object),
        optional("limit", Accepts::integer(1.0, 200.0)),
        optional("offset", Accepts::COUNT),
    ],
};

static SEND_MESSAGE: Spec = Spec {
    name: "sendMessage",
    method: "POST",
    path: "send-message",
    id_in_path: false,
    payload: Payload::Body,
    repeat_safe: false,
    fields: &[
        REQUEST,
        required("content", Accepts::TEXT),
        required("ai", Accepts::Boolean),
        required("conversation_id", Accepts::ID),
        required("channel", CHANNEL),
        when(Rule::Ai, "agent_id", Accepts::ID),
        optional("message_id", Accepts::ID),
    ],
};
