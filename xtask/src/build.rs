//! `cargo xtask build`: the npm package, from `src/` and `pkg-template/`.
//!
//! compile → wasm-bindgen → keep only what is called, under short names → wasm-opt → scripts and
//! types → sizes. Each unusual step stands in its own file and says what it buys. The long ones run
//! only when their inputs changed (`cache.rs`); bundling is not among them, since esbuild takes
//! hundredths of a second.

mod cache;
mod checks;
mod cli;
mod compile;
mod generated;
mod install;
mod manifest;
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
use generated::Generated;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use install::install;
pub(crate) use sandbox::SandboxSizes;
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
    /// What it wrote of the files that are checked in.
    pub(crate) generated: Generated,
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
    let module = module::make(&tools, &compile::compile(&toolchain)?)?;

    // Made beside the old one and put in its place whole: a half-made package is never seen.
    let fresh = folder.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    fs::write(fresh.join("centerfy.wasm"), &module.wasm)?;
    let mut generated = Generated::default();
    scripts::write(&tools, &fresh, &module, &mut generated)?;
    let sizes = sizes::measure(&tools, &fresh)?;
    let mut report = sizes.to_string();
    let mut sandbox = None;
    if !options.client_only {
        let sizes = sandbox::write(&tools, &toolchain, &fresh, &mut generated)?;
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
        generated,
    })
}

/// The default module with the names of its functions, to tell where its bytes go.
pub(crate) fn module_with_names() -> Result<Vec<u8>> {
    let tools = packages::npm("xtask")?;
    let module = module::bind(&compile::compile(&toolchain::wasm()?)?)?;
    optimize::with_names(&tools, &module.bytes)
}

/// Removes a file, or a folder with all that is in it, if it is there.
fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else if path.exists() {
        fs::remove_file(path)
    } else {
        Ok(())
    };
    removed.with_context(|| format!("cannot remove {}", path.display()))
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            copy_file(&entry, &target)?;
        }
    }
    Ok(())
}

/// A link stays a link: npm makes them for the commands of a package.
fn copy_file(entry: &fs::DirEntry, to: &Path) -> Result<()> {
    #[cfg(unix)]
    if entry.file_type()?.is_symlink() {
        std::os::unix::fs::symlink(fs::read_link(entry.path())?, to)?;
        return Ok(());
    }
    fs::copy(entry.path(), to)?;
    Ok(())
}
