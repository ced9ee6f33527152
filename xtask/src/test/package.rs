//! The npm package as a user gets it: its make, and its behaviour in Node.js.

use super::{Outcome, checks::Checks, node};
use crate::context::Context;
use crate::{packages, paths};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let tools = packages::npm("tests")?;
    let package = context.package()?;
    let mut checks = Checks::new(context.verbose);
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
                // No module for TypeScript: what an import of it gives is each bundler's own.
                "--exclude-entrypoints",
                "centerfy.wasm",
                "--no-color",
                // What an import of the module gives depends on the tool, so it has no types.
                "--exclude-entrypoints",
                "./centerfy.wasm",
            ]),
    )?;
    node::behaviour(context, &mut checks)?;
    Ok(Outcome::Ran(checks.end()))
}

fn tool(tools: &Path, script: &str) -> Result<Command> {
    let mut command = Command::new(packages::node()?);
    command.arg(tools.join(script)).current_dir(paths::root());
    Ok(command)
}
