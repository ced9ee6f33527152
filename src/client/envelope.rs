//! The facts that are read from every body: whether it is an object, whether it reports an error, and its
//! message. The rest is skipped at any depth.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The parts that every JSON body can have.
#[derive(Default)]
pub(super) struct Envelope {
    pub(super) is_object: bool,
    /// The body contains `"error": true`.
    pub(super) error: bool,
    /// The server's message, if any.
    pub(super) message: Option<String>,
}

impl Envelope {
    /// `None` if the text is not JSON.
    pub(super) fn read(text: &str) -> Option<Self> {
        match serde_json::from_str(text).ok()? {
            Part::Object(envelope) => Some(envelope),
            _ => Some(Self::default()),
        }
    }
}

/// The kinds of JSON values that matter here.
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
