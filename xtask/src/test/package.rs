//! The npm package as a user gets it: its make, and its behavior in Node.js.

use super::{Outcome, checks::Checks, node};
use crate::context::{Context, Package};
use crate::{packages, paths};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    // Words choose tests, and these are not tests.
    if context.words.is_empty() {
        for (tool, mut command) in looks(context.package()?)? {
            checks.run(tool, &mut command)?;
        }
    }
    node::behavior(context, &mut checks)?;
    Ok(Outcome::Ran(checks.end()))
}

/// What looks at the packed package before anybody runs it.
pub(crate) fn looks(package: &Package) -> Result<[(&'static str, Command); 2]> {
    let tools = packages::npm("tests")?;
    let mut publint = tool(&tools, "publint/src/cli.js")?;
    publint.args(["run", "--strict"]).arg(&package.tarball);
    let mut attw = tool(&tools, "@arethetypeswrong/cli/dist/index.js")?;
    attw.arg(&package.tarball).args([
        "--profile",
        "strict",
        "--no-definitely-typed",
        // No module for TypeScript: what an import of it gives is each bundler's own.
        "--exclude-entrypoints",
        "centerfy.wasm",
        "--no-color",
    ]);
    Ok([("publint", publint), ("attw", attw)])
}

fn tool(tools: &Path, script: &str) -> Result<Command> {
    let mut command = Command::new(packages::node()?);
    command.arg(tools.join(script)).current_dir(paths::root());
    Ok(command)
}
