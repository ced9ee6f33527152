//! The seeded business: a dental practice, its agents, its patients and its calls.

use crate::entities::Recording;

/// A contact of the practice.
pub(crate) struct Person {
    pub(crate) name: Option<&'static str>,
    pub(crate) email: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
    /// The channels of the conversation. An exchange stays on one channel.
    pub(crate) channels: &'static [&'static str],
    pub(crate) messages: usize,
    /// The age of the last message, in minutes.
    pub(crate) quiet_minutes: u64,
}

/// A past call. The agent and the contact are indexes into the lists.
pub(crate) struct CallPlan {
    pub(crate) agent: usize,
    pub(crate) contact: usize,
    pub(crate) minutes_ago: u64,
    pub(crate) status: &'static str,
    pub(crate) recording: Recording,
}

/// The settings of the agents. The second one has a field that is not in the contract.
pub(crate) const AGENTS: [&str; 4] = [
    r#"{
        "name": "Nora, front desk", "voice_id": "Sulafat", "max_duration": 15, "temperature": 0.4,
        "silence_timeout": 8, "voice_activity_timeout": 350, "llm_model": "gpt-4o-mini",
        "language": "en-US", "background_noise": true, "background_type": "call_center",
        "voicemail_detection": true, "voicemail_type": "leave_message",
        "voicemail_message": "Hi, this is Nora from Harbor Street Dental. Please call us back at 207-555-0100 whenever it suits you.",
        "backcchanneling": true, "is_active": true, "webhook": false, "recording": true
    }"#,
    r#"{
        "name": "Ravi, recalls and reminders", "voice_id": "Ravi", "max_duration": 5, "temperature": 0.2,
        "silence_timeout": 5, "voice_activity_timeout": 300, "llm_model": "gpt-4o-mini",
        "language": "en-US", "background_noise": false,
        "voicemail_detection": true, "voicemail_type": "hangup",
        "backcchanneling": false, "is_active": true, "webhook": true,
        "webhook_url": "https://hooks.example.com/harbor-street/after-call", "recording": true,
        "transfer_number": "+12075550100"
    }"#,
    r#"{
        "name": "Aria, new patients", "voice_id": "Aria", "max_duration": 20, "temperature": 0.7,
        "silence_timeout": 10, "voice_activity_timeout": 400, "llm_model": "gpt-4o",
        "language": "en-GB", "background_noise": false, "voicemail_detection": false,
        "backcchanneling": true, "is_active": true, "webhook": false, "recording": false
    }"#,
    r#"{
        "name": "Lucía, línea en español", "voice_id": "Leda", "max_duration": 12, "temperature": 0.5,
        "silence_timeout": 8, "voice_activity_timeout": 350, "llm_model": "gpt-4o-mini",
        "language": "es-US", "background_noise": true, "background_type": "office",
        "voicemail_detection": true, "voicemail_type": "leave_message",
        "voicemail_message": "Hola, le habla Lucía de Harbor Street Dental. Llámenos cuando guste al 207-555-0100.",
        "backcchanneling": true, "is_active": false, "webhook": false, "recording": true
    }"#,
];

/// The time zone of the practice, and of its contacts with a phone number.
pub(crate) const TIME_ZONE: &str = "America/New_York";

/// The contacts. Their numbers and addresses are reserved for examples.
pub(crate) const CONTACTS: [Person; 6] = [
    Person {
        name: Some("Maya Lindqvist"),
        email: Some("maya.lindqvist@example.com"),
        phone: Some("+12075550111"),
        channels: &["sms", "sms", "email", "sms", "whatsapp"],
        messages: 120,
        quiet_minutes: 42,
    },
    Person {
        name: Some("Daniel Okafor"),
        email: Some("d.okafor@example.com"),
        phone: Some("+12075550123"),
        channels: &["sms", "email"],
        messages: 34,
        quiet_minutes: 190,
    },
    Person {
        name: Some("Priya Raman"),
        email: Some("priya@example.org"),
        phone: Some("+12075550134"),
        channels: &["whatsapp"],
        messages: 18,
        quiet_minutes: 1_300,
    },
    Person {
        name: Some("Tom Becker"),
        email: None,
        phone: Some("+12075550145"),
        channels: &["sms"],
        messages: 9,
        quiet_minutes: 2_900,
    },
    Person {
        name: Some("Elena Vásquez"),
        email: Some("elena.vasquez@example.net"),
        phone: Some("+12075550156"),
        channels: &["facebook", "email"],
        messages: 5,
        quiet_minutes: 4_400,
    },
    Person {
        name: None,
        email: None,
        phone: None,
        channels: &["instagram"],
        messages: 3,
        quiet_minutes: 75,
    },
];

/// The calls: three with a recording that expires, an older one whose recording does not, and
/// one in progress without a recording.
pub(crate) const CALLS: [CallPlan; 5] = [
    CallPlan {
        agent: 1,
        contact: 1,
        minutes_ago: 190 * 1_440,
        status: "completed",
        recording: Recording::Permanent,
    },
    CallPlan {
        agent: 0,
        contact: 0,
        minutes_ago: 6 * 1_440 + 95,
        status: "completed",
        recording: Recording::Signed,
    },
    CallPlan {
        agent: 1,
        contact: 2,
        minutes_ago: 2 * 1_440 + 310,
        status: "completed",
        recording: Recording::Signed,
    },
    CallPlan {
        agent: 0,
        contact: 3,
        minutes_ago: 205,
        status: "completed",
        recording: Recording::Signed,
    },
    CallPlan {
        agent: 1,
        contact: 4,
        minutes_ago: 2,
        status: "in_progress",
        recording: Recording::None,
    },
];
