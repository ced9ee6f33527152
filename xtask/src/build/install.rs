//! The package as a user gets it: packed by npm, and installed in an empty folder.

use super::cache::{self, Inputs};
use super::copy;
use crate::{packages, run, say};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Fills the empty folder `to`, which must be outside the project: neither the project's
/// package.json nor a parent's node_modules can help the package there. Gives the `.tgz` in it.
///
/// npm packs and installs only a package that is not the last one; that one is copied.
pub(crate) fn install(package: &Path, to: &Path) -> Result<PathBuf> {
    let inputs = Inputs::new()?.path(package)?;
    let installed = cache::step("installed", &inputs, |folder| {
        let step = say::long("Packing and installing the package", "a few seconds");
        // npm walks up from where it installs, too.
        install_anew(package, to)?;
        copy(to, folder)?;
        super::remove(to)?;
        step.done();
        Ok(())
    })?;
    copy(&installed, to)?;
    let is_tarball = |path: &PathBuf| path.extension() == Some(OsStr::new("tgz"));
    fs::read_dir(to)?
        .filter_map(|file| Some(file.ok()?.path()))
        .find(is_tarball)
        .context("npm pack made no file")
}

fn install_anew(package: &Path, to: &Path) -> Result<()> {
    fs::write(
        to.join("package.json"),
        r#"{"private":true,"type":"module"}"#,
    )?;
    let packed = run::output(
        packages::npm_command()?
            .args(["pack", "--silent", "--pack-destination"])
            .arg(to)
            .current_dir(package),
    )?;
    let name = packed.lines().last().context("npm pack named no file")?;
    run::output(
        packages::npm_command()?
            .args(["install", "--no-audit", "--no-fund", "--no-save"])
            .arg("--loglevel=error")
            .arg(to.join(name.trim()))
            .current_dir(to),
    )?;
    Ok(())
}
