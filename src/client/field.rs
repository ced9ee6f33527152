//! Where in a JSON text something is.

/// The path of the field at which a text could not be read as its type.
pub(super) fn of_error(text: &str, error: &serde_json::Error) -> String {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    path(text, before + error.column())
}

/// The path of the field that the byte before `end` belongs to: `messages[3].content`, or `""` at the
/// top. The text is JSON up to there.
fn path(text: &str, end: usize) -> String {
    let mut steps: Vec<Step> = Vec::new();
    let mut bytes = text.bytes().enumerate().take(end);
    let mut last = "";
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => last = string(text, at, &mut bytes),
            b':' => {
                if let Some(Step::Field(name)) = steps.last_mut() {
                    *name = last;
                }
            }
            b',' => {
                if let Some(Step::Item(index)) = steps.last_mut() {
                    *index += 1;
                }
            }
            b'{' => steps.push(Step::Field("")),
            b'[' => steps.push(Step::Item(0)),
            b'}' | b']' => {
                steps.pop();
            }
            _ => {}
        }
    }
    steps.iter().fold(String::new(), |mut path, step| {
        match step {
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Item(index) => path += &format!("[{index}]"),
        }
        path
    })
}

enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

/// Reads over the string that begins at `start`, and gives what is between its quotes.
fn string<'a>(
    text: &'a str,
    start: usize,
    bytes: &mut impl Iterator<Item = (usize, u8)>,
) -> &'a str {
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return text.get(start + 1..at).unwrap_or_default(),
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    ""
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::path;

    #[test]
    fn a_place_has_the_path_of_its_field() {
        let text = r#" { "a": 1, "b:{": [ { "c\"": "x" }, { "d": [ [], 7 ] } ], "e": null } "#;
        for (before, found) in [
            (" 1,", "a"),
            ("\"x\"", r#"b:{[0].c\""#),
            (" 7", "b:{[1].d[1]"),
            (" null", "e"),
            ("{ \"a\"", ""),
        ] {
            let end = text.find(before).map(|at| at + 1);
            assert_eq!(path(text, end.unwrap_or_default()), found, "{before}");
        }
        assert_eq!(path(text, text.len()), "");
    }
}
