//! Chromium and its driver, for tests in a browser.

use crate::{packages, paths};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// A browser that tests can drive.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// What Chromium wants when it runs unseen, as root, on a machine that reaches nothing.
/// `webdriver.json` has the same for wasm-bindgen-test.
pub(crate) const FLAGS: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage";

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Chromium or Chrome with its driver: what `CHROMIUM` and `CHROMEDRIVER` name, else what is
/// installed, else Debian's.
pub(crate) fn chromium() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    packages::apt(&["chromium", "chromium-driver"], "a minute")
        .context("tests in a browser need Chromium or Chrome, and a chromedriver of its version")?;
    find().context("Chromium was installed but is not on PATH")
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: named_by("CHROMIUM")
            .or_else(|| NAMES.iter().find_map(|name| paths::on_path(name)))
            .or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.exists()))?,
        chromedriver: named_by("CHROMEDRIVER").or_else(|| paths::on_path("chromedriver"))?,
    })
}

fn named_by(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.exists())
}
