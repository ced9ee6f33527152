//! A phone call, and what becomes of its recording.

use crate::auth::Scope;

/// A call rings for so long, and then is talked.
const RINGING_MS: u64 = 3_000;
/// After so long it is over, and its recording is there.
const OVER_MS: u64 = 10_000;

/// What becomes of a call's recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recording {
    /// There is none.
    None,
    /// It is at a signed URL that expires.
    Signed,
    /// It is an older one, at a URL that does not expire.
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
    /// A status that time does not change.
    pub(crate) status: Option<&'static str>,
}

impl Call {
    /// How far it has come by now.
    pub(crate) fn status(&self, now_ms: u64) -> &'static str {
        let age = now_ms.saturating_sub(self.started_ms);
        match self.status {
            Some(status) => status,
            None if age < RINGING_MS => "call_initiated",
            None if age < OVER_MS => "in_progress",
            None => "completed",
        }
    }

    /// Whether its recording can be had by now.
    pub(crate) fn has_recording(&self, now_ms: u64) -> bool {
        self.recording != Recording::None && self.status(now_ms) == "completed"
    }
}
