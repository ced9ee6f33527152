//! What of a file is prose: all of a document; of code, its comments, and its strings of several words.

/// So many words make a string a sentence.
const SENTENCE: usize = 3;

/// How a kind of file marks what is no code.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// All is prose, but what stands in backticks and, in fences, code.
    Markdown,
    /// All is prose.
    Text,
    /// `//` and `/* */`, and strings in these quotes.
    Code(&'static [char]),
    /// `#` begins a comment.
    Settings,
}

/// Reads a file line by line.
pub(super) struct Prose {
    kind: Kind,
    in_fence: bool,
    in_comment: bool,
}

impl Prose {
    /// Nothing for a file that has no prose, such as a lock file.
    pub(super) fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next()?;
        let kind = match name.rsplit_once('.')?.1 {
            _ if name.contains("lock.") || name == "Cargo.lock" => return None,
            "md" => Kind::Markdown,
            "html" | "svelte" | "json" | "yaml" | "txt" => Kind::Text,
            "rs" | "c" => Kind::Code(&['"']),
            "ts" | "mts" | "cts" | "tsx" | "js" | "mjs" | "cjs" | "jsx" | "css" | "jsonc" => {
                Kind::Code(&['"', '\'', '`'])
            }
            "toml" | "yml" => Kind::Settings,
            _ => return None,
        };
        Some(Self {
            kind,
            in_fence: false,
            in_comment: false,
        })
    }

    /// The prose of the next line.
    pub(super) fn in_line(&mut self, line: &str) -> String {
        match self.kind {
            Kind::Text => line.to_owned(),
            Kind::Settings => line
                .split_once('#')
                .map_or("", |(_, prose)| prose)
                .to_owned(),
            Kind::Code(quotes) => self.in_code(line, quotes),
            Kind::Markdown if line.trim_start().starts_with("```") => {
                self.in_fence = !self.in_fence;
                String::new()
            }
            Kind::Markdown if self.in_fence => self.in_code(line, &['"', '\'', '`']),
            Kind::Markdown => without_names(line),
        }
    }

    fn in_code(&mut self, line: &str, quotes: &[char]) -> String {
        let mut prose = String::new();
        let mut rest = line;
        while !rest.is_empty() {
            if self.in_comment {
                let (comment, after) = rest.split_once("*/").unwrap_or((rest, ""));
                self.in_comment = comment.len() == rest.len();
                prose += &without_names(comment);
                prose.push(' ');
                rest = after;
            } else if let Some(comment) = rest.strip_prefix("//") {
                prose += &without_names(comment);
                break;
            } else if let Some(after) = rest.strip_prefix("/*") {
                self.in_comment = true;
                rest = after;
            } else if let Some(after) = rest.strip_prefix(quotes) {
                let quote = rest.get(..rest.len() - after.len()).unwrap_or_default();
                let (string, after) = string(after, quote);
                if string.split_whitespace().count() >= SENTENCE {
                    prose += string;
                    prose.push(' ');
                }
                rest = after;
            } else {
                let mut chars = rest.chars();
                chars.next();
                rest = chars.as_str();
            }
        }
        prose
    }
}

/// A string, up to its end or that of the line, and what follows.
fn string<'a>(text: &'a str, quote: &str) -> (&'a str, &'a str) {
    let mut is_escaped = false;
    for (place, char) in text.char_indices() {
        if !is_escaped && quote.starts_with(char) {
            return (
                text.get(..place).unwrap_or_default(),
                text.get(place + 1..).unwrap_or_default(),
            );
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    (text, "")
}

/// Prose without what stands in backticks.
fn without_names(prose: &str) -> String {
    prose.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Prose;

    fn prose(path: &str, text: &str) -> Option<Vec<String>> {
        let mut prose = Prose::of(path)?;
        let lines = text.lines().map(|line| prose.in_line(line));
        Some(lines.map(|line| line.trim().to_owned()).collect())
    }

    #[test]
    fn code_has_comments_and_sentences() {
        let text = "let door = call(\"door\"); // a `door` is said\n/* one\ntwo */ fail('three words here');\nurl(\"http://a.test\")";
        let said = ["a   is said", "one", "two  three words here", ""];
        assert_eq!(prose("a.ts", text), Some(said.map(str::to_owned).to_vec()));
        let rust = prose("a.rs", "fn a<'a>(it: &'a str) {} // 'tis");
        assert_eq!(rust, Some(vec!["'tis".to_owned()]));
    }

    #[test]
    fn documents_are_prose_but_for_names_and_fences() {
        let text = "The `door` opens.\n```js\nconst door = 1; // said\n```\nafter";
        let said = ["The   opens.", "", "said", "", "after"];
        assert_eq!(prose("a.md", text), Some(said.map(str::to_owned).to_vec()));
        assert_eq!(prose("package-lock.json", "{}"), None);
        assert_eq!(
            prose("a.toml", "a = 1 # said"),
            Some(vec!["said".to_owned()])
        );
    }
}
