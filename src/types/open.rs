//! Lists of values: the open lists, to which the server may add values, and the closed list of voicemail
//! types.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, IntoDeserializer, value};
use serde::{Deserialize, Serialize};

declare! {
    requests: ;
    others: VoiceId, LlmModel, Language, BackgroundType, VoicemailType, CallStatus, CallType, SenderType,
        MessageType
}

/// Defines a string type with constants for the values that the API's reference shows.
///
/// It is a string type rather than an enum, so that a new value of the server is not a special case, and a
/// value that gets a constant later stays equal to one that was read before.
macro_rules! open_list {
    (
        $(#[$docs:meta])*
        $name:ident = $typescript:literal {
            $($(#[$value_docs:meta])* $constant:ident = $value:literal,)+
        }
    ) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        #[cfg_attr(feature = "typescript", tsify(type = $typescript))]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            $($(#[$value_docs])* pub const $constant: Self = Self(Cow::Borrowed($value));)+

            /// The values that the API's reference shows. The server may have more.
            pub const KNOWN: &'static [Self] = &[$(Self::$constant,)+];

            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self(Cow::Owned(value.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self(Cow::Owned(value))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(value.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

open_list! {
    /// A voice. An open list: any string is accepted; these are the voices that the API's reference
    /// shows.
    VoiceId = "\"Sulafat\" | \"Aria\" | \"Ravi\" | (string & {})" {
        /// The voice "Sulafat".
        SULAFAT = "Sulafat",
        /// The voice "Aria".
        ARIA = "Aria",
        /// The voice "Ravi".
        RAVI = "Ravi",
    }
}

open_list! {
    /// A large language model. An open list: any string is accepted; this is the model that the
    /// API's reference shows.
    LlmModel = "\"gpt-4o-mini\" | (string & {})" {
        /// OpenAI's GPT-4o mini.
        GPT_4O_MINI = "gpt-4o-mini",
    }
}

open_list! {
    /// A language code with a region. An open list: any string is accepted; this is the code
    /// that the API's reference shows.
    Language = "\"en-US\" | (string & {})" {
        /// English as spoken in the United States.
        EN_US = "en-US",
    }
}

open_list! {
    /// An ambient sound. An open list: any string is accepted; this is the sound that the API's
    /// reference shows.
    BackgroundType = "\"call_center\" | (string & {})" {
        /// The sounds of a call center.
        CALL_CENTER = "call_center",
    }
}

open_list! {
    /// The status of a call. An open list: this is the status that the API's reference shows.
    CallStatus = "\"call_initiated\" | (string & {})" {
        /// The contact's phone is being dialed.
        CALL_INITIATED = "call_initiated",
    }
}

open_list! {
    /// The direction of a call. An open list: this is the direction that the API's reference shows.
    CallType = "\"outbound\" | (string & {})" {
        /// From the agent to the contact.
        OUTBOUND = "outbound",
    }
}

open_list! {
    /// The sender of a message. An open list: these are the senders that the API's reference shows.
    SenderType = "\"agent\" | \"contact\" | (string & {})" {
        /// The agent, or a person on its side.
        AGENT = "agent",
        /// The contact.
        CONTACT = "contact",
    }
}

open_list! {
    /// The channel of a message. An open list: these are the channels that the API's reference shows.
    MessageType = "\"sms\" | \"email\" | (string & {})" {
        /// A text message.
        SMS = "sms",
        /// An email.
        EMAIL = "email",
    }
}

/// What the agent does when a voicemail answers: leave a message, or hang up.
///
/// A closed list in requests; a response may contain a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VoicemailType {
    /// Speak the `voicemail_message`, then hang up.
    LeaveMessage,
    /// Hang up immediately.
    Hangup,
}

/// A value in a response, from a list that is closed in requests: known, or new.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Open<T> {
    /// A value that requests also accept.
    Known(T),
    /// A value that the server added after this version of the crate.
    Other(String),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Open<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known: Result<T, value::Error> = T::deserialize(text.as_str().into_deserializer());
        Ok(known.map_or(Self::Other(text), Self::Known))
    }
}

impl<T: fmt::Display> fmt::Display for Open<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(f),
            Self::Other(value) => f.write_str(value),
        }
    }
}

impl fmt::Display for VoicemailType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeaveMessage => "leave_message",
            Self::Hangup => "hangup",
        })
    }
}

impl<T> From<T> for Open<T> {
    fn from(value: T) -> Self {
        Open::Known(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Open, SenderType, VoicemailType};

    #[test]
    fn a_value_of_an_open_list_compares_as_its_text_and_shows_it() {
        let sender: SenderType = "agent".parse().unwrap_or(SenderType::CONTACT);
        assert!(sender == "agent" && sender == SenderType::AGENT);
        assert_eq!(
            (sender.as_ref(), sender.to_string().as_str()),
            ("agent", "agent")
        );
        let known = Open::Known(VoicemailType::LeaveMessage).to_string();
        let other = Open::<VoicemailType>::Other("sing".into()).to_string();
        assert_eq!((known.as_str(), other.as_str()), ("leave_message", "sing"));
    }
}
