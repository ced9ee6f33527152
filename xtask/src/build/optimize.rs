//! wasm-opt, from the npm package `binaryen`.

use crate::run;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Named one by one: `--all-features` writes what Node 20 refuses.
const FEATURES: [&str; 4] = [
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

/// The smaller of what `-Os` and `-Oz` make, as it goes over the wire.
pub(super) fn optimize(tools: &Path, module: &[u8]) -> Result<Vec<u8>> {
    let folder = env::temp_dir().join(format!("centerfy-opt-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let input = folder.join("in.wasm");
    fs::write(&input, module)?;
    let mut best: Option<(usize, Vec<u8>)> = None;
    for level in ["-Os", "-Oz"] {
        let out = folder.join(format!("out{level}.wasm"));
        run::output(
            Command::new(tools.join(".bin/wasm-opt"))
                .arg(level)
                .arg("--converge")
                .args(FEATURES)
                .args(STRIP)
                .arg(&input)
                .arg("-o")
                .arg(&out),
        )?;
        let bytes = fs::read(&out)?;
        let size = super::sizes::brotli(&bytes)?;
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, bytes));
        }
    }
    fs::remove_dir_all(&folder).ok();
    best.map(|(_, bytes)| bytes)
        .context("wasm-opt made nothing")
}
