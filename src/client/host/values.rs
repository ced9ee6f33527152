//! What JavaScript gives otherwise, outside of it.

/// The headers of an answer.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// The value of a header.
pub(crate) fn header(headers: &Headers, name: &str) -> Option<String> {
    let found = headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.clone())
}

/// Whether this is a page, where everybody can read what is in it.
pub(crate) fn in_page() -> bool {
    false
}

/// Whether there is a URL that relative ones are resolved against.
pub(crate) fn has_location() -> bool {
    false
}
