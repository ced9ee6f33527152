//! Outbound AI calls and the recordings of calls.

use serde::Serialize;

use super::answer::answers;
use super::objects::objects;
use super::{CallStatus, CallType, Scope, numbers};

declare! { requests: MakeAiCallRequest; others: AiCall, CallRecording }

/// The contact of an AI call. The agent is the operation's first argument.
///
/// The contact's phone is dialed immediately, and each request is another phone call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct MakeAiCallRequest {
    /// The contact to call, by its id (a UUID).
    pub contact_id: String,
    /// The organization (a UUID). It must be the API key's.
    pub organization_id: String,
    /// The sub-account (a UUID). It must be the API key's.
    pub sub_account_id: String,
}

objects! {
    MakeAiCallRequest {
        contact_id,
        organization_id,
        sub_account_id,
    }
}

impl MakeAiCallRequest {
    /// Creates a request to call this contact of this organization and sub-account.
    #[must_use]
    pub fn new(contact_id: impl Into<String>, scope: Scope) -> Self {
        Self {
            contact_id: contact_id.into(),
            organization_id: scope.organization_id,
            sub_account_id: scope.sub_account_id,
        }
    }
}

answers! {
    /// An AI call in progress.
    pub struct AiCall {
        /// The status of the call, for example `call_initiated`.
        pub status: CallStatus,
        /// The direction of the call, for example `outbound`.
        pub call_type: CallType,
        /// The name of the agent that calls.
        pub agent_name: String,
    }
}

answers! {
    /// Where the recording of a call can be played or downloaded.
    pub struct CallRecording {
        /// The call (a UUID).
        pub call_id: String,
        /// The call's id at the telephone carrier, for example `CA1234567890abcdef`.
        pub call_sid: String,
        /// The URL that plays or downloads the recording. Anyone with the URL can listen, so treat it as
        /// a secret.
        pub recording_url: String,
        /// Seconds until the URL expires: 3600 for a signed URL, `null` for an older recording, whose
        /// URL does not expire.
        #[serde(serialize_with = "numbers::write_some")]
        #[cfg_attr(feature = "typescript", tsify(type = "number | null"))]
        pub expires_in_seconds: Option<f64>,
    }
}
