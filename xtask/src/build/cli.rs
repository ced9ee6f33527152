//! `npx centerfy`: `pkg-template/cli/` as one script for Node.js, and the page that it shows.

use super::{page, sandbox};
use crate::{paths, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Writes `cli.js` and `page/` into the package's folder, after [`sandbox::write`].
pub(super) fn write(tools: &Path, folder: &Path) -> Result<()> {
    let sources = sandbox::sources().join("cli");
    copy(&paths::root().join("pkg-template/cli"), &sources)?;
    let mut script = Command::new(tools.join(".bin/esbuild"));
    script
        .current_dir(&sources)
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

/// Copies a folder with all that is in it, but for the notes to its builders.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().context("no name")?;
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if name != "README.md" {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
