//! The wasm-bindgen tests in tests/, in Node.js and in a browser. They are those that begin with
//! `#![cfg(target_arch = "wasm32")]` or say that they run there too.
//!
//! They find the sandbox at `env!("CENTERFY_SANDBOX")`: a page has no environment, so the URL is
//! compiled in. Cargo compiles them again when it changed.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::toolchain::{self, TARGET};
use crate::{browser, paths, run, say};
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let tests = tests();
    if tests.is_empty() {
        return Ok(Outcome::Left("there are no wasm tests in tests/".into()));
    }
    let toolchain = toolchain::wasm()?;
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
            .args(["--features", "client"])
            .args(choice(&tests))
            .args(more)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("CENTERFY_SANDBOX", sandbox)
            .env("CHROMEDRIVER", &browser.chromedriver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
        cargo
    };
    run::output(&mut cargo(&["--no-run"]))?;
    step.done();
    let mut checks = Checks::new(context.verbose);
    let words: Vec<&str> = std::iter::once("--")
        .chain(context.words.iter().map(String::as_str))
        .collect();
    let mut in_browser = cargo(&words);
    in_browser.env("WASM_BINDGEN_USE_BROWSER", "1");
    checks.run_both(
        ("wasm tests in Node.js", &mut cargo(&words)),
        ("wasm tests in Chromium", &mut in_browser),
    )?;
    Ok(Outcome::Ran(checks.end()))
}

/// The names of the tests in tests/ that say of themselves that they are for wasm32.
pub(super) fn tests() -> Vec<String> {
    let files = fs::read_dir(paths::root().join("tests"))
        .into_iter()
        .flatten();
    let mut names: Vec<String> = files
        .filter_map(|file| name_of_wasm_test(&file.ok()?.path()))
        .collect();
    names.sort();
    names
}

fn name_of_wasm_test(path: &Path) -> Option<String> {
    let file = if path.is_dir() {
        path.join("main.rs")
    } else {
        path.to_owned()
    };
    if file.extension() != Some(OsStr::new("rs")) {
        return None;
    }
    let text = fs::read_to_string(&file).ok()?;
    let for_wasm = text.lines().any(|line| FOR_WASM.contains(&line.trim()));
    for_wasm.then(|| path.file_stem()?.to_str().map(str::to_owned))?
}

const FOR_WASM: [&str; 2] = [
    "#![cfg(target_arch = \"wasm32\")]",
    "// Runs on wasm32 too.",
];

/// The arguments of cargo that choose these tests.
pub(super) fn choice(tests: &[String]) -> impl Iterator<Item = String> {
    tests
        .iter()
        .flat_map(|name| ["--test".to_owned(), name.clone()])
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
