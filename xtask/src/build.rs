//! `cargo xtask build`: the npm package, from `src/` and `pkg-template/`.
//!
//! compile → wasm-bindgen → keep only what is called, under short names → wasm-opt → scripts and
//! types → sizes. Each unusual step stands in its own file, says what it buys, and can be left out
//! by a flag.

mod cli;
mod compile;
mod module;
mod optimize;
mod sandbox;
mod scripts;
mod sizes;
mod tables;

use crate::args::Args;
use crate::{packages, paths, say, toolchain};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use sandbox::sources;
pub(crate) use sizes::Sizes;

pub(crate) const HELP: &str = "\
Usage: cargo xtask build [--plain-std] [--plain-names] [--plain-opt] [--to FOLDER]

Makes the npm package in pkg/ and prints its size.

  --plain-std    take the prebuilt std, do not build one that aborts at once
  --plain-names  keep the names of the module's exports
  --plain-opt    leave wasm-opt out
  --to FOLDER    write the package there
";

/// What to leave out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) plain_std: bool,
    pub(crate) plain_names: bool,
    pub(crate) plain_opt: bool,
    pub(crate) to: Option<PathBuf>,
}

impl Options {
    pub(crate) fn from_args(args: &mut Args) -> Result<Self> {
        Ok(Self {
            plain_std: args.flag("--plain-std"),
            plain_names: args.flag("--plain-names"),
            plain_opt: args.flag("--plain-opt"),
            to: args.value("--to")?,
        })
    }
}

/// The way that makes the smallest module.
pub(crate) const BUILT_ALONG: &str = "std built along, aborting at once";

/// What was made.
#[derive(Debug)]
pub(crate) struct Report {
    /// The folder of the package.
    pub(crate) folder: PathBuf,
    pub(crate) sizes: Sizes,
    /// How std came: [`BUILT_ALONG`] or `prebuilt std`.
    pub(crate) way: &'static str,
}

/// Makes the package.
pub(crate) fn build(options: &Options) -> Result<Report> {
    let folder = options
        .to
        .clone()
        .unwrap_or_else(|| paths::root().join("pkg"));
    let tools = packages::npm("xtask")?;
    let toolchain = toolchain::wasm()?;
    let compiled = compile::compile(&toolchain, options.plain_std)?;
    let module = module::bind(&compiled.file, options.plain_names)?;
    let wasm = if options.plain_opt {
        module.bytes
    } else {
        optimize::optimize(&tools, &module.bytes)?
    };

    // Made beside the old one and put in its place whole: a half-made package is never seen.
    let fresh = folder.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    fs::write(fresh.join("centerfy.wasm"), &wasm)?;
    scripts::write(&tools, &fresh, &wasm, &module.exports)?;
    let sizes = sizes::measure(&tools, &fresh)?;
    let sandbox = sandbox::write(&tools, &toolchain::wasm_with_std()?, &fresh)?;
    cli::write(&tools, &fresh)?;
    remove(&folder)?;
    fs::rename(&fresh, &folder)
        .with_context(|| format!("cannot put the package at {}", folder.display()))?;
    say::note(&format!(
        "{} with {} ({})",
        folder.display(),
        toolchain.name,
        compiled.way
    ));
    say::note(&format!("{sizes}{sandbox}"));
    Ok(Report {
        folder,
        sizes,
        way: compiled.way,
    })
}

/// The default module with the names of its functions, to tell where its bytes go.
pub(crate) fn module_with_names() -> Result<Vec<u8>> {
    let tools = packages::npm("xtask")?;
    let compiled = compile::compile(&toolchain::wasm()?, false)?;
    let module = module::bind(&compiled.file, false)?;
    optimize::with_names(&tools, &module.bytes)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
