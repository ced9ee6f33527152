//! Rust tests on this machine.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{paths, toolchain};
use anyhow::Result;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    // The documentation's examples too: cargo runs them unless kinds of targets are named.
    let mut cargo = Command::new(toolchain::native_cargo());
    cargo.args([
        "test",
        "--workspace",
        "--quiet",
        "--no-fail-fast",
        "--features",
    ]);
    cargo.args([
        "centerfy/types,centerfy/typescript,centerfy/client,centerfy/transport",
        "--",
    ]);
    cargo.args(&context.words).current_dir(paths::root());
    checks.run("cargo test", &mut cargo)?;
    Ok(Outcome::Ran(checks.end()))
}
