//! Subjects that Node.js runs, with the installed package and the sandbox.
//!
//! They are told where things are by their environment: `CENTERFY_PACKAGE` (a folder whose
//! node_modules has the package), `CENTERFY_TARBALL`, `CENTERFY_SANDBOX` (the API, with the demo
//! page at `/`), `CHROMIUM` and `CHROMEDRIVER`.

use super::{Outcome, context::Context};
use crate::{browser, packages, paths};
use anyhow::Result;
use std::process::Command;

pub(super) fn types(context: &Context) -> Result<Outcome> {
    script(context, "tests/types/run.mjs", true)
}

pub(super) fn pages(context: &Context) -> Result<Outcome> {
    if !paths::root().join("tests/pages").exists() {
        return Ok(Outcome::Left("tests/pages/ is not there".into()));
    }
    let browser = browser::chromium()?;
    let mut node = command(context)?;
    node.env("CHROMIUM", browser.chromium)
        .env("CHROMIUM_FLAGS", browser::FLAGS)
        .env("CHROMEDRIVER", browser.chromedriver);
    node.args(TEST).args(&context.words).arg("tests/pages/");
    let mut checks = context.checks();
    checks.run("node --test tests/pages/", &mut node)?;
    Ok(Outcome::Ran(checks.end()))
}

pub(super) fn runtimes(context: &Context) -> Result<Outcome> {
    script(context, "tests/runtimes/run.mjs", false)
}

/// node's test runner, with an output that is the same in every version and on no terminal.
pub(super) const TEST: [&str; 2] = ["--test", "--test-reporter=spec"];

/// Runs a script that counts by itself and ends with `N passed, N failed`.
fn script(context: &Context, path: &str, quiet: bool) -> Result<Outcome> {
    if !paths::root().join(path).exists() {
        return Ok(Outcome::Left(format!("{path} is not there")));
    }
    let mut checks = if quiet {
        context.checks()
    } else {
        super::checks::Checks::new(true)
    };
    checks.run(path, command(context)?.arg(path).args(&context.words))?;
    Ok(Outcome::Ran(checks.end()))
}

/// Node.js in the project's root, with the test tools installed and the environment set.
pub(super) fn command(context: &Context) -> Result<Command> {
    let node = packages::node()?;
    packages::npm("tests")?;
    let package = context.package()?;
    let mut command = Command::new(node);
    command
        .current_dir(paths::root())
        .env("CENTERFY_PACKAGE", &package.folder)
        .env("CENTERFY_TARBALL", &package.tarball)
        .env("CENTERFY_SANDBOX", context.sandbox()?);
    Ok(command)
}
