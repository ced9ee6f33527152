//! Packages that other package managers bring: npm's and Debian's.

use crate::{paths, run, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The oldest Node.js that the package and its tools run on.
const NODE: u32 = 20;

/// Node.js, when it is there and new enough.
pub(crate) fn node() -> Result<PathBuf> {
    Ok(found_node()?.0)
}

/// The version of Node.js, such as `v20.20.2`.
pub(crate) fn node_version() -> Result<String> {
    Ok(found_node()?.1)
}

fn found_node() -> Result<(PathBuf, String)> {
    let node = paths::on_path("node").with_context(|| {
        format!("Node.js is missing: install version {NODE} or newer, with npm")
    })?;
    let version = run::output(Command::new(&node).arg("--version"))?;
    let version = version.trim().to_owned();
    match major(&version) {
        Some(major) if major >= NODE => Ok((node, version)),
        _ => bail!("Node.js {version} is too old: {NODE} or newer is needed"),
    }
}

/// npm, as a command.
pub(crate) fn npm_command() -> Result<Command> {
    node()?;
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(name);
    // Cargo's own variables mean nothing to npm, but npm would pass them to scripts.
    command.env("npm_config_update_notifier", "false");
    Ok(command)
}

/// Installs the npm packages of `folder` (relative to the project's root) exactly as its lock file
/// says. Does nothing when that lock file is what was installed last.
pub(crate) fn npm(folder: &str) -> Result<PathBuf> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = paths::root().join(folder);
    if is_installed(&folder) {
        return Ok(folder.join("node_modules"));
    }
    let what = format!("Installing the npm packages of {}", relative(&folder));
    let step = say::long(&what, "half a minute");
    run::output(
        npm_command()?
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder),
    )?;
    std::fs::copy(lock_file(&folder), stamp(&folder))
        .context("cannot write the stamp of npm ci")?;
    step.done();
    Ok(folder.join("node_modules"))
}

fn lock_file(folder: &Path) -> PathBuf {
    folder.join("package-lock.json")
}

/// A copy of the lock file that was installed. `npm ci` empties node_modules first, so it is never
/// there beside half an installation.
fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".installed-lock.json")
}

fn is_installed(folder: &Path) -> bool {
    match (
        std::fs::read(lock_file(folder)),
        std::fs::read(stamp(folder)),
    ) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn relative(folder: &Path) -> String {
    let path = folder.strip_prefix(paths::root()).unwrap_or(folder);
    path.display().to_string()
}

fn major(version: &str) -> Option<u32> {
    let digits = version.trim().trim_start_matches('v');
    digits.split('.').next()?.parse().ok()
}

/// Whether `apt` can install something here: Debian or one of its children, as root.
pub(crate) fn has_apt() -> bool {
    paths::on_path("apt-get").is_some() && is_root()
}

/// Installs those Debian packages that are missing. `usually` says how long that takes.
pub(crate) fn apt<S: AsRef<str>>(packages: &[S], usually: &str) -> Result<()> {
    static UPDATED: Mutex<bool> = Mutex::new(false);
    let packages: Vec<&str> = packages
        .iter()
        .map(AsRef::as_ref)
        .filter(|package| !has_debian(package))
        .collect();
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    if paths::on_path("apt-get").is_none() {
        bail!("this needs what Debian calls {names}; install it and try again");
    }
    if !is_root() {
        bail!(
            "this needs Debian packages; install them and try again:\n  sudo apt-get install --no-install-recommends {names}"
        );
    }
    // Held to the end, since apt takes one at a time too.
    let mut updated = UPDATED.lock().unwrap_or_else(PoisonError::into_inner);
    let step = say::long(&format!("Installing the Debian packages {names}"), usually);
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command
            .args(["--quiet", "--yes", "-o", "DPkg::Lock::Timeout=300"])
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    if !*updated {
        run::output(apt_get().arg("update"))?;
        *updated = true;
    }
    run::output(
        apt_get()
            .args(["install", "--no-install-recommends"])
            .args(packages),
    )?;
    step.done();
    Ok(())
}

/// Makes sure that there is a Redis, or a Valkey under its name, for the tests of the stores, and the
/// OpenSSL that makes certificates for it.
pub(crate) fn redis() -> Result<()> {
    for (program, package) in [("redis-server", "redis-server"), ("openssl", "openssl")] {
        if paths::on_path(program).is_none() {
            apt(&[package], "ten seconds")?;
        }
    }
    Ok(())
}

fn has_debian(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    run::output(&mut query).is_ok_and(|status| status == "installed")
}

fn is_root() -> bool {
    let id = run::output(Command::new("id").arg("-u"));
    id.is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("24.0.0"), Some(24));
        assert_eq!(major("none"), None);
    }

    #[test]
    fn the_stamp_holds_as_long_as_the_lock_file_stays() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("node_modules"))?;
        assert!(!is_installed(&folder), "nothing there");
        std::fs::write(lock_file(&folder), "one")?;
        assert!(!is_installed(&folder), "never installed");
        std::fs::copy(lock_file(&folder), stamp(&folder))?;
        assert!(is_installed(&folder));
        std::fs::write(lock_file(&folder), "two")?;
        assert!(!is_installed(&folder), "the lock file changed");
        std::fs::remove_dir_all(folder)
    }
}
