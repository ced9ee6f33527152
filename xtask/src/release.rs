//! `cargo xtask release`: whether this commit can be published, and what a human then does.
//!
//! It never publishes. The workflow `release.yml` does, when a tag is pushed; RELEASING.md tells how.

mod changelog;
mod manifest;

use crate::args::Args;
use crate::context::Context;
use crate::test::{self, package};
use crate::{paths, run, toolchain};
use anyhow::{Context as _, Result, bail, ensure};
use manifest::Manifest;
use std::fs;
use std::process::Command;

pub(crate) const HELP: &str = "\
Usage: cargo xtask release [--dry-run [--tag NAME] [--tested]]

With --dry-run: checks that this commit can be published. The versions agree, the changelog has this
version and its date, nothing is uncommitted, every address is filled in, the npm package and the
crate are packed and looked at, and `cargo xtask test everything` passes. Nothing leaves the machine.
With --tag, that is the version's tag, too. With --tested, the tests do not run: for the workflow,
which has run them before.

Without: says what a human does to publish.
";

pub(crate) fn release(mut args: Args) -> Result<bool> {
    let dry_run = args.flag("--dry-run");
    let tag: Option<String> = args.value("--tag")?;
    let tested = args.flag("--tested");
    args.finish()?;
    ensure!(
        dry_run || (tag.is_none() && !tested),
        "`--tag` and `--tested` go with `--dry-run`"
    );
    let (npm, rust) = (npm()?, rust()?);
    let version = &rust.version;
    if !dry_run {
        print!("{}", steps(version));
        return Ok(true);
    }
    let mut checks = vec![
        ("versions", manifest::versions_agree(&npm, &rust)),
        ("tag", is_tag(tag.as_deref(), version)),
        (
            "changelog",
            changelog::is_released(&read("CHANGELOG.md")?, version),
        ),
        ("addresses", manifest::have_addresses(&npm, &rust)),
        ("clean tree", clean_tree()),
        ("crates", crates_pack()),
        ("npm package", package_packs()),
    ];
    // They take half an hour, so they run only when all else is well.
    if tested {
        println!("skipped: the tests");
    } else if checks.iter().all(|(_, result)| result.is_ok()) {
        checks.push(("tests", tests_pass()));
    } else {
        println!("skipped: the tests, until the checks below pass");
    }
    let mut ready = true;
    for (what, result) in checks {
        ready &= result.is_ok();
        match result {
            Ok(()) => println!("ok      {what}"),
            Err(error) => println!("not ok  {what}: {error:#}"),
        }
    }
    let can = if ready { "can" } else { "cannot" };
    println!("\n{version} {can} be published");
    Ok(ready)
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(paths::root().join(name)).with_context(|| format!("{name} cannot be read"))
}

fn npm() -> Result<Manifest> {
    let package = serde_json::from_str(&read("pkg-template/package.json")?)
        .context("pkg-template/package.json is no JSON")?;
    Ok(Manifest::of_npm(&package))
}

fn rust() -> Result<Manifest> {
    let mut cargo = Command::new(toolchain::native_cargo());
    cargo
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(paths::root());
    let metadata = serde_json::from_str(&run::output(&mut cargo)?)?;
    Ok(Manifest::of_crate(&metadata, "centerfy"))
}

/// A tag that was named is the version's.
fn is_tag(tag: Option<&str>, version: &str) -> Result<()> {
    match tag {
        Some(tag) if tag != format!("v{version}") => bail!("{tag} is not v{version}"),
        _ => Ok(()),
    }
}

/// What is published is what is committed.
fn clean_tree() -> Result<()> {
    let mut git = Command::new("git");
    git.args(["status", "--porcelain"])
        .current_dir(paths::root());
    let changed = run::output(&mut git).context("git is needed to look at the tree")?;
    match changed.lines().count() {
        0 => Ok(()),
        1 => bail!("one file is not committed: {}", changed.trim()),
        number => bail!("{number} files are not committed"),
    }
}

/// The crates that are published. Neither needs the other to compile.
const CRATES: [&str; 2] = ["centerfy", "centerfy-sandbox"];

/// The crates as their users get them: packed, and compiled from the packed files.
fn crates_pack() -> Result<()> {
    for name in CRATES {
        let mut cargo = Command::new(toolchain::native_cargo());
        cargo
            // Another check reports a tree that is not clean.
            .args(["publish", "--dry-run", "--allow-dirty", "--quiet"])
            .args(["--package", name])
            .current_dir(paths::root());
        let (status, output) = run::kept(&mut cargo, false)?;
        ensure!(status.success(), "{name}: {}", first_error(&output));
    }
    Ok(())
}

/// The npm package as its users get it.
fn package_packs() -> Result<()> {
    let context = Context::new(false, Vec::new());
    for (tool, mut command) in package::looks(context.package()?)? {
        let (status, output) = run::kept(&mut command, false)?;
        ensure!(status.success(), "{tool}: {}", first_error(&output));
    }
    Ok(())
}

/// All tests, those that take long too.
fn tests_pass() -> Result<()> {
    ensure!(
        test::everything()?,
        "`cargo xtask test everything` has failed tests"
    );
    Ok(())
}

/// The line that says what is wrong.
fn first_error(output: &str) -> &str {
    let mut lines = output.lines().map(str::trim);
    let error = lines.find(|line| line.starts_with("error"));
    error.unwrap_or_else(|| {
        output
            .trim()
            .lines()
            .last()
            .unwrap_or("it failed without a word")
    })
}

fn steps(version: &str) -> String {
    format!(
        "\
To publish {version} (RELEASING.md has each step in full):

  1. cargo xtask release --dry-run
  2. git tag --sign v{version} --message v{version}
  3. git push origin v{version}

The workflow `release.yml` then tests the tag, and publishes the npm package with provenance and the
crate. It waits for a human's approval before it does.
"
    )
}

#[cfg(test)]
mod tests {
    use super::{first_error, is_tag, steps};

    #[test]
    fn the_line_that_says_what_is_wrong_is_shown() {
        let output = "warning: old\nerror: all dependencies must have a version\n  note: more\n";
        assert_eq!(
            first_error(output),
            "error: all dependencies must have a version"
        );
        assert_eq!(first_error("one\ntwo\n"), "two");
        assert_eq!(first_error(""), "it failed without a word");
    }

    #[test]
    fn the_tag_is_the_versions_when_there_is_one() {
        assert!(is_tag(None, "1.2.3").is_ok() && is_tag(Some("v1.2.3"), "1.2.3").is_ok());
        assert!(is_tag(Some("1.2.3"), "1.2.3").is_err() && is_tag(Some("v1.2"), "1.2.3").is_err());
    }

    #[test]
    fn the_steps_name_the_version() {
        assert!(steps("1.2.3").contains("git push origin v1.2.3"));
    }
}
