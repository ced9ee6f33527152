//! `cargo xtask test`
use crate::args::Args;
use anyhow::{Result, bail};

pub(crate) fn help() -> String {
    String::new()
}

pub(crate) fn test(_args: Args) -> Result<bool> {
    let toolchain = crate::toolchain::wasm_with_std()?;
    bail!("{toolchain:?}")
}
