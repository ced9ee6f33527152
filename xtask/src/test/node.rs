//! Subjects that Node.js runs, with the installed package and the sandbox.
//!
//! They are told where things are by their environment: `CENTERFY_PACKAGE` (a folder whose
//! node_modules has the package), `CENTERFY_TARBALL`, `CENTERFY_PAGE` (the demo page for static
//! hosts), `CENTERFY_SANDBOX` (the API, with the demo page at `/`), `CHROMIUM`, `CHROMIUM_FLAGS`
//! (separated by spaces) and `CHROMEDRIVER`.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{browser, build, packages, paths, run};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn types(context: &Context) -> Result<Outcome> {
    let script = "tests/types/run.mjs";
    if !paths::root().join(script).exists() {
        return Ok(Outcome::Left(format!("{script} is not there")));
    }
    let mut checks = Checks::new(context.verbose);
    let mut node = command(context)?;
    checks.run(script, node.arg(script).args(&context.words))?;
    // The package's own sources, as its build has put them together.
    for part in ["sandbox", "cli"] {
        let mut tsc = Command::new(packages::node()?);
        tsc.arg("tests/node_modules/typescript/bin/tsc")
            .arg("--project")
            .arg(build::sources().join(part))
            .current_dir(paths::root());
        checks.run(&format!("the types in pkg-template/{part}/"), &mut tsc)?;
    }
    Ok(Outcome::Ran(checks.end()))
}

pub(super) fn pages(context: &Context) -> Result<Outcome> {
    let Some(tests) = test_files("tests/pages") else {
        return Ok(Outcome::Left("there are no tests in tests/pages/".into()));
    };
    let mut checks = Checks::new(context.verbose);
    let mut node = with_browser(command(context)?)?;
    // A page waits more than it computes.
    node.args(TEST).arg("--test-concurrency=2");
    node.args(&context.words).args(tests);
    checks.run("the tests in tests/pages/", &mut node)?;
    Ok(Outcome::Ran(checks.end()))
}

/// The package's behaviour, from Node.js, and what the README says of it.
pub(super) fn behaviour(context: &Context, checks: &mut Checks) -> Result<()> {
    packages::npm("tests/proxy")?;
    packages::npm("tests/stores")?;
    packages::redis()?;
    for folder in [
        "tests/node",
        "tests/sandbox",
        "tests/proxy",
        "tests/stores",
        "tests/readme",
    ] {
        if let Some(tests) = test_files(folder) {
            let mut node = command(context)?;
            node.args(TEST).args(&context.words).args(tests);
            checks.run(&format!("the tests in {folder}/"), &mut node)?;
        }
    }
    // The same module as a script has to do the same.
    if let Some(tests) = test_files("tests/node") {
        let mut node = command(context)?;
        node.env("CENTERFY_ENTRY", "js.js");
        node.args(TEST).args(&context.words).args(tests);
        checks.run("the tests in tests/node/ without WebAssembly", &mut node)?;
    }
    Ok(())
}

pub(super) fn runtimes(context: &Context) -> Result<Outcome> {
    let script = "tests/runtimes/run.mjs";
    if !paths::root().join(script).exists() {
        return Ok(Outcome::Left(format!("{script} is not there")));
    }
    packages::npm("tests/runtimes")?;
    // What a developer's machine lacks is left out, and the table says so. CI leaves nothing out.
    if std::env::var("CI").is_ok_and(|ci| ci == "true") && packages::has_apt() {
        let mut needs = Command::new(packages::node()?);
        needs.args([script, "--needs"]).current_dir(paths::root());
        let packages = debian_packages(&run::output(&mut needs)?, &context.words)?;
        packages::apt(&packages, "two minutes")?;
    }
    // Its table is what one wants to see, so it is shown while it runs.
    let mut checks = Checks::new(true);
    let mut node = with_browser(command(context)?)?;
    node.arg(script);
    if context.everything {
        node.arg("--everything");
    }
    checks.run(script, node.args(&context.words))?;
    Ok(Outcome::Ran(checks.end()))
}

/// The Debian packages that the chosen set-ups name, out of `{ "set-up": { "debian": […] } }`.
fn debian_packages(needs: &str, chosen: &[String]) -> Result<Vec<String>> {
    let needs: serde_json::Map<String, serde_json::Value> = serde_json::from_str(needs)?;
    let fits = |name: &str| {
        let one = |word: &String| name == word || name.starts_with(&format!("{word}-"));
        chosen.is_empty() || chosen.iter().any(one)
    };
    let mut packages: Vec<String> = needs
        .iter()
        .filter(|(name, _)| fits(name))
        .filter_map(|(_, need)| need.get("debian")?.as_array())
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// node's test runner, with an output that is the same in every version and on no terminal.
const TEST: [&str; 2] = ["--test", "--test-reporter=spec"];

/// The `*.test.mjs` below `folder`; `None` if there are none. Listed here, since Node.js 20 takes a
/// folder and no pattern, and Node.js 22 a pattern and no folder.
fn test_files(folder: &str) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(&paths::root().join(folder), &mut files);
    files.sort();
    (!files.is_empty()).then_some(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, files);
        } else if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
}

/// Node.js in the project's root, with the test tools installed and the environment set.
pub(crate) fn command(context: &Context) -> Result<Command> {
    let node = packages::node()?;
    packages::npm("tests")?;
    let package = context.package()?;
    let mut command = Command::new(node);
    command
        .current_dir(paths::root())
        .env("CENTERFY_PACKAGE", &package.folder)
        .env("CENTERFY_PAGE", &package.page)
        .env("CENTERFY_TARBALL", &package.tarball)
        .env("CENTERFY_SANDBOX", context.sandbox()?);
    Ok(command)
}

/// Tells the command where Chromium is.
pub(crate) fn with_browser(mut command: Command) -> Result<Command> {
    let browser = browser::chromium()?;
    command
        .env("CHROMIUM", browser.chromium)
        .env("CHROMIUM_FLAGS", browser::FLAGS)
        .env("CHROMEDRIVER", browser.chromedriver);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::debian_packages;

    #[test]
    fn needs_are_gathered_from_the_chosen_set_ups() {
        let needs = r#"{
            "vite-7": { "npm": ["."], "debian": ["chromium"] },
            "vite-8": { "debian": ["chromium"] },
            "webkit": { "debian": ["xvfb", "webkit2gtk-driver"] },
            "node-20": { "npm": ["."] }
        }"#;
        let packages = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
            debian_packages(needs, &words).unwrap_or_default()
        };
        assert_eq!(packages(&[]), ["chromium", "webkit2gtk-driver", "xvfb"]);
        assert_eq!(packages(&["vite"]), ["chromium"]);
        assert!(packages(&["node-20"]).is_empty());
        assert!(debian_packages("nothing", &[]).is_err());
    }
}
