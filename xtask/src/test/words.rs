//! The words that prose avoids: `xtask/words.txt` has them, with what to write instead.

mod prose;

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{paths, run, say};
use anyhow::{Context as _, Result, bail};
use prose::Prose;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

const WORDS: &str = "xtask/words.txt";
/// Paths whose words are counted, and no failure yet.
const LATER: &str = "xtask/words-later.txt";
/// Texts of others, the lists themselves, and the tests of this check.
const NOT_OURS: &[&str] = &[
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "tests/contract/openapi.yaml",
    WORDS,
    LATER,
    "xtask/src/test/words.rs",
    "xtask/src/test/words/prose.rs",
];

/// `cargo xtask test words`: with paths after `--`, what is to be done there.
pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    check_in(&mut checks, &context.words)?;
    Ok(Outcome::Ran(checks.end()))
}

pub(super) fn check(checks: &mut Checks) -> Result<()> {
    check_in(checks, &[])
}

fn check_in(checks: &mut Checks, chosen: &[String]) -> Result<()> {
    let entries = entries(&read(WORDS)?)?;
    let later = lines(&read(LATER)?).map(str::to_owned).collect::<Vec<_>>();
    let mut wrong = Vec::new();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for path in tracked_files()? {
        let is_chosen = chosen.iter().any(|prefix| is_below(&path, prefix));
        if NOT_OURS.contains(&path.as_str()) || !(chosen.is_empty() || is_chosen) {
            continue;
        }
        let Some(found) = in_file(&path, &entries)? else {
            continue;
        };
        match later.iter().find(|prefix| is_below(&path, prefix)) {
            Some(prefix) if !is_chosen => *counted.entry(prefix).or_default() += found.len(),
            _ => wrong.extend(found),
        }
    }
    for prefix in &later {
        if chosen.is_empty() {
            say::note(&match counted.get(prefix.as_str()).unwrap_or(&0) {
                0 => format!("{prefix} has no words of {WORDS}: take it out of {LATER}"),
                count => format!("{prefix}: {count} words of {WORDS} ({LATER})"),
            });
        }
    }
    let result = if wrong.is_empty() {
        Ok(())
    } else {
        Err(anyhow::anyhow!(
            "{}\n{} words of {WORDS}",
            wrong.join("\n"),
            wrong.len()
        ))
    };
    checks.one("words", result);
    Ok(())
}

/// Words to avoid, and what to write instead.
struct Entry {
    words: String,
    suggestion: String,
    /// Where the line has one of these, the words are right.
    unless: Vec<String>,
}

impl Entry {
    fn is_exact(&self) -> bool {
        self.words.chars().any(char::is_uppercase)
    }

    fn is_in(&self, text: &str, lower: &str) -> bool {
        let place = if self.is_exact() { text } else { lower };
        has_word(place, &self.words) && !self.unless.iter().any(|allowed| lower.contains(allowed))
    }
}

fn entries(text: &str) -> Result<Vec<Entry>> {
    lines(text).map(entry).collect()
}

fn entry(line: &str) -> Result<Entry> {
    let mut columns = line.split('|').map(str::trim);
    let (Some(words), Some(suggestion)) = (columns.next(), columns.next()) else {
        bail!("{WORDS}: `{line}` has no suggestion");
    };
    let unless = columns.next().into_iter().flat_map(|all| all.split(','));
    Ok(Entry {
        words: words.to_owned(),
        suggestion: suggestion.to_owned(),
        unless: unless.map(|allowed| allowed.trim().to_owned()).collect(),
    })
}

/// The lines that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What is to be done in a file; nothing of a file that has no prose.
fn in_file(path: &str, entries: &[Entry]) -> Result<Option<Vec<String>>> {
    let Some(mut prose) = Prose::of(path) else {
        return Ok(None);
    };
    let text = read(path)?;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let said = prose.in_line(line);
        let lower = said.to_lowercase();
        let wrong = entries.iter().filter(|entry| entry.is_in(&said, &lower));
        found.extend(wrong.map(
            |Entry {
                 words, suggestion, ..
             }| { format!("{path}:{number}: \"{words}\": {suggestion}") },
        ));
    }
    Ok(Some(found))
}

/// Whether `text` has `word` with no letter, digit or `_` beside it.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(word).any(|(start, _)| {
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text
            .get(start + word.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn is_below(path: &str, prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('/');
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The files of the project, those that are new too.
fn tracked_files() -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "safe.directory=*",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]);
    let names = run::output(git.current_dir(paths::root()))?;
    let mut files: Vec<String> = names
        .split('\0')
        .filter(|name| paths::root().join(name).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

fn read(path: &str) -> Result<String> {
    let bytes =
        fs::read(paths::root().join(path)).with_context(|| format!("cannot read {path}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_with_their_suggestion_and_exceptions() -> Result<()> {
        let all = entries("# a comment\ncarried out | executed | maybe\nWho | the caller | ?\n")?;
        let found = |text: &str| {
            let lower = text.to_lowercase();
            let wrong = all.iter().find(|entry| entry.is_in(text, &lower))?;
            Some(wrong.suggestion.as_str())
        };
        assert_eq!(found("It was Carried out."), Some("executed"));
        assert_eq!(found("It may be carried out: maybeDelivered."), None);
        assert_eq!(found("uncarried out"), None);
        assert_eq!(found("Who waits is queued"), Some("the caller"));
        assert_eq!(found("Who waits?"), None);
        assert_eq!(found("those who wait"), None);
        assert!(entries("alone").is_err());
        Ok(())
    }

    #[test]
    fn a_path_is_below_its_folder_and_no_other() {
        assert!(is_below("tests/node/a.mjs", "tests/node/"));
        assert!(is_below("README.md", "README.md"));
        assert!(!is_below("tests/nodes/a.mjs", "tests/node"));
    }
}
