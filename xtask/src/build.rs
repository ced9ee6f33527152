//! `cargo xtask build`: the npm package. To be written.

use crate::args::Args;
use anyhow::{Result, bail};

pub(crate) const HELP: &str = "\
Usage: cargo xtask build

Makes the npm package in pkg/.
";

#[derive(Default)]
pub(crate) struct Options {}

impl Options {
    pub(crate) fn from_args(_args: &mut Args) -> Result<Self> {
        Ok(Self {})
    }
}

pub(crate) struct Report {}

pub(crate) fn build(_options: &Options) -> Result<Report> {
    let toolchain = crate::toolchain::wasm()?;
    bail!("the build is still to be written; it would use {toolchain:?}")
}
