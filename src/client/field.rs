//! Finds positions in a JSON text.

/// The position in a response body at which it does not match its type.
pub(super) struct Place<'a> {
    text: &'a str,
    /// How many bytes of the text were read.
    end: usize,
    steps: Vec<Step<'a>>,
}

enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    /// Where the error is.
    pub(super) fn of_error(text: &'a str, error: &serde_json::Error) -> Self {
        let lines = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1));
        let before: usize = lines.map(str::len).sum();
        Self::new(text, before + error.column())
    }

    /// The position of the byte before `end`. The text is valid JSON up to there.
    fn new(text: &'a str, end: usize) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let mut bytes = text.bytes().enumerate().take(end);
        let mut last = Some("");
        while let Some((at, byte)) = bytes.next() {
            match (byte, steps.last_mut()) {
                (b'"', _) => last = string(text, at, &mut bytes),
                (b':', Some(Step::Field(name))) => *name = last.unwrap_or_default(),
                (b',', Some(Step::Field(name))) => *name = "",
                (b',', Some(Step::Item(index))) => *index += 1,
                (b'{', _) => steps.push(Step::Field("")),
                (b'[', _) => steps.push(Step::Item(0)),
                (b'}' | b']', _) => {
                    steps.pop();
                }
                _ => {}
            }
        }
        Self { text, end, steps }
    }

    /// The path of the field, with at most `most` steps: `messages[3].content`, or `""` at the top level.
    /// It ends before a name that is not a field's, because such a name can be private data.
    pub(super) fn path(&self, most: usize) -> String {
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name
                    .bytes()
                    .all(|it| it.is_ascii_alphanumeric() || it == b'_')
        };
        let mut path = String::new();
        for step in self.steps.iter().take(most) {
            match step {
                Step::Item(index) => path += &format!("[{index}]"),
                Step::Field(name) if is_name(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path += name;
                }
                Step::Field(_) => break,
            }
        }
        path
    }

    /// Describes the value by its type, without the value itself.
    pub(super) fn kind(&self) -> &'static str {
        let byte = |at: usize| self.text.as_bytes().get(at);
        // Arrays and objects are rejected before they are read, other values afterwards.
        match (byte(self.end), byte(self.end.saturating_sub(1))) {
            (Some(b'['), _) => "a list",
            (Some(b'{'), _) => "an object",
            (_, Some(b'"')) => "a string",
            (_, Some(b'e')) => "a boolean",
            (_, Some(b'l')) => "null",
            _ => "a number",
        }
    }
}

/// Skips the string that starts at `start`, and returns the text between its quotes. `None` if the
/// string has no end.
fn string<'a>(
    text: &'a str,
    start: usize,
    bytes: &mut impl Iterator<Item = (usize, u8)>,
) -> Option<&'a str> {
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return text.get(start + 1..at),
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    None
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Place;

    #[test]
    fn a_place_has_the_path_of_its_field() {
        let text = r#" { "a": 1, "b": [ { "c": "x:{\"" }, { "d": [ [], 7 ] } ], "e": null,
            "+49 30 1": { "f": true } } "#;
        for (before, found) in [
            (" 1,", "a"),
            ("\"x:", "b[0].c"),
            (" 7", "b[1].d[1]"),
            (" null", "e"),
            ("{ \"a\"", ""),
            ("\"e\"", ""),
            ("true", ""),
        ] {
            let end = text.find(before).map(|at| at + 1);
            let place = Place::new(text, end.unwrap_or_default());
            assert_eq!(place.path(9), found, "{before}");
        }
        let place = Place::new(text, text.len());
        assert_eq!(place.path(9), "");
        let end = text.find(" 7").unwrap_or_default();
        assert_eq!(Place::new(text, end).path(1), "b");
    }
}
