//! The crate `src/wasm/` to WebAssembly, by plain cargo.

use crate::toolchain::{self, TARGET, WasmToolchain};
use crate::{run, say};
use anyhow::Result;
use std::path::PathBuf;

/// A stack of 16 KiB instead of 1 MiB, so that the module's first memory is one page.
const FLAGS: &str = "-Clink-arg=-zstack-size=16384";

/// Gives the file of the module as rustc makes it.
pub(super) fn compile(toolchain: &WasmToolchain) -> Result<PathBuf> {
    let step = say::long("Compiling the module", "half a minute the first time");
    run::output(
        toolchain
            .command()
            .args(["build", "--quiet", "--package", "centerfy-wasm"])
            .args(["--profile", "npm", "--target", TARGET])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS),
    )?;
    step.done();
    let made = toolchain::target_dir().join(TARGET).join("npm");
    Ok(made.join("centerfy_wasm.wasm"))
}
