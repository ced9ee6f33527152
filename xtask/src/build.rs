//! `cargo xtask build`: the npm package, from `src/` and `pkg-template/`.
//!
//! compile → wasm-bindgen → keep only what is called, under short names → wasm-opt → scripts and
//! types → sizes. Each unusual step stands in its own file and says what it buys.

mod cli;
mod compile;
mod module;
mod optimize;
mod page;
mod sandbox;
mod script;
mod scripts;
mod sizes;
mod tables;

use crate::args::Args;
use crate::{packages, paths, say, toolchain};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use sandbox::{SandboxSizes, sources};
pub(crate) use sizes::Sizes;

pub(crate) const HELP: &str = "\
Usage: cargo xtask build [--to FOLDER] [--page FOLDER]

Makes the npm package in pkg/ and prints its size.

  --to FOLDER      write the package there
  --page FOLDER    make the demo page there too, with the sandbox in it, for any static host
";

/// How to make the package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Where, if not in pkg/.
    pub(crate) to: Option<PathBuf>,
    /// Where the demo page goes, for a static host.
    pub(crate) page: Option<PathBuf>,
    /// Without `centerfy/sandbox` and the command `centerfy`, which take most of the time.
    pub(crate) client_only: bool,
}

impl Options {
    pub(crate) fn from_args(args: &mut Args) -> Result<Self> {
        Ok(Self {
            to: args.value("--to")?,
            page: args.value("--page")?,
            client_only: false,
        })
    }
}

/// What was made.
#[derive(Debug)]
pub(crate) struct Report {
    /// The folder of the package.
    pub(crate) folder: PathBuf,
    pub(crate) sizes: Sizes,
    /// Where it was made, too.
    pub(crate) sandbox: Option<SandboxSizes>,
}

/// Makes the package.
pub(crate) fn build(options: &Options) -> Result<Report> {
    let folder = options
        .to
        .clone()
        .unwrap_or_else(|| paths::root().join("pkg"));
    if let Some(to) = &options.page {
        page::check(to)?;
    }
    let tools = packages::npm("xtask")?;
    let toolchain = toolchain::wasm()?;
    let module = module::bind(&compile::compile(&toolchain)?)?;
    let wasm = optimize::optimize(&tools, &module.bytes)?;

    // Made beside the old one and put in its place whole: a half-made package is never seen.
    let fresh = folder.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    fs::write(fresh.join("centerfy.wasm"), &wasm)?;
    scripts::write(&tools, &fresh, &wasm, &module.exports)?;
    let sizes = sizes::measure(&tools, &fresh)?;
    let mut report = sizes.to_string();
    let mut sandbox = None;
    if !options.client_only {
        let sizes = sandbox::write(&tools, &toolchain, &fresh)?;
        report += &sizes.to_string();
        sandbox = Some(sizes);
        cli::write(&tools, &fresh)?;
    }
    remove(&folder)?;
    fs::rename(&fresh, &folder)
        .with_context(|| format!("cannot put the package at {}", folder.display()))?;
    say::note(&format!("{} with {}", folder.display(), toolchain.name));
    say::note(&report);
    if let Some(to) = &options.page {
        page::alone(&tools, &folder, to)?;
        say::note(&format!("{}: the page, for any static host", to.display()));
    }
    Ok(Report {
        folder,
        sizes,
        sandbox,
    })
}

/// The default module with the names of its functions, to tell where its bytes go.
pub(crate) fn module_with_names() -> Result<Vec<u8>> {
    let tools = packages::npm("xtask")?;
    let module = module::bind(&compile::compile(&toolchain::wasm()?)?)?;
    optimize::with_names(&tools, &module.bytes)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
