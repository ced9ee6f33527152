//! `npx centerfy`: `pkg-template/cli/` as one script for Node.js, and the page that it shows.

use super::sandbox;
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
        .args(["main.ts", "--bundle", "--platform=node", "--format=esm"])
        .args(["--target=node20", "--log-level=warning"])
        .arg(format!("--outfile={}", folder.join("cli.js").display()));
    run::output(&mut script)?;
    page(tools, &folder.join("page"))
}

/// The page with its modules as one script, and its styles without their air.
fn page(tools: &Path, to: &Path) -> Result<()> {
    let www = paths::root().join("www");
    fs::create_dir_all(to)?;
    for file in ["index.html", "favicon.svg"] {
        fs::copy(www.join(file), to.join(file))?;
    }
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild.current_dir(&www).arg("app/main.js");
    for style in fs::read_dir(www.join("style"))? {
        esbuild.arg(style?.path());
    }
    esbuild
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022"])
        // The package, beside which the page stands.
        .args(["--external:../pkg/index.js", "--log-level=warning"])
        .arg("--outbase=.")
        .arg(format!("--outdir={}", to.display()));
    run::output(&mut esbuild)?;
    Ok(())
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
