//! The demo page, made of `www/`: for `npx centerfy demo`, and for any static host.
//!
//! On a static host nothing answers but files, so the page brings the sandbox along.

use crate::{paths, run};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `index.html` has in its head where the page brings its sandbox along.
const BRINGS_SANDBOX: &str = "<meta name=\"centerfy-sandbox\" content=\"in-page\">";

/// The page where the server brings the sandbox, as `npx centerfy demo` does.
const SERVED: &str = "served.html";

/// Writes `page/` into the package's folder, with the package's script as a page loads it best.
pub(super) fn beside_package(tools: &Path, package: &Path) -> Result<()> {
    let to = package.join("page");
    bundle(tools, &to)?;
    fs::copy(paths::root().join("www/index.html"), to.join(SERVED))?;
    minify(tools, package, &["index.js"], &to)?;
    fs::create_dir_all(to.join("pkg/sandbox"))?;
    fs::write(
        to.join("pkg/sandbox/index.js"),
        "export * from \"../../../sandbox/index.js\";\n",
    )?;
    Ok(())
}

/// Makes a folder that any static host can serve, below any path, out of the built package.
pub(super) fn alone(tools: &Path, package: &Path, to: &Path) -> Result<()> {
    let fresh = to.with_extension("new");
    super::remove(&fresh)?;
    bundle(tools, &fresh)?;
    minify(tools, package, &["index.js", "sandbox/index.js"], &fresh)?;
    super::remove(to)?;
    fs::rename(&fresh, to).with_context(|| format!("cannot put the page at {}", to.display()))
}

/// Writes these scripts of the package into `pkg/` of the page, minified.
fn minify(tools: &Path, package: &Path, scripts: &[&str], page: &Path) -> Result<()> {
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(package)
        .args(scripts)
        .args(["--bundle", "--minify", "--format=esm", "--outbase=."])
        .arg("--log-level=warning")
        .arg(format!("--outdir={}", page.join("pkg").display()));
    run::output(&mut esbuild)?;
    Ok(())
}

/// Refuses to put the page where something else is.
pub(super) fn check(to: &Path) -> Result<()> {
    let Ok(found) = fs::metadata(to) else {
        let parent = to.parent().filter(|it| !it.as_os_str().is_empty());
        let is_there = parent.is_none_or(Path::is_dir);
        ensure!(is_there, "--page: there is no folder for {}", to.display());
        return Ok(());
    };
    if !found.is_dir() {
        bail!("--page: {} is a file; name a folder", to.display());
    }
    let is_empty = fs::read_dir(to)?.next().is_none();
    let is_page =
        fs::read_to_string(to.join("index.html")).is_ok_and(|html| html.contains(BRINGS_SANDBOX));
    ensure!(
        is_empty || is_page,
        "--page: {} has other files in it; name a new or empty folder",
        to.display()
    );
    Ok(())
}

/// The page with its modules as one script, and its styles as one sheet.
fn bundle(tools: &Path, to: &Path) -> Result<()> {
    let www = paths::root().join("www");
    fs::create_dir_all(to)?;
    fs::copy(www.join("favicon.svg"), to.join("favicon.svg"))?;
    let html = fs::read_to_string(www.join("index.html"))?;
    let head = "<meta charset=\"utf-8\">";
    ensure!(html.contains(head), "www/index.html has no {head}");
    let html = html.replacen(head, &format!("{head}\n  {BRINGS_SANDBOX}"), 1);
    fs::write(to.join("index.html"), html)?;
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(&www)
        // The last is loaded when it is to be seen.
        .args(["app/main.js", "style/main.css", "code/snippet.js"])
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022"])
        // The package, beside which the page stands.
        .args(["--external:../pkg/*", "--external:../code/*"])
        .arg("--log-level=warning")
        .arg("--outbase=.")
        .arg(format!("--outdir={}", to.display()));
    run::output(&mut esbuild)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;
    use std::fs;
    use std::path::Path;

    #[test]
    fn nothing_else_is_overwritten() {
        let folder = std::env::temp_dir().join(format!("centerfy-page-{}", std::process::id()));
        let said = |to: &Path| check(to).map_err(|error| error.to_string());
        fs::create_dir_all(folder.join("empty")).unwrap_or_default();
        fs::write(folder.join("notes.txt"), "mine").unwrap_or_default();
        assert!(said(&folder.join("new")).is_ok());
        assert!(said(&folder.join("empty")).is_ok());
        assert!(said(&folder).is_err_and(|words| words.contains("has other files in it")));
        let file = folder.join("notes.txt");
        assert!(said(&file).is_err_and(|words| words.contains("is a file; name a folder")));
        let nowhere = folder.join("no/where");
        assert!(said(&nowhere).is_err_and(|words| words.contains("there is no folder for")));
        fs::remove_dir_all(&folder).unwrap_or_default();
    }
}
