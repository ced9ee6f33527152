//! `cargo xtask bench`: the figures, against other clients.

pub(crate) mod functions;

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
    let (status, _) = run::kept(node.arg(SCRIPT).args(&context.words), true)?;
    if !status.success() {
        bail!("the benchmark failed ({status})");
    }
    Ok(())
}
