//! Reads requests, and other types that are not responses, from JSON objects only.

/// Reads structs by the names of their fields, and skips unknown fields. serde's derive would also accept
/// an array, with the fields in their order.
macro_rules! objects {
    ($($object:ident { $($field:ident,)* })*) => {$(
        impl<'de> serde::Deserialize<'de> for $object {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $object;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A>(self, mut fields: A) -> Result<$object, A::Error>
                    where
                        A: serde::de::MapAccess<'de>,
                    {
                        $(let mut $field = None;)*
                        while let Some($crate::types::answer::Name(name)) = fields.next_key()? {
                            match &*name {
                                $(stringify!($field) => $field = Some(fields.next_value()?),)*
                                _ => {
                                    fields.next_value::<serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        Ok($object {
                            $($field: $crate::types::answer::given($field, stringify!($field))?,)*
                        })
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }
    )*};
}
pub(super) use objects;
