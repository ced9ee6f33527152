//! The facts that are read from every body: whether it is an object, whether it reports an error, and its
//! message. The rest is skipped at any depth.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::types::Name;

/// The parts that every response can have.
pub(super) struct Envelope {
    /// The body contains `"error": true`.
    pub(super) error: bool,
    /// The server's message, if any.
    pub(super) message: Option<String>,
}

impl Envelope {
    /// `None` if the text is not a JSON object.
    pub(super) fn read(text: &str) -> Option<Self> {
        let fields = Fields::read(text)?;
        let message = fields.get("message");
        let message = message.and_then(|json| serde_json::from_str(json).ok());
        Some(Self {
            error: fields.get("error") == Some("true"),
            message: message.filter(|text: &String| !text.is_empty()),
        })
    }
}

/// The fields of an object, with their values as JSON.
#[derive(Default)]
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Fields<'a> {
    /// `None` if the text is not a JSON object.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        // Of two fields with one name, the last counts, as in JavaScript.
        let mut fields = self.iter().rev();
        fields
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Fields::default();
                while let Some(Name(name)) = object.next_key()? {
                    let value: &RawValue = object.next_value()?;
                    fields.0.push((name, value.get()));
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(Object)
    }
}
