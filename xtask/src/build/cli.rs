//! `npx centerfy`: `pkg-template/cli/` as one script for Node.js, and the page that it shows.

use super::page;
use crate::{paths, run};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Writes `cli.js` and `page/` into the package's folder, after `sandbox/`.
pub(super) fn write(tools: &Path, folder: &Path) -> Result<()> {
    let mut script = Command::new(tools.join(".bin/esbuild"));
    script
        .current_dir(paths::root().join("pkg-template/cli"))
        .args([
            "main.ts",
            "--bundle",
            "--minify",
            "--platform=node",
            "--format=esm",
        ])
        .args(["--target=node20", "--log-level=warning"])
        .arg(format!("--outfile={}", folder.join("cli.js").display()));
    run::output(&mut script)?;
    page::beside_package(tools, folder)
}
