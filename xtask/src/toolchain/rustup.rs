//! rustup: which toolchains it has, and what it is asked to add.

use super::TARGET;
use crate::{paths, run, say};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// For one download of some 20 MB. Where its servers answer nothing at all, rustup would try for
/// much longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// A toolchain of rustup's.
#[derive(Debug, PartialEq)]
pub(super) struct Toolchain {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    active: bool,
}

/// All that are installed, the active one first. Empty without rustup.
pub(super) fn toolchains() -> Vec<Toolchain> {
    let Some(rustup) = paths::on_path("rustup") else {
        return Vec::new();
    };
    let list = run::output(Command::new(rustup).args(["toolchain", "list", "-v"]));
    read_list(&list.unwrap_or_default())
}

/// Reads lines such as `stable-x86_64-unknown-linux-gnu (active, default) /home/me/.rustup/…`.
fn read_list(list: &str) -> Vec<Toolchain> {
    let mut all: Vec<Toolchain> = list
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.split_once([' ', '\t'])?;
            let rest = rest.trim();
            let (marks, folder) = match rest.strip_prefix('(') {
                Some(rest) => rest.split_once(')')?,
                None => ("", rest),
            };
            let folder = PathBuf::from(folder.trim());
            folder.is_absolute().then(|| Toolchain {
                name: name.to_owned(),
                folder,
                active: marks.contains("active"),
            })
        })
        .collect();
    all.sort_by_key(|toolchain| !toolchain.active);
    all
}

/// Asks rustup for the wasm32 target.
pub(super) fn add() -> Result<()> {
    let rustup = paths::on_path("rustup").context("it is not installed")?;
    // So the owner of a machine says that rustup is not to fetch anything by itself.
    if std::env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0") {
        bail!("RUSTUP_AUTO_INSTALL=0 tells it to fetch nothing by itself");
    }
    let step = say::long(
        "Asking rustup for the wasm32 target",
        "a quarter of a minute",
    );
    let mut command = Command::new(&rustup);
    // Where its servers cannot be reached it must say so soon.
    command
        .args(["target", "add", TARGET])
        .env("RUSTUP_MAX_RETRIES", "0")
        .env("RUST_BACKTRACE", "0");
    run::output_within(&mut command, PATIENCE)
        .map_err(|error| anyhow::anyhow!(first_reason(&error)))?;
    step.done();
    Ok(())
}

/// The line that says why, out of rustup's many.
fn first_reason(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let line = text.lines().find_map(|line| line.strip_prefix("error: "));
    line.unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_active_toolchain_comes_first() {
        let list = "nightly-x /r/nightly-x\nstable-x (active, default) /r/my stable-x\n";
        let expected = [
            ("stable-x", "/r/my stable-x", true),
            ("nightly-x", "/r/nightly-x", false),
        ];
        let expected = expected.map(|(name, folder, active)| Toolchain {
            name: name.into(),
            folder: folder.into(),
            active,
        });
        assert_eq!(read_list(list), expected);
    }

    #[test]
    fn words_that_name_no_folder_are_no_toolchain() {
        assert!(read_list("no installed toolchains\n").is_empty());
        assert!(read_list("").is_empty());
    }

    #[test]
    fn the_reason_is_one_line() {
        let error = anyhow::anyhow!("`rustup` failed\ninfo: downloading\nerror: no route\n  more");
        assert_eq!(first_reason(&error), "no route");
    }
}
