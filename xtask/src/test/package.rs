//! The npm package as a user gets it: its make, and its behaviour in Node.js.

use super::node::{self, TEST};
use super::{Outcome, context::Context};
use crate::{packages, paths};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let tools = packages::npm("tests")?;
    let package = context.package()?;
    let mut checks = context.checks();
    checks.run(
        "publint",
        tool(&tools, "publint/src/cli.js")?
            .args(["run", "--strict"])
            .arg(&package.tarball),
    )?;
    // ESM only, on purpose: every runtime that the package is for loads it.
    checks.run(
        "attw",
        tool(&tools, "@arethetypeswrong/cli/dist/index.js")?
            .arg(&package.tarball)
            .args([
                "--profile",
                "esm-only",
                "--no-definitely-typed",
                "--no-color",
            ]),
    )?;
    if paths::root().join("tests/node").exists() {
        let mut node = node::command(context)?;
        node.args(TEST).args(&context.words).arg("tests/node/");
        checks.run("node --test tests/node/", &mut node)?;
    }
    Ok(Outcome::Ran(checks.end()))
}

fn tool(tools: &Path, script: &str) -> Result<Command> {
    let mut command = Command::new(packages::node()?);
    command.arg(tools.join(script)).current_dir(paths::root());
    Ok(command)
}
