//! Explains why a response does not match its type, in the style of the crate's other errors. The message
//! contains only the names of fields: a value may be private.

use super::field::Place;

/// `max_duration must be a number, got a string`
pub(super) fn words(text: &str, error: &serde_json::Error) -> String {
    let place = Place::of_error(text, error);
    if error.is_data() {
        return of_type(&place, &error.to_string());
    }
    // The response is JSON, so it is a number that no `f64` can hold. Names below the field can be data.
    let field = named(place.path(1));
    format!("{field} must be a finite number, got one that is too large")
}

/// Does not repeat serde's message, which contains the value.
fn of_type(place: &Place, why: &str) -> String {
    let path = place.path(usize::MAX);
    if let Some((name, _)) = why
        .strip_prefix("missing field `")
        .and_then(|name| name.split_once('`'))
    {
        let dot = if path.is_empty() { "" } else { "." };
        return format!("{path}{dot}{name} is missing");
    }
    let expected = expected(why);
    format!("{} must be {expected}, got {}", named(path), place.kind())
}

fn named(path: String) -> String {
    if path.is_empty() {
        return "a field".into();
    }
    path
}

/// What a field must be, from the `expected …` texts of serde and of the crate's own types.
fn expected(why: &str) -> &'static str {
    const WORDS: [(&str, &str); 6] = [
        ("a string", "a string"),
        ("f64", "a number"),
        ("a boolean", "true or false"),
        ("a sequence", "a list"),
        ("an object", "an object"),
        ("a non-negative integer", "a non-negative integer"),
    ];
    // The value, which precedes them, can contain the same texts.
    let mut asked = "";
    let mut rest = why;
    while let Some((_, after)) = rest.split_once(", expected ") {
        (asked, rest) = (after, after);
    }
    let known = WORDS.iter().find(|(theirs, _)| asked.starts_with(theirs));
    known.map_or("as the API's reference documents it", |(_, ours)| ours)
}
