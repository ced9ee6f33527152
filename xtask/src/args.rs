//! Command-line arguments: flags, options with a value, and words.

use anyhow::{Context, Result, bail};
use std::str::FromStr;

/// The arguments that are not taken yet.
pub(crate) struct Args {
    left: Vec<String>,
    /// What stands after a lone `--`, for a runner that xtask starts.
    after: Vec<String>,
}

impl Args {
    pub(crate) fn new(mut words: Vec<String>) -> Self {
        let after = match words.iter().position(|word| word == "--") {
            Some(at) => words.split_off(at).into_iter().skip(1).collect(),
            None => Vec::new(),
        };
        Self { left: words, after }
    }

    /// Takes the flag `name` out; tells whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|word| word != name);
        self.left.len() != before
    }

    /// Takes `name VALUE` or `name=VALUE` out.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let equals = format!("{name}=");
        let Some(at) = self
            .left
            .iter()
            .position(|word| word == name || word.starts_with(&equals))
        else {
            return Ok(None);
        };
        let word = self.left.remove(at);
        let text = match word.strip_prefix(&equals) {
            Some(text) => text.to_owned(),
            None if at < self.left.len() => self.left.remove(at),
            None => bail!("`{name}` wants a value"),
        };
        let value = text
            .parse()
            .ok()
            .with_context(|| format!("`{name}` cannot be `{text}`"))?;
        Ok(Some(value))
    }

    /// Takes the first word that is not a flag out.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.left.iter().position(|word| !word.starts_with('-'))?;
        Some(self.left.remove(at))
    }

    /// What stands after a lone `--`.
    pub(crate) fn after(&self) -> &[String] {
        &self.after
    }

    /// All words that are left; an unknown flag is an error.
    pub(crate) fn words(self) -> Result<Vec<String>> {
        match self.left.iter().find(|word| word.starts_with('-')) {
            Some(flag) => bail!("there is no option `{flag}`; `--help` lists them"),
            None => Ok(self.left),
        }
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<()> {
        match self.left.first().or(self.after.first()) {
            Some(word) => bail!("`{word}` means nothing here; `--help` tells what does"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn flags_are_taken_once() {
        let mut args = args("test -v lint");
        assert!(args.flag("-v"));
        assert!(!args.flag("-v"));
        assert_eq!(args.words().ok(), Some(vec!["test".into(), "lint".into()]));
    }

    #[test]
    fn values_stand_apart_or_behind_an_equals_sign() {
        assert_eq!(args("--port 80").value("--port").ok(), Some(Some(80_u16)));
        assert_eq!(args("--port=80").value("--port").ok(), Some(Some(80_u16)));
        assert_eq!(args("").value::<u16>("--port").ok(), Some(None));
        assert!(args("--port").value::<u16>("--port").is_err());
        assert!(args("--port many").value::<u16>("--port").is_err());
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        assert!(args("--fast").words().is_err());
        assert!(args("fast").finish().is_err());
        assert!(args("-- fast").finish().is_err());
        assert!(args("").finish().is_ok());
    }

    #[test]
    fn what_follows_two_dashes_is_kept_for_the_runner() {
        let mut args = args("runtimes -- --help vite-7");
        assert!(!args.flag("--help"));
        assert_eq!(args.after(), ["--help", "vite-7"]);
        assert_eq!(args.words().ok(), Some(vec!["runtimes".into()]));
    }
}
