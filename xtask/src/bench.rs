//! `cargo xtask bench`: the figures, against other clients.

use crate::args::Args;
use anyhow::{Result, bail};

pub(crate) const HELP: &str = "\
Usage: cargo xtask bench

Measures size, time per call, start-up and memory of the package against other clients.
";

pub(crate) fn bench(args: Args) -> Result<()> {
    args.finish()?;
    bail!("there is no benchmark yet");
}
