//! A phone call.

use crate::auth::Scope;

/// How long a call rings.
const RINGING_MS: u64 = 3_000;
/// When a call ends and its recording becomes available.
const OVER_MS: u64 = 10_000;

/// The recording of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recording {
    /// No recording.
    None,
    /// A recording at a signed URL that expires.
    Signed,
    /// An older recording, at a URL that does not expire.
    Permanent,
}

/// A phone call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) sid: String,
    pub(crate) agent_id: String,
    pub(crate) contact_id: String,
    pub(crate) scope: Scope,
    pub(crate) started_ms: u64,
    pub(crate) recording: Recording,
    /// A fixed status. Without it, the status follows from the age of the call.
    pub(crate) status: Option<&'static str>,
}

impl Call {
    /// The current status.
    pub(crate) fn status(&self, now_ms: u64) -> &'static str {
        let age = now_ms.saturating_sub(self.started_ms);
        match self.status {
            Some(status) => status,
            None if age < RINGING_MS => "call_initiated",
            None if age < OVER_MS => "in_progress",
            None => "completed",
        }
    }

    /// Whether the recording is available.
    pub(crate) fn has_recording(&self, now_ms: u64) -> bool {
        self.recording != Recording::None && self.status(now_ms) == "completed"
    }
}
