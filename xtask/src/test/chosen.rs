//! Which test files the words after `--` choose.

use crate::paths;
use anyhow::{Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

const TEST_FILE: &str = ".test.mjs";

/// The words after `--`: paths of test files or of their folders, and options for the runner.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// Empty: all files are chosen.
    paths: Vec<PathBuf>,
    /// What `node --test` gets as it is, such as `--test-name-pattern=abort`.
    pub(super) options: Vec<String>,
}

impl Chosen {
    /// Reads the words. Paths are relative to the project's root. A word that looks like a test file
    /// has to be one.
    pub(super) fn from_words(words: &[String]) -> Result<Self> {
        let mut chosen = Self::default();
        for word in words {
            let path = paths::root().join(word.trim_end_matches('/'));
            let is_file = word.ends_with(TEST_FILE) && !word.starts_with('-');
            ensure!(!is_file || path.is_file(), "there is no test file `{word}`");
            if is_file || !files_below(&path).is_empty() {
                chosen.paths.push(path);
            } else {
                chosen.options.push(word.clone());
            }
        }
        Ok(chosen)
    }

    /// The chosen ones of the test files in these folders, sorted. There has to be one.
    pub(super) fn of_subject(&self, folders: &[&str]) -> Result<Vec<PathBuf>> {
        let files = self.of(folders);
        ensure!(
            !files.is_empty(),
            "no test file in {} is chosen",
            folders.join(", ")
        );
        Ok(files)
    }

    /// The chosen ones of the test files in these folders, sorted.
    pub(super) fn of(&self, folders: &[&str]) -> Vec<PathBuf> {
        let is_chosen = |file: &PathBuf| {
            self.paths.is_empty() || self.paths.iter().any(|path| file.starts_with(path))
        };
        let all = folders
            .iter()
            .flat_map(|folder| files_below(&paths::root().join(folder)));
        all.filter(is_chosen).collect()
    }
}

/// The test files in a folder and in those below. Listed here, since Node.js 20 takes a folder and no
/// pattern, and Node.js 22 a pattern and no folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            files.extend(files_below(&path));
        } else if path.to_string_lossy().ends_with(TEST_FILE) {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::Chosen;
    use anyhow::Result;

    fn chosen(text: &str) -> Result<Chosen> {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        Chosen::from_words(&words)
    }

    fn names(chosen: &Chosen, folders: &[&str]) -> Vec<String> {
        let names = chosen.of(folders).into_iter();
        names
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect()
    }

    #[test]
    fn paths_choose_files_and_all_else_is_for_the_runner() -> Result<()> {
        let one = chosen("tests/node/abort.test.mjs --test-name-pattern=stop")?;
        assert_eq!(names(&one, &["tests/node"]), ["abort.test.mjs"]);
        assert_eq!(one.options, ["--test-name-pattern=stop"]);
        assert!(one.of_subject(&["tests/pages"]).is_err());

        let folder = chosen("tests/stores/")?;
        assert!(names(&folder, &["tests/node"]).is_empty());
        assert!(names(&folder, &["tests/node", "tests/stores"]).contains(&"limit.test.mjs".into()));

        let apart = chosen("--test-name-pattern abort")?;
        assert_eq!(apart.options, ["--test-name-pattern", "abort"]);
        assert!(names(&apart, &["tests/node"]).len() > 1);
        Ok(())
    }

    #[test]
    fn a_file_that_is_not_there_is_refused() {
        let error = chosen("tests/node/none.test.mjs").map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("no test file `tests/node/none.test.mjs`")));
    }
}
