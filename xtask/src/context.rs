//! What tests and benchmarks share: made when the first of them asks for it, and only once.

use crate::sandbox::Sandbox;
use crate::{build, paths};
use anyhow::{Result, anyhow};
use std::cell::OnceCell;
use std::fs;
use std::path::PathBuf;

/// One run of `cargo xtask test` or `bench`.
pub(crate) struct Context {
    /// Whether to show what runners print also when they pass.
    pub(crate) verbose: bool,
    /// What stood after `--`, for the runners.
    pub(crate) words: Vec<String>,
    /// Whether tests that take long run too.
    pub(crate) everything: bool,
    sandbox: OnceCell<Result<Sandbox, String>>,
    package: OnceCell<Result<Package, String>>,
}

/// The npm package as a user gets it.
pub(crate) struct Package {
    pub(crate) report: build::Report,
    /// The folder of the demo page for static hosts.
    pub(crate) page: PathBuf,
    /// The `.tgz` that `npm pack` made.
    pub(crate) tarball: PathBuf,
    /// A folder outside the project whose node_modules has `centerfy`, installed from the tarball.
    pub(crate) folder: PathBuf,
}

impl Context {
    pub(crate) fn new(verbose: bool, words: Vec<String>) -> Self {
        Self {
            verbose,
            words,
            everything: false,
            sandbox: OnceCell::new(),
            package: OnceCell::new(),
        }
    }

    /// The URL of a sandbox that also serves the demo page and the package.
    pub(crate) fn sandbox(&self) -> Result<&str> {
        let sandbox = self
            .sandbox
            .get_or_init(|| start_sandbox().map_err(|error| format!("{error:#}")));
        sandbox
            .as_ref()
            .map(|sandbox| sandbox.url.as_str())
            .map_err(|error| anyhow!("{error}"))
    }

    /// The package: built, packed and installed.
    pub(crate) fn package(&self) -> Result<&Package> {
        let package = self
            .package
            .get_or_init(|| pack().map_err(|error| format!("{error:#}")));
        package
            .as_ref()
            .map_err(|error| anyhow!("the package cannot be made: {error}"))
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        if let Some(Ok(package)) = self.package.get() {
            // Only litter in the system's temporary folder if it stays.
            let _ = fs::remove_dir_all(&package.folder);
        }
    }
}

fn start_sandbox() -> Result<Sandbox> {
    let binary = Sandbox::compile()?;
    let root = paths::root();
    // The sandbox insists on its folders; the package may be built after it has started.
    let (www, pkg) = (root.join("www"), root.join("pkg"));
    fs::create_dir_all(&pkg)?;
    let mut serve = vec![("/pkg", pkg)];
    if www.exists() {
        serve.push(("/", www));
    }
    // The wasm tests have the URL compiled in, so the same port again saves compiling them again.
    let port = if std::net::TcpListener::bind(("127.0.0.1", PORT)).is_ok() {
        PORT
    } else {
        0
    };
    Sandbox::start(&binary, port, &serve)
}

const PORT: u16 = 8797;

fn pack() -> Result<Package> {
    let page = paths::target().join("page");
    let report = build::build(&build::Options {
        page: Some(page.clone()),
        ..build::Options::default()
    })?;
    let folder = std::env::temp_dir().join(format!("centerfy-package-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let tarball = build::install(&report.folder, &folder)?;
    Ok(Package {
        report,
        page,
        tarball,
        folder,
    })
}
