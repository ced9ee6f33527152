//! Subjects that Node.js runs, with the installed package and the sandbox.
//!
//! They are told where things are by their environment: `CENTERFY_PACKAGE` (a folder whose
//! node_modules has the package), `CENTERFY_TARBALL`, `CENTERFY_PAGE` (the demo page for static
//! hosts), `CENTERFY_SANDBOX` (the API, with the demo page at `/`), `CHROMIUM`, `CHROMIUM_FLAGS`
//! (separated by spaces) and `CHROMEDRIVER`.

use super::{Outcome, checks::Checks, chosen::Chosen};
use crate::context::Context;
use crate::{browser, packages, paths, run, say};
use anyhow::Result;
use std::process::Command;

pub(super) fn types(context: &Context) -> Result<Outcome> {
    let script = "tests/types/run.mjs";
    if !paths::root().join(script).exists() {
        return Ok(Outcome::Left(format!("{script} is not there")));
    }
    let mut checks = Checks::new(context.verbose);
    let mut node = command(context)?;
    checks.run(script, node.arg(script).args(&context.words))?;
    let generated = &context.package()?.report.generated;
    checks.one("generated TypeScript", generated.check());
    for project in ["pkg-template", "pkg-template/sandbox", "pkg-template/cli"] {
        let mut tsc = Command::new(packages::node()?);
        tsc.arg("tests/node_modules/typescript/bin/tsc")
            .arg("--project")
            .arg(project)
            .current_dir(paths::root());
        checks.run(&format!("tsc of {project}"), &mut tsc)?;
    }
    Ok(Outcome::Ran(checks.end()))
}

pub(super) fn pages(context: &Context) -> Result<Outcome> {
    let chosen = Chosen::from_words(&context.words)?;
    let files = chosen.of_subject(&["tests/pages"])?;
    let mut checks = Checks::new(context.verbose);
    packages::npm(ENTRIES)?;
    let mut node = with_browser(command(context)?)?;
    node.args(TEST)
        .arg(PAGES_AT_ONCE)
        .args(&chosen.options)
        .args(files);
    checks.run("the tests in tests/pages/", &mut node)?;
    Ok(Outcome::Ran(checks.end()))
}

/// The folders of the package's tests.
const CLIENT: &str = "tests/node";
const SANDBOX: &str = "tests/sandbox";
const PROXY: &str = "tests/proxy";
const STORES: &str = "tests/stores";
const RUNS: &str = "tests/runs";
const ENTRIES: &str = "tests/entries";
const README: &str = "tests/readme";

/// The package's behavior, from Node.js, and what the README says of it.
pub(super) fn behavior(context: &Context, checks: &mut Checks) -> Result<()> {
    run_folders(
        context,
        checks,
        &[CLIENT, SANDBOX, PROXY, STORES, RUNS, ENTRIES, README],
    )
}

pub(super) fn client(context: &Context) -> Result<Outcome> {
    part(context, CLIENT)
}

pub(super) fn sandbox(context: &Context) -> Result<Outcome> {
    part(context, SANDBOX)
}

pub(super) fn proxy(context: &Context) -> Result<Outcome> {
    part(context, PROXY)
}

pub(super) fn stores(context: &Context) -> Result<Outcome> {
    part(context, STORES)
}

pub(super) fn runs(context: &Context) -> Result<Outcome> {
    part(context, RUNS)
}

pub(super) fn entries(context: &Context) -> Result<Outcome> {
    part(context, ENTRIES)
}

pub(super) fn readme(context: &Context) -> Result<Outcome> {
    part(context, README)
}

fn part(context: &Context, folder: &str) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    run_folders(context, &mut checks, &[folder])?;
    Ok(Outcome::Ran(checks.end()))
}

/// Runs the chosen test files of these folders.
fn run_folders(context: &Context, checks: &mut Checks, folders: &[&str]) -> Result<()> {
    let chosen = Chosen::from_words(&context.words)?;
    chosen.of_subject(folders)?;
    for folder in folders {
        if !chosen.of(&[folder]).is_empty() {
            install_for(folder)?;
        }
    }
    let mut run = |folders: &[&str], how: &dyn Fn(&mut Command)| -> Result<()> {
        let files = chosen.of(folders);
        if files.is_empty() {
            return Ok(());
        }
        let mut node = command(context)?;
        node.args(TEST).arg(FILES_AT_ONCE);
        how(&mut node);
        node.args(&chosen.options).args(files);
        checks.run(&format!("the tests in {}", folders.join(", ")), &mut node)
    };
    run(folders, &|node| {
        if context.everything && std::env::var_os(KILLS).is_none() {
            node.env(KILLS, MANY_KILLS);
        }
    })?;
    if !context.everything && !chosen.of(&[PROXY]).is_empty() && folders.contains(&PROXY) {
        say::note(
            "Few kills at random moments (`cargo xtask test everything` has 40 for each store)",
        );
    }
    if folders.contains(&CLIENT) {
        // The same module as a script has to do the same.
        run(&[CLIENT], &|node| {
            node.env("CENTERFY_ENTRY", "js.js");
        })?;
    }
    Ok(())
}

/// What a folder's tests need beside `tests/node_modules`.
fn install_for(folder: &str) -> Result<()> {
    if folder == PROXY {
        packages::npm(PROXY)?;
    }
    if folder == ENTRIES || folder == README {
        packages::npm(ENTRIES)?;
    }
    if folder == PROXY || folder == STORES || folder == RUNS {
        packages::npm(STORES)?;
        packages::redis()?;
    }
    Ok(())
}

pub(super) fn runtimes(context: &Context) -> Result<Outcome> {
    let script = "tests/runtimes/run.mjs";
    if !paths::root().join(script).exists() {
        return Ok(Outcome::Left(format!("{script} is not there")));
    }
    packages::npm("tests/runtimes")?;
    // Set-ups whose tools a developer's machine lacks are skipped, and the table says so. CI skips none.
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

/// Node.js's test runner, with an output that is the same in every version and on no terminal.
const TEST: [&str; 2] = ["--test", "--test-reporter=spec"];

/// Files of the package's tests that run at once: they wait for limits and timeouts more than they
/// compute, and depend on no time that a busy machine would change.
const FILES_AT_ONCE: &str = "--test-concurrency=4";

/// Files of the page's tests that run at once, each with a browser.
const PAGES_AT_ONCE: &str = "--test-concurrency=2";

/// How often a proxy is killed at random moments, for each store: the tests have a smaller default.
const KILLS: &str = "CENTERFY_KILLS";
const MANY_KILLS: &str = "40";

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
