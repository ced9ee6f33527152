//! The unknown fields of a response, as the server sent them.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A JSON value, as the server sent it: an integer of 40 digits and the zeros of a decimal stay.
///
/// ```
/// use centerfy::types::Agent;
///
/// let agent: Agent = serde_json::from_str(r#"{ "id": "a", "name": "A", "price": 0.10 }"#)?;
/// let price = agent.unlisted.get("price").ok_or("no price")?;
/// assert_eq!(price.as_str(), "0.10");
/// assert_eq!(price.parse::<f64>()?, 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl Json {
    /// `None` if the text is not JSON.
    #[cfg(feature = "client")]
    pub(crate) fn of_text(text: String) -> Option<Self> {
        RawValue::from_string(text).ok().map(Self)
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads the value as any type, for example as a [`serde_json::Value`].
    ///
    /// # Errors
    /// The value does not match the type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

/// Compares the texts.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

/// Compares the values.
impl PartialEq<serde_json::Value> for Json {
    fn eq(&self, other: &serde_json::Value) -> bool {
        let value: Result<serde_json::Value, _> = self.parse();
        value.is_ok_and(|value| value == *other)
    }
}

/// A value in a request or in a test.
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        // A `Value` is always JSON.
        Self(serde_json::value::to_raw_value(&value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The fields of a response that this version of the crate does not know, as the server sent them.
///
/// The API may add fields to its responses. They are kept, so that a program can read them before the crate
/// supports them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Unlisted(Vec<(String, Json)>);

impl Unlisted {
    /// Returns the value of the field with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        // Of two fields with one name, the last counts, as in JavaScript.
        let mut fields = self.0.iter().rev();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Iterates over all names and values, in the order in which they were received.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether the response has no unknown field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of unknown fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, name: String, value: Json) {
        self.0.push((name, value));
    }
}

impl FromIterator<(String, Json)> for Unlisted {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl Serialize for Unlisted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Unlisted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Unlisted;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Unlisted, A::Error> {
                let mut unlisted = Unlisted::default();
                while let Some((name, value)) = fields.next_entry()? {
                    unlisted.push(name, value);
                }
                Ok(unlisted)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
