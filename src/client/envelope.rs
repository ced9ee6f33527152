//! What is read of any body, whatever else is in it: whether it is an object, whether that says that
//! it is an error, and what it says. The rest is passed over, however deep it is.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// JSON, as far as every answer has it.
#[derive(Default)]
pub(super) struct Envelope {
    pub(super) is_object: bool,
    /// It says `"error": true`.
    pub(super) error: bool,
    /// In the server's words, where it has some.
    pub(super) message: Option<String>,
}

impl Envelope {
    /// `None` where the text is no JSON.
    pub(super) fn read(text: &str) -> Option<Self> {
        match serde_json::from_str(text).ok()? {
            Part::Object(envelope) => Some(envelope),
            _ => Some(Self::default()),
        }
    }
}

/// A JSON value, as far as it matters here.
enum Part {
    True,
    Text(String),
    Object(Envelope),
    Other,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartVisitor)
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Part, E> {
        Ok(if flag { Part::True } else { Part::Other })
    }

    fn visit_str<E>(self, text: &str) -> Result<Part, E> {
        Ok(Part::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_unit<E>(self) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Part, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Part::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Part, A::Error> {
        let mut envelope = Envelope {
            is_object: true,
            ..Envelope::default()
        };
        while let Some(name) = fields.next_key::<String>()? {
            match name.as_str() {
                "error" => envelope.error = matches!(fields.next_value()?, Part::True),
                "message" => {
                    envelope.message = match fields.next_value()? {
                        Part::Text(text) if !text.is_empty() => Some(text),
                        _ => None,
                    };
                }
                _ => {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Part::Object(envelope))
    }
}
