//! The table of the eight operations: verb, path, whether a repeat is safe, and the fields that a
//! request may have. Everything that checks, sends or describes a request reads it here: the npm
//! module, the typed client, the generated JavaScript tables and the test against the contract.
//!
//! Facts come from `tests/contract/openapi.yaml`.

/// One of the eight operations of the API. Its number is its index in [`TABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
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

impl Operation {
    /// All eight, in the order of [`TABLE`].
    pub const ALL: [Self; 8] = [
        Self::GetAgent,
        Self::CreateAgent,
        Self::UpdateAgent,
        Self::ArchiveAgent,
        Self::MakeAiCall,
        Self::GetCallRecording,
        Self::GetContactMessages,
        Self::SendMessage,
    ];

    /// What the table says about it.
    #[must_use]
    pub const fn spec(self) -> &'static Spec {
        match self {
            Self::GetAgent => &TABLE[0],
            Self::CreateAgent => &TABLE[1],
            Self::UpdateAgent => &TABLE[2],
            Self::ArchiveAgent => &TABLE[3],
            Self::MakeAiCall => &TABLE[4],
            Self::GetCallRecording => &TABLE[5],
            Self::GetContactMessages => &TABLE[6],
            Self::SendMessage => &TABLE[7],
        }
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
    /// Whether carrying it out twice leaves the same state as once, and reaches nobody twice.
    pub repeat_safe: bool,
    /// What a request may have, in the order in which it is checked.
    pub fields: &'static [Field],
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

/// What the value of a field may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
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

impl Accepts {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 12] = [
        Self::PathId,
        Self::Id,
        Self::Text,
        Self::Flag,
        Self::Number,
        Self::Unit,
        Self::PageSize,
        Self::Offset,
        Self::VoicemailType,
        Self::Channel,
        Self::Object,
        Self::Nothing,
    ];

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

/// The conditional rules of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Rule {
    /// `background_noise: true` asks for `background_type`.
    BackgroundNoise = 1,
    /// `voicemail_detection: true` asks for `voicemail_type`.
    VoicemailDetection,
    /// `voicemail_type: "leave_message"` asks for `voicemail_message`.
    LeaveMessage,
    /// `webhook: true` asks for `webhook_url`.
    Webhook,
    /// `ai: true` asks for `agent_id`.
    Ai,
}

impl Rule {
    /// All of them, in the order of their numbers, which start at 1.
    pub const ALL: [Self; 5] = [
        Self::BackgroundNoise,
        Self::VoicemailDetection,
        Self::LeaveMessage,
        Self::Webhook,
        Self::Ai,
    ];

    /// The field that the condition looks at, and the JSON value that makes it hold.
    #[must_use]
    pub const fn condition(self) -> (&'static str, &'static str) {
        match self {
            Self::BackgroundNoise => ("background_noise", "true"),
            Self::VoicemailDetection => ("voicemail_detection", "true"),
            Self::LeaveMessage => ("voicemail_type", "\"leave_message\""),
            Self::Webhook => ("webhook", "true"),
            Self::Ai => ("ai", "true"),
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

/// The eight operations.
pub static TABLE: [Spec; 8] = [
    Spec {
        name: "getAgent",
        method: "GET",
        path: "get-agent/",
        id_in_path: true,
        repeat_safe: true,
        fields: &[AGENT_ID],
    },
    Spec {
        name: "createAgent",
        method: "POST",
        path: "create-agent",
        id_in_path: false,
        repeat_safe: false,
        fields: &[
            REQUEST,
            required("name", Accepts::Text),
            required("voice_id", Accepts::Text),
            required("max_duration", Accepts::Number),
            required("temperature", Accepts::Unit),
            required("silence_timeout", Accepts::Number),
            required("voice_activity_timeout", Accepts::Number),
            required("llm_model", Accepts::Text),
            required("language", Accepts::Text),
            required("background_noise", Accepts::Flag),
            when(Rule::BackgroundNoise, "background_type", Accepts::Text),
            required("voicemail_detection", Accepts::Flag),
            when(
                Rule::VoicemailDetection,
                "voicemail_type",
                Accepts::VoicemailType,
            ),
            when(Rule::LeaveMessage, "voicemail_message", Accepts::Text),
            required("backcchanneling", Accepts::Flag),
            required("is_active", Accepts::Flag),
            required("webhook", Accepts::Flag),
            when(Rule::Webhook, "webhook_url", Accepts::Text),
            required("recording", Accepts::Flag),
            required("organization_id", Accepts::Id),
            required("sub_account_id", Accepts::Id),
        ],
    },
    Spec {
        name: "updateAgent",
        method: "PUT",
        path: "update-agent/",
        id_in_path: true,
        repeat_safe: true,
        fields: &[
            AGENT_ID,
            required("patch", Accepts::Object),
            optional("name", Accepts::Text),
            optional("voice_id", Accepts::Text),
            optional("max_duration", Accepts::Number),
            optional("temperature", Accepts::Unit),
            optional("silence_timeout", Accepts::Number),
            optional("voice_activity_timeout", Accepts::Number),
            optional("llm_model", Accepts::Text),
            optional("language", Accepts::Text),
            optional("background_noise", Accepts::Flag),
            when(Rule::BackgroundNoise, "background_type", Accepts::Text),
            optional("voicemail_detection", Accepts::Flag),
            when(
                Rule::VoicemailDetection,
                "voicemail_type",
                Accepts::VoicemailType,
            ),
            when(Rule::LeaveMessage, "voicemail_message", Accepts::Text),
            optional("backcchanneling", Accepts::Flag),
            optional("is_active", Accepts::Flag),
            optional("webhook", Accepts::Flag),
            when(Rule::Webhook, "webhook_url", Accepts::Text),
            optional("recording", Accepts::Flag),
            optional("organization_id", Accepts::Nothing),
            optional("sub_account_id", Accepts::Nothing),
        ],
    },
    Spec {
        name: "archiveAgent",
        method: "POST",
        path: "archive-agent",
        id_in_path: false,
        repeat_safe: true,
        fields: &[required("agentId", Accepts::Id)],
    },
    Spec {
        name: "makeAiCall",
        method: "POST",
        path: "make-ai-call/",
        id_in_path: true,
        repeat_safe: false,
        fields: &[
            AGENT_ID,
            REQUEST,
            required("contact_id", Accepts::Id),
            required("organization_id", Accepts::Id),
            required("sub_account_id", Accepts::Id),
        ],
    },
    Spec {
        name: "getCallRecording",
        method: "GET",
        path: "get-call-recording/",
        id_in_path: true,
        repeat_safe: true,
        fields: &[required("callId", Accepts::PathId)],
    },
    Spec {
        name: "getContactMessages",
        method: "GET",
        path: "get-contact-messages/",
        id_in_path: true,
        repeat_safe: true,
        fields: &[
            required("contactId", Accepts::PathId),
            optional("query", Accepts::Object),
            optional("limit", Accepts::PageSize),
            optional("offset", Accepts::Offset),
        ],
    },
    Spec {
        name: "sendMessage",
        method: "POST",
        path: "send-message",
        id_in_path: false,
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
    },
];

/// A bit for each operation that is repeat-safe: all that the npm module carries of that column.
pub const REPEAT_SAFE: u32 = {
    let (mut i, mut bits) = (0, 0);
    while i < TABLE.len() {
        #[allow(clippy::indexing_slicing, reason = "runs at compile time only")]
        if TABLE[i].repeat_safe {
            bits |= 1 << i;
        }
        i += 1;
    }
    bits
};
