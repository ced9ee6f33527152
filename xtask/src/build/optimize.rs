//! wasm-opt, from the npm package `binaryen`.

use crate::run;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Named one by one: `--all-features` writes what Node 20 refuses.
pub(super) const FEATURES: [&str; 4] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
];
const STRIP: [&str; 3] = [
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];
const LEVELS: [&str; 3] = ["-Os", "-Oz", "-O4"];

/// The smallest of what these levels make, as it goes over the wire.
pub(super) fn optimize(tools: &Path, module: &[u8]) -> Result<Vec<u8>> {
    Ok(smallest(tools, module)?.1)
}

/// The same module with the names of its functions, which no user downloads.
pub(super) fn with_names(tools: &Path, module: &[u8]) -> Result<Vec<u8>> {
    let (level, _) = smallest(tools, module)?;
    wasm_opt(tools, module, &[level, "--debuginfo"])
}

fn smallest(tools: &Path, module: &[u8]) -> Result<(&'static str, Vec<u8>)> {
    let mut best: Option<(usize, &str, Vec<u8>)> = None;
    for level in LEVELS {
        let bytes = wasm_opt(tools, module, &[&[level], &STRIP[..]].concat())?;
        let size = super::sizes::brotli(&bytes)?;
        if best.as_ref().is_none_or(|(least, ..)| size < *least) {
            best = Some((size, level, bytes));
        }
    }
    best.map(|(_, level, bytes)| (level, bytes))
        .context("wasm-opt made nothing")
}

fn wasm_opt(tools: &Path, module: &[u8], how: &[&str]) -> Result<Vec<u8>> {
    let folder = env::temp_dir().join(format!("centerfy-opt-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let (input, output) = (folder.join("in.wasm"), folder.join("out.wasm"));
    fs::write(&input, module)?;
    run::output(
        Command::new(tools.join(".bin/wasm-opt"))
            .args(how)
            .arg("--converge")
            // No trap is reachable (clippy's lints see to that), so what leads to one goes: 25 bytes.
            .arg("--traps-never-happen")
            .args(FEATURES)
            .arg(&input)
            .arg("-o")
            .arg(&output),
    )?;
    let bytes = fs::read(&output)?;
    fs::remove_dir_all(&folder).ok();
    Ok(bytes)
}
