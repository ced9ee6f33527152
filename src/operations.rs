//! The table of the operations: verb, path, whether a repeat is safe, and the fields that a
//! request may have. Everything that checks, sends or describes a request reads it here: the npm
//! module, the typed client, the generated JavaScript tables and the test against the contract.
//!
//! Facts come from `tests/contract/openapi.yaml`.

use alloc::format;
use alloc::string::String;

use crate::enumerated::enumerated;
use crate::validate::Kind;

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
    /// What the table says about it.
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

impl Operation {
    /// Its name, as the client's method has it: `get_contact_messages`.
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
        /// There is none.
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
    /// The API's name of the operation, which is the method's name too.
    pub name: &'static str,
    /// The HTTP verb.
    pub method: &'static str,
    /// The path below the base URL, without the id that may follow it.
    pub path: &'static str,
    /// Whether the first field goes into the path, as its last segment.
    pub id_in_path: bool,
    /// Where the request goes.
    pub payload: Payload,
    /// Whether carrying it out twice leaves the same state as once, and reaches nobody twice.
    pub repeat_safe: bool,
    /// What a request may have, in the order in which it is checked.
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
    /// When it has to be there.
    pub presence: Presence,
}

enumerated! {
    /// What the value of a field may be.
    pub enum Accepts {
        /// An id that becomes one segment of a path: any string but `""`, `"."` and `".."`.
        PathId,
        /// An id in a body: any string but the empty one.
        Id,
        /// Any string.
        Text,
        /// `true` or `false`.
        Flag,
        /// A finite number.
        Number,
        /// A number from 0 to 1.
        Unit,
        /// An integer from 1 to 200.
        PageSize,
        /// An integer, 0 or more.
        Offset,
        /// `"leave_message"` or `"hangup"`.
        VoicemailType,
        /// `"sms"`, `"email"`, `"whatsapp"`, `"facebook"` or `"instagram"`.
        Channel,
        /// An object.
        Object,
        /// Nothing: the API does not accept this field here.
        Nothing,
    }
}

impl Accepts {
    /// The words that follow "must be" in an error.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::PathId => "a non-empty string other than \".\" and \"..\"",
            Self::Id => "a non-empty string",
            Self::Text => "a string",
            Self::Flag => "true or false",
            Self::Number => "a finite number",
            Self::Unit => "a number from 0 to 1",
            Self::PageSize => "an integer from 1 to 200",
            Self::Offset => "an integer, 0 or more",
            Self::VoicemailType => "\"leave_message\" or \"hangup\"",
            Self::Channel => "\"sms\", \"email\", \"whatsapp\", \"facebook\" or \"instagram\"",
            Self::Object => "an object",
            Self::Nothing => "left out, it cannot be changed",
        }
    }
}

/// When a field has to be there.
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
    /// The conditional rules of the contract.
    pub enum Rule {
        /// `background_noise: true` asks for `background_type`.
        BackgroundNoise,
        /// `voicemail_detection: true` asks for `voicemail_type`.
        VoicemailDetection,
        /// `voicemail_type: "leave_message"` asks for `voicemail_message`.
        LeaveMessage,
        /// `webhook: true` asks for `webhook_url`.
        Webhook,
        /// `ai: true` asks for `agent_id`.
        Ai,
    }
}

impl Rule {
    /// The field that the condition looks at, and the kind of value that makes it hold.
    #[must_use]
    pub const fn condition(self) -> (&'static str, Kind) {
        match self {
            Self::BackgroundNoise => ("background_noise", Kind::True),
            Self::VoicemailDetection => ("voicemail_detection", Kind::True),
            Self::LeaveMessage => ("voicemail_type", Kind::LeaveMessage),
            Self::Webhook => ("webhook", Kind::True),
            Self::Ai => ("ai", Kind::True),
        }
    }

    /// The words that follow what a field must be, when it has to be there for this rule.
    #[must_use]
    pub fn words(self) -> String {
        let (field, kind) = self.condition();
        match kind.word() {
            Some(word) => format!(" when {field} is \"{word}\""),
            None => format!(" when {field} is true"),
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

const REQUEST: Field = required("request", Accepts::Object);
const AGENT_ID: Field = required("agentId", Accepts::PathId);

/// The fields of an agent, once for creating and for changing one. `$given` is `required` or
/// `optional`; what is `when` has to be there for its rule alone.
macro_rules! agent_fields {
    ($given:ident, before: [$($before:expr),+], scope: $scope:expr) => {
        &[
            $($before,)+
            $given("name", Accepts::Text),
            $given("voice_id", Accepts::Text),
            $given("max_duration", Accepts::Number),
            $given("temperature", Accepts::Unit),
            $given("silence_timeout", Accepts::Number),
            $given("voice_activity_timeout", Accepts::Number),
            $given("llm_model", Accepts::Text),
            $given("language", Accepts::Text),
            $given("background_noise", Accepts::Flag),
            when(Rule::BackgroundNoise, "background_type", Accepts::Text),
            $given("voicemail_detection", Accepts::Flag),
            when(Rule::VoicemailDetection, "voicemail_type", Accepts::VoicemailType),
            when(Rule::LeaveMessage, "voicemail_message", Accepts::Text),
            $given("backcchanneling", Accepts::Flag),
            $given("is_active", Accepts::Flag),
            $given("webhook", Accepts::Flag),
            when(Rule::Webhook, "webhook_url", Accepts::Text),
            $given("recording", Accepts::Flag),
            $given("organization_id", $scope),
            $given("sub_account_id", $scope),
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
    fields: agent_fields!(required, before: [REQUEST], scope: Accepts::Id),
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
    fields: &[required("agentId", Accepts::Id)],
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
        required("contact_id", Accepts::Id),
        required("organization_id", Accepts::Id),
        required("sub_account_id", Accepts::Id),
    ],
};

static GET_CALL_RECORDING: Spec = Spec {
    name: "getCallRecording",
    method: "GET",
    path: "get-call-recording/",
    id_in_path: true,
    payload: Payload::Nothing,
    repeat_safe: true,
    fields: &[required("callId", Accepts::PathId)],
};

static GET_CONTACT_MESSAGES: Spec = Spec {
    name: "getContactMessages",
    method: "GET",
    path: "get-contact-messages/",
    id_in_path: true,
    payload: Payload::Query,
    repeat_safe: true,
    fields: &[
        required("contactId", Accepts::PathId),
        optional("query", Accepts::Object),
        optional("limit", Accepts::PageSize),
        optional("offset", Accepts::Offset),
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
        required("content", Accepts::Text),
        required("ai", Accepts::Flag),
        required("conversation_id", Accepts::Id),
        required("channel", Accepts::Channel),
        when(Rule::Ai, "agent_id", Accepts::Id),
        optional("message_id", Accepts::Id),
    ],
};
