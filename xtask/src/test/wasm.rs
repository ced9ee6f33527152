//! The wasm-bindgen tests in tests/*.rs, in Node.js and in a browser.
//!
//! They find the sandbox at `env!("CENTERFY_SANDBOX")`: a page has no environment, so the URL is
//! compiled in. Cargo compiles them again when it changed.

use super::{Outcome, context::Context};
use crate::toolchain::{self, TARGET};
use crate::{browser, paths, run, say};
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    if !has_tests() {
        return Ok(Outcome::Left("there are no tests/*.rs".into()));
    }
    let toolchain = toolchain::wasm_with_std()?;
    let runner = compile_runner()?;
    let browser = browser::chromium()?;
    let sandbox = context.sandbox()?;
    let step = say::long("Compiling the wasm tests", "a minute the first time");
    let cargo = |more: &[&str]| {
        let mut cargo = toolchain.command();
        cargo
            .args([
                "test",
                "--no-fail-fast",
                "--target",
                TARGET,
                "--package",
                "centerfy",
            ])
            .args(["--features", "client", "--test", "*"])
            .args(more)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("CENTERFY_SANDBOX", sandbox)
            .env("CHROMEDRIVER", &browser.chromedriver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
        cargo
    };
    run::output(&mut cargo(&["--no-run"]))?;
    step.done();
    let mut checks = context.checks();
    let words: Vec<&str> = std::iter::once("--")
        .chain(context.words.iter().map(String::as_str))
        .collect();
    checks.run("wasm tests in Node.js", &mut cargo(&words))?;
    checks.run(
        "wasm tests in Chromium",
        cargo(&words).env("WASM_BINDGEN_USE_BROWSER", "1"),
    )?;
    Ok(Outcome::Ran(checks.end()))
}

fn has_tests() -> bool {
    let files = fs::read_dir(paths::root().join("tests"));
    files.is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.path().extension() == Some(OsStr::new("rs"))))
    })
}

/// wasm-bindgen's own runner, of the version that Cargo.lock pins beside the crate.
fn compile_runner() -> Result<PathBuf> {
    let step = say::long(
        "Compiling the runner of the wasm tests",
        "two minutes the first time",
    );
    run::output(
        Command::new(toolchain::native_cargo())
            .args(["build", "--quiet", "--package", "wasm-test-runner"])
            .current_dir(paths::root()),
    )?;
    step.done();
    let name = format!("wasm-test-runner{}", std::env::consts::EXE_SUFFIX);
    Ok(paths::target().join("debug").join(name))
}
