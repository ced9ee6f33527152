//! `cargo xtask bench`: the figures, against other clients.

pub(crate) mod functions;
mod rust;

use crate::args::Args;
use crate::context::Context;
use crate::test::node;
use crate::{packages, paths, run};
use anyhow::{Result, bail};

pub(crate) const HELP: &str = "\
Usage: cargo xtask bench [-- WORDS]

Measures size, time per call, start-up and memory of the package against other clients, and prints
the tables. Takes several minutes; other work on the machine shows in the spreads.

  -- WORDS   which tables to make, for tests/bench/run.mjs
";

const SCRIPT: &str = "tests/bench/run.mjs";

pub(crate) fn bench(args: Args) -> Result<()> {
    let words = args.after().to_vec();
    if let Some(word) = args.words()?.first() {
        bail!("`{word}` means nothing here; `--help` tells what does");
    }
    if !paths::root().join(SCRIPT).exists() {
        bail!("{SCRIPT} is not there");
    }
    packages::npm("tests/bench")?;
    let context = Context::new(true, words);
    let mut node = node::with_browser(node::command(&context)?)?;
    functions::keep(&functions::functions()?)?;
    if wants_rust(&context.words) {
        rust::apps()?;
    }
    let (status, _) = run::kept(node.arg(SCRIPT).args(&context.words), true)?;
    if !status.success() {
        bail!("the benchmark failed ({status})");
    }
    Ok(())
}

/// Whether the table of Rust programs is among those that `words` ask for, as run.mjs reads them.
fn wants_rust(words: &[String]) -> bool {
    words.iter().any(|word| word == "rust") || words.iter().all(|word| word == "quick")
}

#[cfg(test)]
mod tests {
    use super::wants_rust;

    #[test]
    fn rust_programs_are_made_only_for_their_table() {
        let wants = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            wants_rust(&words)
        };
        assert!(wants("") && wants("quick") && wants("size rust"));
        assert!(!wants("size") && !wants("node quick"));
    }
}
